import { BAD_OUTCOMES, type BadStreak } from '../hyperBackup/runs/badStreak';
import { packHistory, unpackHistory } from '../hyperBackup/runs/packedHistory';
import type { RunPhase } from '../hyperBackup/task/statusMapping';
import type { Due, TrackedTask } from './TrackedTask';

/**
 * A task as one line of text, short, since n8n writes the static data of all tasks with every
 * execution, and as one JSON text, in which each quote takes two bytes:
 *
 *     id|name|end of the last run|next scheduled time|...
 *
 * and then fields that begin with their letter. What is as in most tasks - idle, its last run a
 * success - is left out. Times in milliseconds are to the base of 36.
 */
const LETTERS = {
	firstSeen: 'f',
	/** Unless "". */
	target: 't',
	/** Unless `idle`. */
	status: 's',
	activity: 'a',
	problem: 'p',
	/** Unless `settled`. */
	phase: 'h',
	/** Unless `done`. */
	resultWord: 'w',
	/** Unless `success`; "" for none. */
	result: 'r',
	/** Unless the same as `result`; "" for none. */
	settledResult: 'z',
	/** What differs from the end of the run. */
	start: 'b',
	version: 'v',
	/** "": the end of the last run. */
	success: 'g',
	successAt: 'u',
	successUnread: 'n',
	/** Of a `due` whose text is `next` and that is not stale: its time. */
	dueNext: 'd',
	/** Any other `due`: time, 1 if it is stale, text. */
	due: 'D',
	/** `missedAt`, 1 for `ranSinceMissed`, `missedText`. */
	missed: 'm',
	/** `since`, 1 for `pending`, `after`. */
	open: 'o',
	rotatesReported: 'k',
	unclear: 'x',
	endedEarly: 'e',
	missing: 'i',
	offset: 'y',
	chosenBy: 'c',
	/** Number of the worst outcome, since, failures. */
	streak: 'j',
	/** As `packHistory` writes it. */
	history: 'q',
} as const;

type Field = keyof typeof LETTERS;

const FIELDS = new Map<string, Field>(
	Object.entries(LETTERS).map(([field, letter]) => [letter, field as Field]),
);

const escaped = (text: string): string =>
	text.replace(/[~|\n]/g, (found) => `~${'~|\n'.indexOf(found)}`);

const unescaped = (text: string): string =>
	text.replace(/~([012])/g, (_found, index: string) => '~|\n'[Number(index)]!);

const PHASES: RunPhase[] = ['live', 'queued', 'pending', 'settled', 'unclear'];

const packTime = (time: number): string => Math.round(time).toString(36);

const packed = (time: number | undefined): string | undefined =>
	time === undefined ? undefined : packTime(time);

/** Leaves out what is as in most tasks. */
const unless = <T>(value: T, usual: T): T | undefined => (value === usual ? undefined : value);

const flag = (value: boolean | undefined): string => (value === true ? '1' : '');

/** The number of letters that `text` has in common with `base`, and the rest of it. */
function packText(text: string, base: string): string | undefined {
	if (text === '') return undefined;
	let same = 0;
	while (same < 35 && same < text.length && text[same] === base[same]) same++;
	return same.toString(36) + text.slice(same);
}

const unpackText = (stored: string, base: string): string =>
	base.slice(0, parseInt(stored[0] ?? '0', 36)) + stored.slice(1);

function dueFields(due: Due | undefined, next: string): Partial<Record<Field, string>> {
	if (due === undefined) return {};
	const { text, at, stale } = due;
	if (text === next && at !== undefined && stale !== true) return { dueNext: packTime(at) };
	return { due: [packed(at) ?? '', flag(stale), text].join() };
}

function missedField({ missedAt, missedText, ranSinceMissed }: TrackedTask): string | undefined {
	if (missedAt === undefined) return undefined;
	return [packTime(missedAt), flag(ranSinceMissed), missedText ?? []].flat().join();
}

const openField = ({ since, pending, after }: NonNullable<TrackedTask['open']>): string =>
	[packTime(since), pending || after !== undefined ? flag(pending) : [], after ?? []].flat().join();

/** In the order in which they are written. */
function fieldsOf(task: TrackedTask): Partial<Record<Field, string | number>> {
	const { run, result, settledResult, success, open, streak, history } = task;
	return {
		firstSeen: packTime(task.firstSeen),
		target: unless(task.target, ''),
		status: unless<string>(task.status, 'idle'),
		activity: task.activity ?? undefined,
		problem: task.problem ?? undefined,
		phase: unless<string>(task.phase, 'settled'),
		resultWord: unless(task.resultWord, 'done'),
		result: unless<string>(result ?? '', 'success'),
		settledResult: unless<string>(settledResult ?? '', result ?? ''),
		start: packText(run.start, run.end),
		version: task.version,
		success: success === run.end ? '' : success,
		successAt: packed(task.successAt),
		successUnread: task.successUnread ? '' : undefined,
		...dueFields(task.due, task.next),
		missed: missedField(task),
		open: open && openField(open),
		rotatesReported: task.rotatesReported ? '' : undefined,
		unclear: task.unclear,
		endedEarly: packed(task.endedEarly),
		missing: task.missing,
		offset: task.offset,
		chosenBy: task.chosenBy,
		streak:
			streak &&
			[BAD_OUTCOMES.indexOf(streak.worst), packTime(streak.since), streak.failures].join(),
		history: history && packHistory(history),
	};
}

/** A stored task is never changed, only replaced: most of them are the same from poll to poll. */
const rows = new WeakMap<TrackedTask, string>();

export function toRow(task: TrackedTask): string {
	const known = rows.get(task);
	if (known !== undefined) return known;
	const fields = Object.entries(fieldsOf(task)).flatMap(([field, value]) =>
		value === undefined ? [] : [LETTERS[field as Field] + value],
	);
	const row = [task.id, task.name, task.run.end, task.next, ...fields].map(escaped).join('|');
	rows.set(task, row);
	return row;
}

/** Thrown for what is damaged or edited. */
function expect(condition: boolean): asserts condition {
	if (!condition) throw new Error('A stored task is damaged');
}

function numberOf(text: string): number {
	expect(/^-?\d{1,15}$/.test(text));
	return Number(text);
}

function timeOf(text: string | undefined): number {
	expect(text !== undefined && /^-?[0-9a-z]{1,11}$/.test(text));
	return parseInt(text, 36);
}

const optional = <T>(text: string | undefined, read: (text: string) => T): T | undefined =>
	text === undefined ? undefined : read(text);

/** The first parts, and what is left as the last one: a text may have commas. */
function parts(text: string, count: number): string[] {
	const all = text.split(',');
	return all.length <= count ? all : [...all.slice(0, count - 1), all.slice(count - 1).join()];
}

type Fields = Partial<Record<Field, string>>;

function dueOf({ due, dueNext }: Fields, next: string): Due | undefined {
	if (dueNext !== undefined) return { text: next, at: timeOf(dueNext) };
	if (due === undefined) return undefined;
	const [at, stale, text] = parts(due, 3);
	expect(text !== undefined);
	return {
		text,
		...(at === '' ? {} : { at: timeOf(at) }),
		...(stale === '1' ? { stale: true } : {}),
	};
}

function openOf(text: string): TrackedTask['open'] {
	const [since, pending, after] = parts(text, 3);
	return {
		since: timeOf(since),
		...(pending === '1' ? { pending: true } : {}),
		...(after === undefined ? {} : { after }),
	};
}

function missedOf(text: string): Partial<TrackedTask> {
	const [at, ran, missedText] = parts(text, 3);
	return { missedAt: timeOf(at), missedText, ranSinceMissed: ran === '1' };
}

function streakOf(text: string): BadStreak {
	const [worst, since, failures] = parts(text, 3);
	const outcome = BAD_OUTCOMES[numberOf(worst ?? '')];
	expect(outcome !== undefined);
	return { worst: outcome, since: timeOf(since), failures: numberOf(failures ?? '') };
}

/** "" stands for none. */
const orNone = (text: string): string | undefined => (text === '' ? undefined : text);

function shownFields(fields: Fields, end: string) {
	const phase = (fields.phase ?? 'settled') as RunPhase;
	expect(PHASES.includes(phase));
	const result = orNone(fields.result ?? 'success');
	return {
		status: fields.status ?? 'idle',
		activity: fields.activity ?? null,
		problem: fields.problem ?? null,
		phase,
		resultWord: fields.resultWord ?? 'done',
		result,
		settledResult: orNone(fields.settledResult ?? result ?? ''),
		run: { start: optional(fields.start, (text) => unpackText(text, end)) ?? '', end },
		target: fields.target ?? '',
	};
}

/** Throws where a field is damaged: it is calculated with. */
export function fromRow(row: string): TrackedTask {
	const [id, name, end, next, ...rest] = row.split('|').map(unescaped);
	expect(id !== undefined && name !== undefined && end !== undefined && next !== undefined);
	const fields: Fields = {};
	for (const text of rest) {
		const field = FIELDS.get(text[0] ?? '');
		if (field !== undefined) fields[field] = text.slice(1);
	}
	return {
		id,
		name,
		...shownFields(fields, end),
		next,
		firstSeen: timeOf(fields.firstSeen),
		version: fields.version,
		success: fields.success === '' ? end : fields.success,
		successAt: optional(fields.successAt, timeOf),
		successUnread: fields.successUnread === undefined ? undefined : true,
		due: dueOf(fields, next),
		...optional(fields.missed, missedOf),
		open: optional(fields.open, openOf),
		rotatesReported: fields.rotatesReported === undefined ? undefined : true,
		unclear: optional(fields.unclear, numberOf),
		endedEarly: optional(fields.endedEarly, timeOf),
		missing: optional(fields.missing, numberOf),
		offset: optional(fields.offset, numberOf),
		chosenBy: fields.chosenBy,
		streak: optional(fields.streak, streakOf),
		history: optional(fields.history, unpackHistory),
	} as TrackedTask;
}
