import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TrueType, type Contour } from './trueType';

/**
 * Writes glyphs.js: the outlines of the letters the picture needs, as text. Outlines and not pixels, because they take less room than pixels of one
 * size, and are sharp at every size. To be run when other letters are wanted: `npx tsx examples/backup-calendar/make-glyphs.ts FONTS_FOLDER`.
 */
const FOLDER = process.argv[2] ?? '/usr/share/fonts/truetype/dejavu';

const range = (from: number, to: number): string =>
	String.fromCharCode(...Array.from({ length: to - from + 1 }, (_, index) => from + index));

const ASCII = range(0x20, 0x7e);
/** What the picture writes in bold: its title, months, weekdays, days, and the sign of an unknown outcome. A bold text with other letters is written in regular ones. */
const BOLD = [
	...new Set('Backup calendar JanFebMarAprMayJunJulAugSepOctNovDec MTWTFSS 0123456789 ?'),
].join('');

const LATIN_1 = '¡£§©«®°±²³µ·»¿' + range(0xc0, 0xff);

/** Units of an em. The largest that lets every step from point to point fit into three characters. */
const EM = 170;
const STEP = 181;

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function digits(value: number, count: number): string {
	if (!Number.isInteger(value) || value < 0 || value >= 64 ** count)
		throw new Error(`${value} does not fit into ${count} characters`);
	return Array.from(
		{ length: count },
		(_, index) => DIGITS[Math.floor(value / 64 ** (count - 1 - index)) % 64],
	).join('');
}

/** A contour: how many points, and then the step to each of them with whether the curve goes through it. */
function encode(contour: Contour, scale: number): string {
	let [x, y] = [0, 0];
	const points = contour.map((point) => {
		const [dx, dy] = [Math.round(point.x * scale) - x, Math.round(point.y * scale) - y];
		if (Math.max(Math.abs(dx), Math.abs(dy)) >= STEP) throw new Error('A step does not fit');
		[x, y] = [x + dx, y + dy];
		return digits(((dx + STEP) * 2 * STEP + dy + STEP) * 2 + (point.on ? 1 : 0), 3);
	});
	return digits(points.length, 2) + points.join('');
}

/** Advance and number of parts; a part is a contour, or the shape of an earlier letter (accents) and where it goes. */
function face(file: string, letters: string): { letters: string; outlines: string } {
	const font = new TrueType(readFileSync(join(FOLDER, file)));
	const scale = EM / font.unitsPerEm;
	const order: number[] = [...letters].map((letter) => font.glyphOf(letter));
	// Accents have no letter of their own here; they come after the letters.
	for (const glyph of [...order])
		for (const part of font.parts(glyph)) if (!order.includes(part.glyph)) order.push(part.glyph);
	const outlines = order.map((glyph) => {
		const parts = font
			.parts(glyph)
			.map(
				({ glyph: of, x, y }) =>
					digits(0, 2) +
					digits(order.indexOf(of), 2) +
					digits(Math.round(x * scale) + 2048, 2) +
					digits(Math.round(y * scale) + 2048, 2),
			);
		const contours = font.contours(glyph).map((contour) => encode(contour, scale));
		return (
			digits(Math.round(font.advance(glyph) * scale), 2) +
			digits(parts.length + contours.length, 1) +
			[...parts, ...contours].join('')
		);
	});
	return { letters, outlines: outlines.join('') };
}

const faces = {
	regular: face('DejaVuSansCondensed.ttf', ASCII + LATIN_1 + '–…€’'),
	bold: face('DejaVuSansCondensed-Bold.ttf', BOLD),
};

writeFileSync(
	join(__dirname, 'glyphs.js'),
	`// The outlines of DejaVu Sans Condensed (Copyright (c) 2003 by Bitstream, Inc.; licence: FONT-LICENSE.txt, or dejavu-fonts.github.io/License.html), made by make-glyphs.ts.
const EM = ${EM};
const STEP = ${STEP};
const FACES = {
${Object.entries(faces)
	.map(
		([name, { letters, outlines }]) =>
			`\t${name}: { letters: ${JSON.stringify(letters)}, outlines: '${outlines}' },`,
	)
	.join('\n')}
};
`,
);
