// --- PNG: the picture as a file of at most 256 colours.

const CRC = Array.from({ length: 256 }, (_, n) => {
	let c = n;
	for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
	return c >>> 0;
});

function crc32(bytes) {
	let c = 0xffffffff;
	for (let i = 0; i < bytes.length; i += 1) c = CRC[(c ^ bytes[i]) & 255] ^ (c >>> 8);
	return (c ^ 0xffffffff) >>> 0;
}

const word = (n) => [(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];

function chunk(name, data) {
	const body = new Uint8Array(data.length + 4);
	for (let i = 0; i < 4; i += 1) body[i] = name.charCodeAt(i);
	body.set(data, 4);
	const whole = new Uint8Array(data.length + 12);
	whole.set(word(data.length), 0);
	whole.set(body, 4);
	whole.set(word(crc32(body)), data.length + 8);
	return whole;
}

// Anti-aliasing makes some two hundred colours. Should there be more than fit, the rest become the nearest of those.
function indexed({ pixels }) {
	const palette = [];
	const indexOf = new Map();
	const distance = (a, b) =>
		[16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);
	const indexes = new Uint8Array(pixels.length);
	let last = -1;
	let lastIndex = 0;
	for (let i = 0; i < pixels.length; i += 1) {
		if (pixels[i] !== last) {
			last = pixels[i];
			lastIndex = indexOf.get(last);
			if (lastIndex === undefined) {
				lastIndex =
					palette.length < 256
						? palette.push(last) - 1
						: palette.reduce(
								(best, colour, at) =>
									distance(colour, last) < distance(palette[best], last) ? at : best,
								0,
							);
				indexOf.set(last, lastIndex);
			}
		}
		indexes[i] = lastIndex;
	}
	return { palette, indexes };
}

// A line that is much like the one above it is told as the difference (filter "up"), which is mostly zeros.
function filtered(indexes, width, height) {
	const lines = new Uint8Array((width + 1) * height);
	for (let y = 0; y < height; y += 1) {
		const line = lines.subarray(y * (width + 1), (y + 1) * (width + 1));
		const here = indexes.subarray(y * width, (y + 1) * width);
		const above = y === 0 ? new Uint8Array(width) : indexes.subarray((y - 1) * width, y * width);
		let changes = 0;
		let steps = 0;
		for (let x = 0; x < width; x += 1) {
			if (here[x] !== above[x]) changes += 1;
			if (x > 0 && here[x] !== here[x - 1]) steps += 1;
		}
		line[0] = changes <= steps ? 2 : 0;
		for (let x = 0; x < width; x += 1) line[x + 1] = line[0] === 2 ? here[x] - above[x] : here[x];
	}
	return lines;
}

function png(canvas) {
	const { width, height } = canvas;
	const { palette, indexes } = indexed(canvas);
	const colours = palette.flatMap((colour) => [
		(colour >> 16) & 255,
		(colour >> 8) & 255,
		colour & 255,
	]);
	const parts = [
		Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10]),
		chunk('IHDR', Uint8Array.from([...word(width), ...word(height), 8, 3, 0, 0, 0])),
		chunk('PLTE', Uint8Array.from(colours)),
		chunk('IDAT', zlib(filtered(indexes, width, height))),
		chunk('IEND', new Uint8Array(0)),
	];
	const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		file.set(part, at);
		at += part.length;
	}
	return file;
}
