import fc from 'fast-check';

/** What a damaged, hostile or simply different NAS may put in the place of any value. */
const STRANGE: unknown[] = [
	null,
	true,
	false,
	0,
	-1,
	1e308,
	4401,
	'',
	' ',
	'idle',
	'none',
	'done',
	'backupable',
	'Backup',
	'NONE',
	'../..',
	'<b>',
	'x'.repeat(10_000),
	'\u0000',
	'\ud800',
	[],
	[[]],
	{},
	{ idle: 'idle' },
	['none'],
	Number.MAX_SAFE_INTEGER,
];

const NAMES = [
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'length',
	'status',
	'state',
	'success',
	'error',
	'code',
	'',
];

type Step =
	| { how: 'replace' | 'remove' | 'rename' | 'copy'; at: number; with: number }
	| { how: 'cut' | 'drop' | 'insert' | 'flip'; at: number; with: number };

/**
 * Without fast-check's liking for extremes, which would mostly hit the envelope and leave the tasks
 * alone.
 */
export const mutations: fc.Arbitrary<Step[]> = fc.noBias(
	fc.array(
		fc.record({
			how: fc.constantFrom(
				'replace' as const,
				'replace' as const,
				'replace' as const,
				'remove' as const,
				'remove' as const,
				'rename' as const,
				'copy' as const,
				'cut' as const,
				'drop' as const,
				'insert' as const,
				'flip' as const,
			),
			at: fc.nat({ max: 999_999 }).map((place) => place / 1_000_000),
			with: fc.nat({ max: 10_000 }),
		}),
		{ minLength: 1, maxLength: 4 },
	),
);

interface Place {
	owner: Record<string, unknown>;
	name: string;
}

function places(value: unknown, found: Place[] = []): Place[] {
	if (typeof value !== 'object' || value === null) return found;
	for (const name of Object.keys(value)) {
		found.push({ owner: value as Record<string, unknown>, name });
		places((value as Record<string, unknown>)[name], found);
	}
	return found;
}

/** In the JSON text every name can be written, also those that cannot be assigned. */
const ownName = (owner: Record<string, unknown>, name: string, value: unknown): void =>
	void Object.defineProperty(owner, name, {
		value,
		enumerable: true,
		configurable: true,
		writable: true,
	});

function inTree(root: { answer: unknown }, step: Step): void {
	const all = places(root);
	const { owner, name } = all[Math.floor(step.at * all.length)]!;
	const value = owner[name];
	if (step.how === 'replace')
		ownName(owner, name, structuredClone(STRANGE[step.with % STRANGE.length]));
	if (step.how === 'remove' && name !== 'answer') delete owner[name];
	if (step.how === 'rename' && name !== 'answer' && !Array.isArray(owner)) {
		delete owner[name];
		ownName(owner, NAMES[step.with % NAMES.length]!, value);
	}
	const other = all[step.with % all.length]!;
	if (step.how === 'copy') ownName(owner, name, structuredClone(other.owner[other.name]));
}

function inText(text: string, { how, at, with: amount }: Step): string {
	const place = Math.floor(at * text.length);
	if (how === 'cut') return text.slice(0, place);
	if (how === 'drop') return text.slice(0, place) + text.slice(place + 1 + (amount % 40));
	if (how === 'insert')
		return (
			text.slice(0, place) +
			['"', '{', '}', '[', ']', ',', '\\', '\u0000', '0', 'null', '"x":1,', '\ufffd'][
				amount % 12
			]! +
			text.slice(place)
		);
	return (
		text.slice(0, place) +
		String.fromCharCode(text.charCodeAt(place) ^ (1 << (amount % 8))) +
		text.slice(place + 1)
	);
}

const IN_TREE = ['replace', 'remove', 'rename', 'copy'];

/** The text of a real response after some accidents: first to its values, then to its letters. */
export function mutated(original: string, steps: Step[]): string {
	const root = { answer: JSON.parse(original) as unknown };
	for (const step of steps) if (IN_TREE.includes(step.how)) inTree(root, step);
	let text = JSON.stringify(root.answer) ?? '';
	for (const step of steps) if (!IN_TREE.includes(step.how)) text = inText(text, step);
	return text;
}
