// --- A canvas: shapes with smooth edges. A shape is a list of contours, a contour a list of [x, y, on]: `on` is 0 for the control point of a curve.

// In n8n a look at a global costs much more than one at a variable.
const { floor, ceil, min, max, round, abs } = Math;

const makeCanvas = (width, height, colour) => ({
	width,
	height,
	pixels: new Int32Array(width * height).fill(colour),
});

const mix = (under, over, share) =>
	[16, 8, 0].reduce((sum, shift) => {
		const from = (under >> shift) & 255;
		return sum | (round(from + (((over >> shift) & 255) - from) * share) << shift);
	}, 0);

// Curves as short lines. Two control points in a row have a point of the curve halfway between them.
function flat(contour) {
	const points = [];
	contour.forEach(([x, y, on], i) => {
		const next = contour[(i + 1) % contour.length];
		points.push([x, y, on]);
		if (!on && !next[2]) points.push([(x + next[0]) / 2, (y + next[1]) / 2, 1]);
	});
	const start = points.findIndex((point) => point[2]);
	const line = [];
	for (let i = 0; i < points.length; i += 1) {
		const [x, y, on] = points[(start + i) % points.length];
		if (on) {
			line.push([x, y]);
			continue;
		}
		const from = line[line.length - 1];
		const to = points[(start + i + 1) % points.length];
		for (let t = 0.2; t < 0.99; t += 0.2)
			line.push([
				(1 - t) ** 2 * from[0] + 2 * t * (1 - t) * x + t * t * to[0],
				(1 - t) ** 2 * from[1] + 2 * t * (1 - t) * y + t * t * to[1],
			]);
	}
	return line;
}

// Adds to every pixel right of a line how much of it the line covers, so that the sum along a row is the share inside the shape.
function sweep(cover, width, height, [x0, y0], [x1, y1]) {
	if (y0 === y1) return;
	const down = y0 < y1 ? 1 : -1;
	const [top, bottom] =
		down === 1
			? [
					[x0, y0],
					[x1, y1],
				]
			: [
					[x1, y1],
					[x0, y0],
				];
	const slope = (bottom[0] - top[0]) / (bottom[1] - top[1]);
	for (let y = floor(top[1]); y < min(height, ceil(bottom[1])); y += 1) {
		const from = max(y, top[1]);
		const to = min(y + 1, bottom[1]);
		const a = top[0] + (from - top[1]) * slope;
		const b = top[0] + (to - top[1]) * slope;
		const [left, right] = a < b ? [a, b] : [b, a];
		let before = 0;
		for (let x = floor(left); x <= max(floor(left), ceil(right)) && x < width; x += 1) {
			// The mean over the line's height of how much of pixel x lies right of it.
			const share = (edge) =>
				edge <= left
					? 0
					: edge >= right
						? edge - (left + right) / 2
						: (edge - left) ** 2 / (2 * (right - left));
			const area = share(x + 1) - share(x);
			cover[y * width + x] += down * (to - from) * (area - before);
			before = area;
		}
		const after = max(floor(left), ceil(right)) + 1;
		if (after < width) cover[y * width + after] += down * (to - from) * (1 - before);
	}
}

function fill(canvas, contours, colour) {
	const lines = contours.map(flat);
	const all = lines.flat();
	if (all.length === 0) return;
	const left = max(0, floor(min(...all.map(([x]) => x))));
	const top = max(0, floor(min(...all.map(([, y]) => y))));
	const width = min(canvas.width, ceil(max(...all.map(([x]) => x))) + 1) - left;
	const height = min(canvas.height, ceil(max(...all.map(([, y]) => y)))) - top;
	if (width <= 0 || height <= 0) return;
	const cover = new Float64Array(width * height);
	for (const line of lines)
		line.forEach(([x, y], i) => {
			const [nextX, nextY] = line[(i + 1) % line.length];
			sweep(cover, width, height, [x - left, y - top], [nextX - left, nextY - top]);
		});
	for (let y = 0; y < height; y += 1) {
		let sum = 0;
		for (let x = 0; x < width; x += 1) {
			sum += cover[y * width + x];
			// Four steps look smooth, and keep the colours few.
			const share = round(min(1, abs(sum)) * 4) / 4;
			const at = (top + y) * canvas.width + left + x;
			if (share > 0)
				canvas.pixels[at] = share === 1 ? colour : mix(canvas.pixels[at], colour, share);
		}
	}
}

const rectangle = (x, y, w, h) => [
	[
		[x, y, 1],
		[x + w, y, 1],
		[x + w, y + h, 1],
		[x, y + h, 1],
	],
];

function rounded(x, y, w, h, r) {
	// A control point in the corner alone would cut too much off; two of them make the corner almost a circle's.
	const k = r * 0.414;
	const corner = (cx, cy, ax, ay, bx, by) => [
		[cx + ax * r, cy + ay * r, 1],
		[cx + ax * r + bx * k, cy + ay * r + by * k, 0],
		[cx + bx * r + ax * k, cy + by * r + ay * k, 0],
		[cx + bx * r, cy + by * r, 1],
	];
	return [
		[
			...corner(x + r, y + r, -1, 0, 0, -1),
			...corner(x + w - r, y + r, 0, -1, 1, 0),
			...corner(x + w - r, y + h - r, 1, 0, 0, 1),
			...corner(x + r, y + h - r, 0, 1, -1, 0),
		],
	];
}

// Thick lines with round ends, for the symbols. Every part turns the same way, so that overlaps add up.
function strokes(thickness, ...lines) {
	const r = thickness / 2;
	return lines.flatMap((line) =>
		line.flatMap(([x, y], i) => {
			const dot = rounded(x - r, y - r, thickness, thickness, r);
			if (i === 0) return dot;
			const [fromX, fromY] = line[i - 1];
			const length = Math.hypot(x - fromX, y - fromY);
			const [nx, ny] = [(-(y - fromY) / length) * r, ((x - fromX) / length) * r];
			return [
				...dot,
				[
					[fromX - nx, fromY - ny, 1],
					[x - nx, y - ny, 1],
					[x + nx, y + ny, 1],
					[fromX + nx, fromY + ny, 1],
				],
			];
		}),
	);
}
