import { NasClock } from '../../../nodes/HyperBackup/hyperBackup/clock/NasClock';
import { NO_FIGURES } from '../../../nodes/HyperBackup/hyperBackup/runs/runFigures';
import {
	failureSentence,
	reportRun,
	type RunEvidence,
	type RunReport,
} from '../../../nodes/HyperBackup/hyperBackup/runs/runReport';
import type { RawTask } from '../../../nodes/HyperBackup/hyperBackup/task/TaskSnapshot';

/** A NAS one hour ahead of UTC. */
const CLOCK = new NasClock('Europe/Berlin', { offset: 3600, skew: 0 }, Date.UTC(2026, 10, 2));
const FINISHED = Date.UTC(2026, 10, 2, 1, 10) / 1000;

const TIMES = { last_bkp_time: '2026/11/02 02:00:00', last_bkp_end_time: '2026/11/02 02:10:00' };
const END_ONLY = { last_bkp_time: '2026/11/02 02:10', last_bkp_end_time: '2026/11/02 02:10' };
const FAILURE = {
	last_bkp_error: 'sig:error:status_target_broken',
	last_bkp_error_code: 4408,
};
const VERSION = { last_bkp_success_version: '12' };

const report = (row: RawTask, evidence: Partial<RunEvidence> = {}): RunReport =>
	reportRun({ outcome: 'succeeded', taskName: 'Nightly', row, clock: CLOCK, ...evidence });

describe('the times in a report of a run', () => {
	test('are Unix seconds, ISO 8601 with the offset of the NAS, and seconds', () => {
		expect(report(TIMES)).toMatchObject({
			started_time: FINISHED - 600,
			started_at: '2026-11-02T02:00:00+01:00',
			finished_time: FINISHED,
			finished_at: '2026-11-02T02:10:00+01:00',
			duration: 600,
		});
	});

	test('where the NAS shows the end only, n8n measures the duration to the second', () => {
		expect(report(END_ONLY, { seen: { from: 1_000_400, to: 1_300_000 } })).toMatchObject({
			started_time: FINISHED - 300,
			started_at: '2026-11-02T02:05:00+01:00',
			finished_time: FINISHED,
			duration: 300,
		});
	});

	test.each([
		['nothing', undefined],
		['only the beginning', { from: 1_000_000 }],
		['only the end', { to: 1_300_000 }],
	])(
		'if the NAS shows only the end and n8n detected %s, duration and start are null',
		(_, seen) => {
			expect(report(END_ONLY, { seen })).toMatchObject({
				started_time: null,
				started_at: null,
				finished_time: FINISHED,
				duration: null,
			});
		},
	);

	test('a LUN task shows no times: the duration is what n8n measured', () => {
		expect(report({}, { seen: { from: 1_000_000, to: 1_060_000 } })).toMatchObject({
			started_time: null,
			started_at: null,
			finished_time: null,
			finished_at: null,
			duration: 60,
		});
	});

	test('a daylight saving change during the run is taken out with what n8n measured', () => {
		const row = {
			last_bkp_time: '2026/11/02 02:00:00',
			last_bkp_end_time: '2026/11/02 03:10:00',
		};
		expect(report(row, { seen: { from: 0, to: 610_000 } }).duration).toBe(600);
	});

	test('the documented API has the end in Unix seconds', () => {
		expect(report({ last_backup_time: FINISHED })).toMatchObject({
			started_time: null,
			finished_time: FINISHED,
			finished_at: '2026-11-02T02:10:00+01:00',
		});
	});

	test.each([0, -1, '1793581800', null, undefined])(
		'%p of the documented API is no time',
		(last_backup_time) => {
			expect(report({ last_backup_time }).finished_time).toBeNull();
		},
	);
});

describe('what else a report of a run says', () => {
	test('a success: its version, and no error of a run before', () => {
		expect(report({ ...TIMES, ...FAILURE, ...VERSION })).toMatchObject({
			outcome: 'succeeded',
			version: '12',
			error: null,
			error_code: null,
			message: "Task 'Nightly': the backup completed successfully",
		});
	});

	test("a failure: DSM's error and its code, and no version of a run before", () => {
		expect(report({ ...TIMES, ...FAILURE, ...VERSION }, { outcome: 'failed' })).toMatchObject({
			outcome: 'failed',
			version: null,
			error: 'sig:error:status_target_broken',
			error_code: 4408,
			message:
				"Task 'Nightly': the backup failed; DSM reports: status target broken; error code 4408",
		});
	});

	test.each(['', 7, undefined, null])('version %p and error %p are null', (value) => {
		expect(report({ last_bkp_success_version: value }).version).toBeNull();
		expect(report({ last_bkp_error: value }, { outcome: 'failed' }).error).toBeNull();
	});

	test('a run that left no times: nothing of the run before, whatever the row shows', () => {
		const seen = { from: 1_000_000, to: 1_060_000 };
		const row = { ...TIMES, ...FAILURE, ...VERSION };
		expect(report(row, { outcome: 'failed', withoutTimes: true, seen })).toEqual({
			...NO_FIGURES,
			outcome: 'failed',
			started_time: null,
			started_at: null,
			finished_time: null,
			finished_at: null,
			duration: null,
			version: null,
			error: null,
			error_code: null,
			message: "Task 'Nightly': the backup failed",
		});
	});
});

describe('the sentence about a run', () => {
	test.each([
		['reason and code', FAILURE, '; DSM reports: status target broken; error code 4408'],
		['a code alone', { last_bkp_error_code: 4408 }, '; error code 4408'],
		['a reason alone', { last_bkp_error: 'no_space' }, '; DSM reports: no space'],
		['the code that means no error', { last_bkp_error_code: 4401 }, ''],
		['neither', {}, ''],
	])('names %s', (_what, row, addition) => {
		expect(failureSentence('Nightly', 'partial', row)).toBe(
			`Task 'Nightly': the backup was partially completed: some items were skipped${addition}`,
		);
	});
});
