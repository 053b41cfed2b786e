// --- Text: letters as shapes, from the outlines in glyphs.js.

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function readFace({ letters, outlines }) {
	let at = 0;
	const number = (count) => {
		let value = 0;
		for (let i = 0; i < count; i += 1) value = value * 64 + DIGITS.indexOf(outlines[at++]);
		return value;
	};
	const glyphs = [];
	while (at < outlines.length) {
		const glyph = { advance: number(2) / EM, contours: [], parts: [] };
		for (let left = number(1); left > 0; left -= 1) {
			const points = number(2);
			if (points === 0) {
				glyph.parts.push([number(2), (number(2) - 2048) / EM, (number(2) - 2048) / EM]);
				continue;
			}
			let [x, y] = [0, 0];
			glyph.contours.push(
				Array.from({ length: points }, () => {
					const step = number(3);
					x += floor(step / 4 / STEP) - STEP;
					y += (floor(step / 2) % (2 * STEP)) - STEP;
					return [x / EM, y / EM, step % 2];
				}),
			);
		}
		glyphs.push(glyph);
	}
	const contoursOf = (glyph) => [
		...glyph.contours,
		...glyph.parts.flatMap(([index, dx, dy]) =>
			contoursOf(glyphs[index]).map((contour) => contour.map(([x, y, on]) => [x + dx, y + dy, on])),
		),
	];
	return new Map(
		[...letters].map((letter, index) => [
			letter,
			{ advance: glyphs[index].advance, contours: contoursOf(glyphs[index]) },
		]),
	);
}

const REGULAR = readFace(FACES.regular);
const BOLD = readFace(FACES.bold);

// Shown for a letter that is not there: an empty box.
const box = (inset) =>
	[
		[0.09, 0],
		[0.09, 0.72],
		[0.57, 0.72],
		[0.57, 0],
	].map(([x, y]) => [x + (x < 0.3 ? inset : -inset), y + (y < 0.3 ? inset : -inset), 1]);
const BOX = { advance: 0.66, contours: [box(0), box(0.06).reverse()] };

const ALIKE = {
	ł: 'l',
	Ł: 'L',
	đ: 'd',
	Đ: 'D',
	ı: 'i',
	œ: 'oe',
	Œ: 'OE',
	'‘': '’',
	'“': '"',
	'”': '"',
	'„': '"',
	'—': '–',
	'‐': '-',
	'‑': '-',
	'•': '·',
	ẞ: 'SS',
};

// Joiners, selectors of variants and skin tones, accents that stand alone, and control characters: nothing to see.
const isInvisible = (letter) =>
	/[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u0300-\u036f]|[\u{1f3fb}-\u{1f3ff}]/u.test(
		letter,
	);

// The text in letters that are there: the same, without its accent, alike, or a box (which is null here).
function lettersOf(text) {
	const found = [];
	for (const letter of String(text).normalize('NFC').replace(/\s/g, ' ')) {
		const choices = [
			letter,
			ALIKE[letter] || '',
			letter.normalize('NFD').replace(/[\u0300-\u036f]/g, ''),
		];
		const choice = choices.find((one) => one !== '' && [...one].every((part) => REGULAR.has(part)));
		if (choice !== undefined) found.push(...choice);
		else if (!isInvisible(letter) && letter >= ' ') found.push(null);
	}
	return found;
}

const glyphOf = (letter, face) => (letter === null ? BOX : face.get(letter));

const widthOf = (letters, size, face = REGULAR) =>
	letters.reduce((sum, letter) => sum + glyphOf(letter, face).advance * size, 0);

// As much of it as there is room for.
function shortened(letters, size, room, face = REGULAR) {
	if (widthOf(letters, size, face) <= room) return letters;
	const kept = letters.slice(0, 120);
	while (
		kept.length > 0 &&
		(widthOf([...kept, '…'], size, face) > room || kept[kept.length - 1] === ' ')
	)
		kept.pop();
	return [...kept, '…'];
}

// Writes at a baseline; `align` says what x is: 0 the left edge, 0.5 the middle, 1 the right edge.
function write(
	canvas,
	text,
	x,
	y,
	size,
	colour,
	{ bold = false, align = 0, room = Infinity } = {},
) {
	const all = Array.isArray(text) ? text : lettersOf(text);
	const face = bold && all.every((letter) => BOLD.has(letter)) ? BOLD : REGULAR;
	const letters = shortened(all, size, room, face);
	const width = widthOf(letters, size, face);
	let left = x - align * width;
	for (const letter of letters) {
		const glyph = glyphOf(letter, face);
		// Whole pixels: the same letter is the same everywhere, and packs well.
		const start = round(left);
		fill(
			canvas,
			glyph.contours.map((contour) =>
				contour.map(([gx, gy, on]) => [start + gx * size, y - gy * size, on]),
			),
			colour,
		);
		left += glyph.advance * size;
	}
	return width;
}
