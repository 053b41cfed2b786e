import type { DateTime } from 'luxon';
import { PNG } from 'pngjs';
import { partOf, runNode, type Item } from './codeNode';

export type Run = { task_id: string; at: number; outcome: string; name?: string };

export interface Given {
	tasks?: Array<Record<string, unknown>>;
	runs?: Run[];
	now: DateTime;
	since?: string;
}

export interface Drawn {
	subject: string;
	html: string;
	fileName: string;
	file: Buffer;
	png: PNG;
	/** The colour of a cell, beside its symbol: row from the top, days back from today. */
	cell: (row: number, daysAgo: number) => string;
}

export const hex = (colour: number): string => `#${colour.toString(16).padStart(6, '0')}`;

const LOOKS = partOf<Record<string, { colour: number }>>('Draw', 'LOOKS');
export const COLOURS = Object.fromEntries(
	Object.entries(LOOKS).map(([outcome, { colour }]) => [outcome, hex(colour)]),
);
export const EMPTY = hex(partOf<number>('Draw', 'EMPTY'));

/** The right edge of today's column is the same in every picture, counted from the right: 24 of margin, and the two columns of text. */
const { CELL, PITCH, WEEK_GAP, TODAY_GAP, ROW, HEAD } = partOf<Record<string, number>>(
	'Draw',
	'({ CELL, PITCH, WEEK_GAP, TODAY_GAP, ROW, HEAD })',
) as { [name in 'CELL' | 'PITCH' | 'WEEK_GAP' | 'TODAY_GAP' | 'ROW' | 'HEAD']: number };
const RIGHT = 24 + 70 + 58;

export const task = (
	task_id: string,
	more: Record<string, unknown> = {},
): Record<string, unknown> => ({
	task_id,
	name: `Task ${task_id}`,
	status: 'idle',
	last_result: 'never',
	last_backup_time: null,
	problem: null,
	...more,
});

/** Runs *Draw* on a history, and reads the picture it makes with a decoder that is not ours. */
export function draw({ tasks = [], runs = [], now, since }: Given): Drawn {
	const input: Item[] = runs.map((run) => ({
		json: {
			key: `wf1|${run.task_id}|${run.at}|${run.outcome}`,
			name: `Task ${run.task_id}`,
			...run,
		},
	}));
	const others = {
		'All Tasks': tasks.length === 0 ? [{ json: {} }] : tasks.map((json) => ({ json })),
		'Open Calendar': [{ json: { createdAt: since ?? '2020-01-01T00:00:00.000Z' } }],
	};
	const [item] = runNode('Draw', {
		input: input.length === 0 ? [{ json: {} }] : input,
		others,
		now,
	});
	const { data, fileName } = item!.binary!.calendar!;
	return {
		...(item!.json as { subject: string; html: string }),
		fileName,
		...readPicture(Buffer.from(data, 'base64'), now),
	};
}

/** Reads a picture that was drawn at this time. */
export function readPicture(
	file: Buffer,
	now: DateTime,
): { file: Buffer; png: PNG; cell: Drawn['cell'] } {
	const png = PNG.sync.read(file);
	const cell = (row: number, daysAgo: number): string => {
		const mondays = Array.from({ length: daysAgo }, (_, back) => now.minus({ days: back })).filter(
			({ weekday }) => weekday === 1,
		).length;
		// Just inside the left edge, half way down: no symbol reaches there.
		const x =
			(png.width / 2 -
				RIGHT -
				CELL -
				daysAgo * PITCH -
				mondays * WEEK_GAP -
				(daysAgo > 0 ? TODAY_GAP : 0) +
				1) *
			2;
		const at = ((HEAD + row * ROW + CELL / 2) * 2 * png.width + x) * 4;
		return `#${png.data.subarray(at, at + 3).toString('hex')}`;
	};
	return { file, png, cell };
}
