import { NasClock } from '../../../nodes/HyperBackup/hyperBackup/clock/NasClock';
import {
	belongsTo,
	checkEntries,
	isEnd,
} from '../../../nodes/HyperBackup/hyperBackup/integrity/checkLog';
import { readCheckTime } from '../../../nodes/HyperBackup/hyperBackup/integrity/checkTime';

const clock = new NasClock('UTC');

const row = (time: string, sentence: string, name = 'Nightly') => ({
	event: `[Local][${name}] ${sentence}`,
	level: 'info',
	time: `2026/11/20 ${time}`,
	user: 'SYSTEM',
});
const STARTED = 'Backup integrity check has started.';
const PASSED = 'Backup integrity check is finished. No error was found.';
const at = (time: string): number => Date.parse(`2026-11-20T${time}Z`) / 1000;

const entriesOf = (rows: unknown[], name = 'Nightly') =>
	checkEntries({ log_list: rows, total: rows.length }, name, clock);

test('only sentences about checks of this very task count, the newest first', () => {
	const entries = entriesOf([
		row('04:00:00', PASSED, 'Other'),
		row('03:20:07', PASSED),
		row('03:10:00', 'Backup task started.'),
		row('03:00:05', STARTED),
		{ event: null },
		'no row',
	]);
	expect(entries.map(({ kind, time }) => [kind, time])).toEqual([
		['check_passed', at('03:20:07')],
		['check_started', at('03:00:05')],
	]);
});

test('a name inside another name, or in brackets of a sentence, is no match', () => {
	expect(entriesOf([row('03:20:07', PASSED, 'Nightly 2')])).toEqual([]);
	expect(entriesOf([row('03:20:07', `${PASSED} [Nightly]`, 'Other')])).toEqual([]);
});

test('a response without a log is no empty log', () => {
	expect(() => checkEntries({}, 'Nightly', clock)).toThrow();
	expect(() => checkEntries(undefined, 'Nightly', clock)).toThrow();
});

describe('the time of the last check belongs to the check', () => {
	const log = [row('03:20:07', PASSED), row('03:00:05', STARTED)];

	test.each([
		['its beginning, without seconds', '03:00:00', true],
		['its end, without seconds', '03:20:00', true],
		['a moment after its end', '03:21:00', true],
		['an hour later: another check', '04:20:00', false],
		['an hour before: another check', '02:00:00', false],
	])('%s', (_what, checked, belongs) => {
		const entries = entriesOf(log);
		expect(belongsTo(entries, entries.find(isEnd)!, at(checked))).toBe(belongs);
	});

	test('without a beginning in the log only the minutes around the end count', () => {
		const entries = entriesOf([row('03:20:07', PASSED)]);
		expect(belongsTo(entries, entries[0]!, at('03:20:00'))).toBe(true);
		expect(belongsTo(entries, entries[0]!, at('03:00:00'))).toBe(false);
	});

	test('the beginning of an older check is not taken for that of this one', () => {
		const entries = entriesOf([
			row('03:20:07', PASSED),
			row('02:30:00', PASSED),
			row('02:00:00', STARTED),
		]);
		expect(belongsTo(entries, entries[0]!, at('02:30:00'))).toBe(false);
	});

	test('a sentence whose time cannot be read belongs to nothing', () => {
		const entries = entriesOf([{ ...row('03:20:07', PASSED), time: 'yesterday' }]);
		expect(belongsTo(entries, entries[0]!, at('03:20:00'))).toBe(false);
	});
});

test.each<[unknown, string, number | null]>([
	['', 'never', null],
	[0, 'never', null],
	['0', 'never', null],
	['2026/11/20 03:00', 'time', at('03:00:00')],
	['2026/11/20 03:00:05', 'time', at('03:00:05')],
	[at('03:00:00'), 'time', at('03:00:00')],
	[undefined, 'unreadable', null],
	[null, 'unreadable', null],
	['soon', 'unreadable', null],
	[{}, 'unreadable', null],
	[-1, 'unreadable', null],
])('last_detect_time %j reads as %s', (value, shown, time) => {
	expect(readCheckTime(value, clock)).toMatchObject({ shown, time });
});
