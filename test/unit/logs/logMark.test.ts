import type { RawEntry } from '../../../nodes/HyperBackup/hyperBackup/logs/LogEntry';
import { markOf, MarkReader, parseMark } from '../../../nodes/HyperBackup/hyperBackup/logs/logMark';

/** "10:00 A" - the newest first, as the NAS sends them. */
const log = (...rows: string[]): RawEntry[] =>
	rows.map((row) => {
		const [time, event] = row.split(' ') as [string, string];
		return { time: `2026/11/24 ${time}`, event, level: 'info', user: 'SYSTEM' };
	});

const newIn = (before: RawEntry[], now: RawEntry[]): string[] => {
	const mark = parseMark(JSON.parse(JSON.stringify(markOf(before, true))))!;
	const reader = new MarkReader(mark);
	return now.filter((entry) => reader.isNew(entry)).map(({ event }) => event);
};

test.each<[string, string[], string[], string[]]>([
	['nothing new', ['10:00 A'], ['10:00 A'], []],
	['one more', ['10:00 A'], ['10:01 B', '10:00 A'], ['B']],
	['the same in the same second', ['10:00 A'], ['10:00 A', '10:00 A'], ['A']],
	[
		'the same group in the same second',
		['10:00 B', '10:00 A'],
		['10:00 B', '10:00 A', '10:00 B', '10:00 A'],
		['B', 'A'],
	],
	['an empty log that fills', [], ['10:01 B', '10:00 A'], ['B', 'A']],
	['a log that was cleared', ['10:01 B', '10:00 A'], [], []],
	['a log that was cleared and fills', ['10:01 B', '10:00 A'], ['10:02 C'], ['C']],
	['a rotation of the oldest', ['10:01 B', '10:00 A'], ['10:02 C', '10:01 B'], ['C']],
	['a clock set back', ['10:05 B', '10:04 A'], ['09:00 C', '10:05 B', '10:04 A'], ['C']],
	[
		'a clock set back to the very second',
		['10:05 B', '10:04 A', '10:03 X'],
		['10:04 A', '10:05 B', '10:04 A', '10:03 X'],
		['A'],
	],
])('%s', (_what, before, now, expected) => {
	expect(newIn(log(...before), log(...now))).toEqual(expected);
});

test('entries below the mark are not read as new', () => {
	const old = Array.from({ length: 500 }, (_, index) => `0${index % 9}:00 old${index}`);
	const before = log('10:00 A', ...old);
	expect(newIn(before, log('10:01 B', '10:00 A', ...old))).toEqual(['B']);
});

test('a second that was only read in part is not stored', () => {
	const page = log('10:02 C', '10:01 B', '10:00 A');
	const reader = new MarkReader(markOf(page, false));
	const rest = log('10:02 C', '10:01 B', '10:00 A', '10:00 A2', '09:00 Z');
	expect(rest.filter((entry) => reader.isNew(entry))).toEqual([]);
	expect(reader.over).toBe(true);
});

test('thousands of entries in one second are not stored one by one, and none comes twice', () => {
	const many = log(...Array.from({ length: 5000 }, (_, index) => `10:00 E${index}`));
	const mark = markOf(many, true);
	expect(JSON.stringify(mark).length).toBeLessThan(50_000);
	const reader = new MarkReader(mark);
	expect([...log('10:01 N'), ...many].filter((entry) => reader.isNew(entry))).toHaveLength(1);
});

test.each([
	[undefined],
	[null],
	[7],
	[{}],
	[{ times: 1 }],
	[{ times: [[]] }],
	[{ times: [['x', 1]] }],
])('%j is no mark', (value) => {
	expect(parseMark(value)).toBeUndefined();
});
