import { endedRun } from '../../../nodes/HyperBackup/trigger/endedRun';
import { type PollMoment } from '../../../nodes/HyperBackup/trigger/followRun';
import {
	type Row,
	MINUTE,
	HOUR,
	NEW,
	OLD,
	NO_TIMES,
	END,
	RUNNING,
	FAILED,
	PENDING,
	UNCLEAR,
	BLANK,
	follow,
	names,
	task,
} from './followed';

describe('what shows up after a run was reported as ended', () => {
	const shows = (before: Row, now: Row, moment?: Partial<PollMoment>) =>
		follow({ endedEarly: END, ...before }, now, undefined, moment);

	test('its times: nothing more is waited for', () => {
		expect(shows({}, { run: NEW })).toEqual({ events: [], state: { endedEarly: undefined } });
	});

	test('nothing yet: it is waited for', () => {
		expect(shows({}, {})).toEqual({ events: [], state: { endedEarly: END } });
		expect(shows({}, { run: NO_TIMES })).toEqual({ events: [], state: { endedEarly: END } });
	});

	test('an end up to a minute later belongs to it', () => {
		expect(names(shows({ endedEarly: END - MINUTE }, { run: NEW }))).toStrictEqual([]);
		expect(names(shows({ endedEarly: END - MINUTE - 1 }, { run: NEW }))).toEqual([
			'backupStarted',
			'backupSucceeded',
		]);
	});

	test('an end up to as much later belongs to it as the clock of the NAS was set', () => {
		const changed = { clockShift: HOUR };
		const early = END - MINUTE - HOUR;
		expect(names(shows({ endedEarly: early }, { run: NEW }, changed))).toStrictEqual([]);
		expect(names(shows({ endedEarly: early - 1 }, { run: NEW }, changed))).not.toStrictEqual([]);
	});

	test('an end that cannot be read, or lies in the future, measures nothing', () => {
		const before: Row = { endedEarly: END - HOUR };
		expect(names(shows(before, { run: NEW }, { toLocalTime: () => undefined }))).toStrictEqual([]);
		expect(names(shows(before, { run: NEW }, { now: END - MINUTE - 1 }))).toStrictEqual([]);
		expect(names(shows(before, { run: NEW }, { now: END - MINUTE }))).not.toStrictEqual([]);
	});

	test('but old versions are not deleted after a failed run: that was another one', () => {
		const rotating: Row = { ...FAILED, settledResult: 'failed', endedEarly: END - HOUR };
		const shown = { ...PENDING, run: NEW };
		const unreadable = { toLocalTime: () => undefined };
		expect(names(shows(rotating, shown, unreadable))).toEqual(['backupStarted']);
		expect(names(shows({ endedEarly: END - HOUR }, shown, unreadable))).toStrictEqual([]);
	});

	describe('its times, as it seemed, while old versions were being deleted: the result that returns', () => {
		/** DSM 6 to 7.1 show no start. */
		const ENDS = { start: '', end: NEW.end };
		const rotated: Row = { ...PENDING, run: NEW, settledResult: 'failed' };

		test('is that of the run reported', () => {
			expect(shows(rotated, { ...FAILED, run: NEW })).toEqual({ events: [], state: {} });
		});

		test('is another one: a second run had ended within the same minute', () => {
			const second = shows(rotated, { run: NEW });
			expect(names(second)).toEqual(['backupStarted', 'backupSucceeded']);
			expect(second.state).toEqual({ endedEarly: undefined });
		});

		test('the figures of that one are those after the last success', () => {
			const before = task({ ...rotated, endedEarly: END, run: ENDS, success: OLD.end });
			const now = task({ run: ENDS });
			const { events } = shows({ ...rotated, run: ENDS }, { run: ENDS });
			const { id, name } = now;
			expect(endedRun(before, now, events)).toEqual({ id, name, end: NEW.end, after: OLD.end });
		});

		test('says nothing of a run: the deletion of versions failed', () => {
			const failed: Row = {
				result: 'rotation_failed',
				resultWord: 'version_delete_failed',
				run: NEW,
			};
			expect(names(shows(rotated, failed))).toStrictEqual([]);
		});
	});

	test('another result than the one reported is that of another run', () => {
		expect(names(shows({}, { ...FAILED, run: NEW }))).toEqual(['backupStarted', 'backupFailed']);
	});

	test('another result is that of another run, though the next one waits for its turn', () => {
		expect(names(shows({}, { ...FAILED, phase: 'queued', run: NEW }))).toEqual([
			'backupStarted',
			'backupFailed',
		]);
	});

	test('another result with the same times is that of another run', () => {
		expect(names(shows({}, FAILED))).toEqual(['backupStarted', 'backupFailed']);
	});

	test('another word for the same result, with the same times, is that of another run', () => {
		const before: Row = { ...FAILED, settledResult: 'failed' };
		expect(names(shows(before, { ...FAILED, resultWord: 'fail' }))).toEqual([
			'backupStarted',
			'backupFailed',
		]);
	});

	test('"idle" and "running now" with the same times is only counted', () => {
		const before: Row = { ...FAILED, settledResult: 'failed' };
		expect(shows(before, UNCLEAR)).toEqual({
			events: [],
			state: { endedEarly: END, unclear: 1 },
		});
	});

	test('after a response without a result: a failure in time belongs to it', () => {
		expect(names(shows(BLANK, { ...FAILED, run: NEW }))).toStrictEqual([]);
	});

	describe('of a run that died', () => {
		const died: Row = { ...UNCLEAR, endedEarly: END - HOUR };

		test.each<[string, Row]>([
			['a failure, whenever DSM notices', { ...FAILED, run: NEW }],
			['a failure without times', FAILED],
		])('%s', (_what, now) => {
			expect(names(shows(died, now))).toStrictEqual([]);
		});

		test('no success: that is another run', () => {
			expect(names(shows(died, { run: NEW }))).toEqual(['backupStarted', 'backupSucceeded']);
		});

		test('a success in time after all', () => {
			expect(names(shows({ ...died, endedEarly: END }, { run: NEW }))).toStrictEqual([]);
		});

		test('not the times of the next run, which is under way', () => {
			expect(names(shows(died, { ...RUNNING, run: NEW }))).toHaveLength(3);
		});
	});

	test('after a response without a result: a failure an hour later is another run', () => {
		const before: Row = { ...BLANK, endedEarly: END - HOUR };
		expect(names(shows(before, { ...FAILED, run: NEW }))).toEqual([
			'backupStarted',
			'backupFailed',
		]);
	});

	test('after a run that was only detected in progress: a failure an hour later is another run', () => {
		const before: Row = { ...UNCLEAR, phase: 'queued', endedEarly: END - HOUR };
		expect(names(shows(before, { ...FAILED, run: NEW }))).toEqual([
			'backupStarted',
			'backupFailed',
		]);
	});
});
