// --- The picture. Lengths are in points; a point is two pixels, so that it is crisp on phones.

const SCALE = 2;
const CELL = 15;
const PITCH = 17;
const WEEK_GAP = 4;
const TODAY_GAP = 3;
const ROW = 23;
const MARGIN = 24;
const HEAD = 118;

const INK = 0x1f2933;
const MUTED = 0x66727f;
const FAINT = 0x939da8;
const PAPER = 0xffffff;
const EMPTY = 0xe9edf1;
const ALARM = 0xc81e32;

const LOOKS = {
	succeeded: { name: 'Succeeded', colour: 0x4caf7a, ink: 0xffffff },
	partial: { name: 'Partial', colour: 0xf2b01e, ink: 0x3d2b00 },
	failed: { name: 'Failed', colour: 0xc81e32, ink: 0xffffff },
	unknown: { name: 'Outcome unknown', colour: 0x3a434d, ink: 0xffffff },
	suspended: { name: 'Suspended', colour: 0x6d63d4, ink: 0xffffff },
	canceled: { name: 'Canceled', colour: 0x98a2ad, ink: 0xffffff },
};

// Drawn in a square of 15 points, so that nobody has to tell red from green.
const SYMBOLS = {
	succeeded: strokes(1.5, [
		[4.6, 7.8],
		[6.6, 9.9],
		[10.6, 5.2],
	]),
	partial: strokes(1.7, [
		[4, 8.4],
		[5.5, 6.8],
		[7.5, 7.6],
		[9.5, 8.4],
		[11, 6.8],
	]),
	failed: strokes(
		2,
		[
			[4.9, 4.9],
			[10.1, 10.1],
		],
		[
			[10.1, 4.9],
			[4.9, 10.1],
		],
	),
	suspended: strokes(
		1.8,
		[
			[5.7, 5],
			[5.7, 10],
		],
		[
			[9.3, 5],
			[9.3, 10],
		],
	),
	canceled: strokes(1.7, [
		[4.8, 7.5],
		[10.2, 7.5],
	]),
};

const placed = (shape, x, y) =>
	shape.map((contour) => contour.map(([px, py, on]) => [(px + x) * SCALE, (py + y) * SCALE, on]));

// A cell is drawn once and then copied: there are hundreds of each.
const STAMPS = new Map();

function drawCell(canvas, x, y, { outcome, count }, watched = true) {
	const key = `${outcome} ${min(3, count)} ${watched}`;
	if (!STAMPS.has(key)) {
		STAMPS.set(key, makeCanvas(CELL * SCALE, CELL * SCALE, PAPER));
		drawCellAt(STAMPS.get(key), 0, 0, { outcome, count }, watched);
	}
	const { pixels, width, height } = STAMPS.get(key);
	for (let line = 0; line < height; line += 1)
		canvas.pixels.set(
			pixels.subarray(line * width, (line + 1) * width),
			(y * SCALE + line) * canvas.width + x * SCALE,
		);
}

function drawCellAt(canvas, x, y, { outcome, count }, watched) {
	if (outcome === null) {
		if (watched) fill(canvas, placed(rounded(0, 0, CELL, CELL, 3.5), x, y), EMPTY);
		else fill(canvas, placed(rounded(6.5, 6.5, 2, 2, 1), x, y), 0xccd3da);
		return;
	}
	const { colour, ink } = LOOKS[outcome];
	fill(canvas, placed(rounded(0, 0, CELL, CELL, 3.5), x, y), colour);
	const lifted = count > 1 ? y - 1.5 : y;
	if (outcome === 'unknown')
		write(canvas, '?', (x + CELL / 2) * SCALE, (lifted + 11.5) * SCALE, 11.5 * SCALE, ink, {
			bold: true,
			align: 0.5,
		});
	else fill(canvas, placed(SYMBOLS[outcome], x, lifted), ink);
	// Two or three dots: as many runs that day, or more.
	const dots = count > 1 ? min(3, count) : 0;
	for (let i = 0; i < dots; i += 1)
		fill(
			canvas,
			placed(rounded(CELL / 2 - 0.75 + (i - (dots - 1) / 2) * 2.75, 11.5, 1.5, 1.5, 0.75), x, y),
			ink,
		);
}

const ago = (hours) =>
	hours === null
		? 'none seen'
		: hours < 1
			? 'just now'
			: hours < 48
				? `${floor(hours)} h ago`
				: `${floor(hours / 24)} d ago`;

// More boxes than letters say nothing: the number is better then.
function nameOf({ id, name }) {
	const letters = lettersOf(name);
	const missing = letters.filter((letter) => letter === null).length;
	return letters.length === 0 || missing * 2 > letters.length ? lettersOf(`Task ${id}`) : letters;
}

function measure({ days, rows }) {
	const longest = max(0, ...rows.map((row) => widthOf(nameOf(row), 12.5)));
	const names = min(190, max(96, ceil(longest) + 14));
	const grid = MARGIN + names + 10;
	const xs = days.map(
		(_, index) =>
			grid +
			index * PITCH +
			WEEK_GAP * days.slice(1, index + 1).filter(({ weekday }) => weekday === 1).length,
	);
	xs[xs.length - 1] += TODAY_GAP;
	const right = xs[xs.length - 1] + CELL;
	const rateX = right + 58;
	return { names, xs, rateX, lastX: rateX + 70, width: rateX + 70 + MARGIN };
}

function drawHead(canvas, calendar, { xs, width, lastX, rateX }, bottom) {
	const text = (words, x, y, size, colour, more) =>
		write(canvas, words, x * SCALE, y * SCALE, size * SCALE, colour, more);
	const { days, verdict: said, now, zone } = calendar;
	const long = (day, year) => `${day.day} ${day.month}${year}`;
	const first = now.minus({ days: days.length - 1 });
	text('Backup calendar', MARGIN, 42, 20, INK, { bold: true });
	text(
		`${long(days[0], first.year === now.year ? '' : ` ${first.year}`)} – ${long(days[days.length - 1], ` ${now.year}`)}`,
		width - MARGIN,
		40,
		13,
		INK,
		{ align: 1 },
	);
	fill(
		canvas,
		placed(rounded(0, 0, 8, 8, 4), MARGIN, 56),
		said.bad ? ALARM : LOOKS.succeeded.colour,
	);
	text(
		said.text[0].toUpperCase() + said.text.slice(1),
		MARGIN + 14,
		64,
		13,
		said.bad ? ALARM : INK,
		{ room: (width - 260) * SCALE },
	);
	text(`Days of ${zone}`, width - MARGIN, 62, 11, MUTED, { align: 1, room: 170 * SCALE });
	days.forEach(({ day, weekday, month }, index) => {
		const x = xs[index] + CELL / 2;
		const isToday = index === days.length - 1;
		const colour = weekday > 5 ? FAINT : MUTED;
		// The first of a month has no room for two names beside it.
		if (day === 1 || (index === 0 && days[1].day !== 1))
			text(month, xs[index], 88, 10.5, INK, { bold: true });
		if (isToday) {
			fill(canvas, placed(rounded(-3, 0, CELL + 6, bottom - 87, 6), xs[index], 90), INK);
			fill(canvas, placed(rounded(-2, 0, CELL + 4, bottom - 89, 5), xs[index], 91), PAPER);
		}
		text('MTWTFSS'[weekday - 1], x, 101, 8, isToday ? INK : colour, { align: 0.5, bold: isToday });
		text(String(day), x, 112, 9.5, isToday ? INK : colour, { align: 0.5, bold: isToday });
	});
	text('OK', rateX, 112, 9.5, MUTED, { align: 1 });
	text('Last success', lastX, 112, 9.5, MUTED, { align: 1 });
}

function drawRow(canvas, { days }, row, { names, xs, rateX, lastX }, y) {
	const text = (words, x, size, colour, more) =>
		write(canvas, words, x * SCALE, (y + 12) * SCALE, size * SCALE, colour, more);
	if (row.problem) fill(canvas, placed(rounded(0, 0, 6, 6, 3), MARGIN, y + 4.5), ALARM);
	text(nameOf(row), MARGIN + 12, 12.5, row.removed ? FAINT : INK, { room: (names - 12) * SCALE });
	row.cells.forEach((cell, index) => drawCell(canvas, xs[index], y, cell, days[index].watched));
	if (row.ended > 0)
		text(`${row.succeeded}/${row.ended}`, rateX, 11, row.succeeded < row.ended ? INK : MUTED, {
			align: 1,
		});
	text(
		row.removed ? 'removed' : ago(row.hoursSinceSuccess),
		lastX,
		11,
		row.hoursSinceSuccess === null && !row.removed ? ALARM : row.removed ? FAINT : INK,
		{ align: 1 },
	);
}

function drawLegend(canvas, { days, left, failure }, y) {
	const text = (words, x, top, colour = MUTED) =>
		write(canvas, words, x * SCALE, (top + 11.5) * SCALE, 10.5 * SCALE, colour) / SCALE;
	let x = MARGIN;
	const entry = (cell, words, watched) => {
		drawCell(canvas, x, y, cell, watched);
		x += CELL + 5 + text(words, x + CELL + 5, y) + 16;
	};
	for (const [outcome, { name }] of Object.entries(LOOKS)) entry({ outcome, count: 1 }, name);
	entry({ outcome: null }, 'No run seen');
	if (days.some(({ watched }) => !watched)) entry({ outcome: null }, 'Not watched yet', false);
	entry({ outcome: 'succeeded', count: 2 }, 'Several runs, the worst shows');
	if (left > 0)
		text(
			`and ${many(left, 'more task')}: those without problems are left out first`,
			MARGIN,
			y + 22,
		);
	if (failure)
		text(
			'The NAS could not be asked today: only what the trigger saw is shown.',
			MARGIN,
			y + 22,
			ALARM,
		);
}

function drawPicture(calendar) {
	const places = measure(calendar);
	const bottom = HEAD + max(1, calendar.rows.length) * ROW - (ROW - CELL);
	const height = bottom + 26 + CELL + (calendar.left > 0 || calendar.failure ? 22 : 0) + MARGIN - 4;
	const canvas = makeCanvas(places.width * SCALE, height * SCALE, PAPER);
	drawHead(canvas, calendar, places, bottom);
	calendar.rows.forEach((row, index) => drawRow(canvas, calendar, row, places, HEAD + index * ROW));
	if (calendar.rows.length === 0)
		write(canvas, 'There are no tasks.', MARGIN * SCALE, (HEAD + 12) * SCALE, 12.5 * SCALE, MUTED);
	drawLegend(canvas, calendar, bottom + 26);
	return { canvas, width: places.width };
}
