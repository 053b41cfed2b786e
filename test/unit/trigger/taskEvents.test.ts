import {
	checkEvents,
	otherEvents,
	statusEvents,
} from '../../../nodes/HyperBackup/trigger/taskEvents';
import type { RunEvent } from '../../../nodes/HyperBackup/trigger/followRun';
import type { TrackedTask } from '../../../nodes/HyperBackup/trigger/TrackedTask';
import { snapshotOf } from './story';

type Row = Partial<TrackedTask>;

const task = (row: Row): TrackedTask => ({ ...snapshotOf({}), firstSeen: 0, ...row });

const STARTED: RunEvent = { event: 'backupStarted' };
const ENDED: RunEvent = { event: 'backupFailed', outcome: 'failed' };

describe('a change of status', () => {
	const statusOf = (before: Row, now: Row, ...runs: RunEvent[]) =>
		statusEvents(task(before), task(now), runs);

	test('is the one that was detected', () => {
		expect(statusOf({ status: 'idle' }, { status: 'running' }, STARTED)).toEqual([
			{ event: 'statusChanged', changes: [['idle', 'running']], unseen: undefined },
		]);
		expect(statusOf({ status: 'running' }, { status: 'error' }, ENDED)).toEqual([
			{ event: 'statusChanged', changes: [['running', 'error']], unseen: undefined },
		]);
	});

	test('without one there is no event', () => {
		expect(statusOf({ status: 'idle' }, { status: 'idle' })).toStrictEqual([]);
		expect(statusOf({ status: 'idle' }, { status: 'idle' }, STARTED)).toStrictEqual([]);
		expect(statusOf({ status: 'running' }, { status: 'running' }, ENDED)).toStrictEqual([]);
	});

	test('is certain for a run between two polls', () => {
		expect(statusOf({ status: 'error' }, { status: 'error' }, STARTED, ENDED)).toEqual([
			{
				event: 'statusChanged',
				changes: [
					['running', 'error'],
					['error', 'running'],
				],
				unseen: true,
			},
		]);
	});

	test('that was detected comes before those that are certain', () => {
		expect(statusOf({ status: 'idle' }, { status: 'error' }, STARTED, ENDED)).toEqual([
			{
				event: 'statusChanged',
				changes: [
					['idle', 'error'],
					['running', 'error'],
					['idle', 'running'],
				],
				unseen: undefined,
			},
		]);
	});

	test('from idle to running is all there is if a run ended in between', () => {
		expect(statusOf({ status: 'idle' }, { status: 'running' }, ENDED)).toEqual([
			{ event: 'statusChanged', changes: [['idle', 'running']], unseen: undefined },
		]);
	});

	describe('between a run that ended and the next, which is under way', () => {
		const open = { since: 0 };

		test('is one to a status that is not known', () => {
			const before: Row = { status: 'running', open };
			expect(statusOf(before, { status: 'running', phase: 'live' }, ENDED, STARTED)).toEqual([
				{
					event: 'statusChanged',
					changes: [
						['running', 'unknown'],
						['unknown', 'running'],
					],
					unseen: true,
				},
			]);
		});

		test.each<[string, Row, Row, RunEvent[]]>([
			['the first has not ended', { open }, { phase: 'live' }, [STARTED]],
			['the first was not under way', {}, { phase: 'live' }, [ENDED]],
			['the next is not under way', { open }, { phase: 'queued' }, [ENDED]],
		])('is none if %s', (_what, before, now, runs) => {
			const status = 'running';
			expect(statusOf({ status, ...before }, { status, ...now }, ...runs)).toStrictEqual([]);
		});

		test('is the one that was detected if there was one', () => {
			const before: Row = { status: 'unknown', open };
			expect(statusOf(before, { status: 'running', phase: 'live' }, ENDED)).toEqual([
				{ event: 'statusChanged', changes: [['unknown', 'running']], unseen: undefined },
			]);
		});
	});
});

describe('an integrity check', () => {
	const CHECKING: Row = { status: 'running', activity: 'checking_integrity' };
	const DAMAGED: Row = { status: 'error', result: 'check_failed' };
	const checks = (before: Row, now: Row): string[] =>
		checkEvents(task(before), task(now)).map(({ event }) => event);

	test('begins once', () => {
		expect(checks({}, CHECKING)).toEqual(['integrityCheckStarted']);
		expect(checks(CHECKING, CHECKING)).toStrictEqual([]);
	});

	test.each(['rotating_versions', null])('%p is none', (activity) => {
		expect(checks({}, { activity })).toStrictEqual([]);
	});

	test('of a running backup is none', () => {
		const checking: Row = { ...CHECKING, phase: 'live' };
		expect(checks({}, checking)).toStrictEqual([]);
		expect(checks(checking, {})).toStrictEqual([]);
	});

	test.each<[string, Row]>([
		['idle', { status: 'idle' }],
		['suspended', { status: 'suspended' }],
		['running', { status: 'running', activity: 'backing_up' }],
	])('that leaves the task %s has passed', (_status, now) => {
		expect(checks(CHECKING, now)).toEqual(['integrityCheckPassed']);
	});

	test('that leaves the task unknown has shown nothing', () => {
		expect(checks(CHECKING, { status: 'unknown' })).toStrictEqual([]);
	});

	test.each([
		['after a check that was seen', CHECKING],
		['after one that nobody saw', {}],
	])('has failed once if DSM says so, %s', (_what, before) => {
		expect(checks(before, DAMAGED)).toEqual(['integrityCheckFailed']);
		expect(checks({ ...before, settledResult: 'check_failed' }, DAMAGED)).toStrictEqual([]);
	});

	test('has failed if it leaves a problem that was not there before', () => {
		const broken: Row = { status: 'error', problem: 'destination_broken' };
		expect(checks(CHECKING, broken)).toEqual(['integrityCheckFailed']);
		expect(checks({ ...CHECKING, problem: 'destination_broken' }, broken)).toStrictEqual([]);
		expect(checks({}, broken)).toStrictEqual([]);
	});

	test('has not failed because the destination is offline', () => {
		expect(checks(CHECKING, { status: 'error', problem: 'destination_offline' })).toStrictEqual([]);
	});

	test('has not failed because of a problem of a task that is no error', () => {
		expect(checks(CHECKING, { status: 'unknown', problem: 'destination_broken' })).toStrictEqual(
			[],
		);
	});

	test('that had failed has passed once the task is good again, even if no poll detected it', () => {
		const before: Row = { settledResult: 'check_failed' };
		expect(checks(before, { result: 'success' })).toEqual(['integrityCheckPassed']);
		expect(checks(before, { result: 'failed' })).toStrictEqual([]);
		expect(checks({ settledResult: 'failed' }, { result: 'success' })).toStrictEqual([]);
	});
});

describe('other events of a task', () => {
	const others = (before: Row, now: Row): string[] =>
		otherEvents(task(before), task(now)).map(({ event }) => event);

	test('nothing', () => {
		expect(others({}, {})).toStrictEqual([]);
	});

	test('a new name', () => {
		expect(others({ name: 'Nightly' }, { name: 'Weekly' })).toEqual(['taskRenamed']);
	});

	test('a problem with the destination, once for each', () => {
		const broken: Row = { problem: 'destination_broken' };
		expect(others({}, broken)).toEqual(['destinationProblem']);
		expect(others({ problem: 'destination_offline' }, broken)).toEqual(['destinationProblem']);
		expect(others({ problem: 'backup_failed' }, broken)).toEqual(['destinationProblem']);
		expect(others(broken, broken)).toStrictEqual([]);
		expect(others(broken, { problem: null })).toStrictEqual([]);
	});

	test('no other problem', () => {
		expect(others({}, { problem: 'backup_failed' })).toStrictEqual([]);
	});

	test('a deletion of versions that failed, once', () => {
		const failed: Row = { result: 'rotation_failed' };
		expect(others({}, failed)).toEqual(['versionRotationFailed']);
		expect(others({ settledResult: 'rotation_failed' }, failed)).toStrictEqual([]);
		expect(others({ settledResult: 'rotation_failed' }, { result: 'success' })).toStrictEqual([]);
	});
});
