import type { RunSample } from './RunSample';

/**
 * Every character that takes one byte in a JSON text and that no stored task escapes: n8n writes
 * the history of each task with every execution.
 */
const ALPHABET = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
	.filter((character) => !'"\\|~'.includes(character))
	.join('');

const BASE = ALPHABET.length;
/** Two characters for a figure that is not known. */
const UNKNOWN = BASE * BASE - 1;
/** Below this every whole number has a code of its own. */
const EXACT = 1000;
/** Codes of three digits, the first of which is not 0, for each power of ten. */
const CODES = 900;

/** To three digits, as it is stored; null for what is not known, or is too large to store. */
export function storedFigure(value: number | null): number | null {
	return decoded(codeOf(value));
}

function codeOf(value: number | null): number {
	if (value === null || !Number.isFinite(value) || value < 0) return UNKNOWN;
	const whole = Math.round(value);
	if (whole < EXACT) return whole;
	const [digits, power] = whole.toExponential(2).split('e') as [string, string];
	const code = EXACT + CODES * (Number(power) - 3) + Math.round(Number(digits) * 100) - 100;
	return code < UNKNOWN ? code : UNKNOWN;
}

function decoded(code: number): number | null {
	if (code >= UNKNOWN) return null;
	if (code < EXACT) return code;
	const power = Math.floor((code - EXACT) / CODES);
	return (100 + ((code - EXACT) % CODES)) * 10 ** (power + 1);
}

function packFigure(value: number | null): string {
	const code = codeOf(value);
	return ALPHABET[Math.floor(code / BASE)]! + ALPHABET[code % BASE]!;
}

function unpackFigure(text: string): number | null {
	const [high, low] = [...text].map((character) => ALPHABET.indexOf(character));
	if (high === undefined || low === undefined || high < 0 || low < 0) {
		throw new Error('A stored history is damaged');
	}
	return decoded(high * BASE + low);
}

/** Seven characters for each run. */
const WIDTH = 7;

export const packHistory = (history: RunSample[]): string =>
	history
		.map(({ duration, size, changes, withDeleted }) =>
			[withDeleted ? 'd' : 'n', ...[duration, size, changes].map(packFigure)].join(''),
		)
		.join('');

/** Throws where the text is damaged: it is calculated with. */
export function unpackHistory(text: string): RunSample[] {
	if (text.length % WIDTH !== 0) throw new Error('A stored history is damaged');
	return Array.from({ length: text.length / WIDTH }, (_, index) => {
		const run = text.slice(index * WIDTH, (index + 1) * WIDTH);
		const [duration, size, changes] = [1, 3, 5].map((at) => unpackFigure(run.slice(at, at + 2)));
		return {
			duration: duration!,
			size: size!,
			changes: changes!,
			withDeleted: run[0] === 'd',
		};
	});
}
