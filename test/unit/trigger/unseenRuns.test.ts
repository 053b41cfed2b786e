import type { Detail } from '../../../nodes/HyperBackup/trigger/anotherRun';
import type { PollMoment } from '../../../nodes/HyperBackup/trigger/followRun';
import {
	type Row,
	OLD,
	NEW,
	NO_TIMES,
	NOW,
	FAILED,
	CHECK_FAILED,
	follow,
	UNSEEN,
	names,
} from './followed';

describe('the success that status knows of', () => {
	const now: Row = { ...CHECK_FAILED, run: NEW };
	const outcome = (before: Row, detail?: Detail, moment?: Partial<PollMoment>) =>
		follow(before, now, detail, moment).events.at(-1)!.outcome;

	test.each<[string, Row, Detail]>([
		['another time', { success: OLD.end }, { success: NEW.end }],
		['another version', { version: '7' }, { success: NEW.end, version: '8' }],
	])('is that of the run if it has %s and lies within it', (_what, before, detail) => {
		expect(outcome(before, detail)).toBe('succeeded');
	});

	test.each<[string, Row, Detail | undefined]>([
		['it is not known now', { success: OLD.end, version: '7' }, undefined],
		['its time is not known now', { version: '7' }, { version: '8' }],
		['its time is that of another run', { success: OLD.end }, { success: '2026/11/02 01:00:00' }],
		[
			'it is the one of before',
			{ success: NEW.end, version: '7' },
			{ success: NEW.end, version: '7' },
		],
		['none was known before', {}, { success: NEW.end, version: '8' }],
		['its version is not shown now', { version: '7' }, { success: NEW.end }],
	])('is not that of the run if %s', (_what, before, detail) => {
		expect(outcome(before, detail)).toBe('unknown');
	});

	test('after a change of the zone has another time, which shows nothing; another version does', () => {
		const other = { sameZone: false };
		const before: Row = { success: OLD.end, version: '7' };
		expect(outcome(before, { success: NEW.end, version: '7' }, other)).toBe('unknown');
		expect(outcome(before, { success: NEW.end, version: '8' }, other)).toBe('succeeded');
	});
});

describe('the same times and another result', () => {
	const MINUTES = { start: '', end: '2026/11/01 02:10' };
	const GOOD: Row = {};

	test('are a run between two polls, whose times may follow', () => {
		expect(follow({}, FAILED)).toEqual({
			events: [UNSEEN, { event: 'backupFailed', outcome: 'failed', unseen: true }],
			state: { endedEarly: NOW },
		});
	});

	test.each<[string, Row, Row]>([
		['a task that had never run', { result: 'never', resultWord: 'none' }, FAILED],
		['a task in the queue', {}, { ...FAILED, phase: 'queued' }],
		['a task that was in the queue', { phase: 'queued' }, FAILED],
		['a task without a result before', { result: undefined, resultWord: '' }, FAILED],
		['a good run to the minute after a failed one', { ...FAILED, run: MINUTES }, { run: MINUTES }],
		[
			'a good run without times after a failed one',
			{ ...FAILED, run: NO_TIMES },
			{ run: NO_TIMES },
		],
		['another word for the same result', FAILED, { ...FAILED, resultWord: 'fail' }],
	])('%s', (_what, before, now) => {
		expect(names(follow(before, now)).slice(0, 1)).toEqual(['backupStarted']);
	});

	test.each<[string, Row, Row]>([
		['a good result where times have seconds', FAILED, GOOD],
		['a result that is none of a backup', {}, CHECK_FAILED],
		['a failure after a check that failed', CHECK_FAILED, FAILED],
		['a response in the middle of something before', { phase: 'live' }, FAILED],
		['a response in the middle of a deletion before', { phase: 'pending' }, FAILED],
	])('are no run: %s', (_what, before, now) => {
		expect(follow(before, now)).toEqual({ events: [], state: {} });
	});
});
