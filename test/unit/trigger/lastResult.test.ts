import type { TaskSnapshot } from '../../../nodes/HyperBackup/hyperBackup/task/TaskSnapshot';
import type { TrackedTask } from '../../../nodes/HyperBackup/trigger/TrackedTask';
import {
	type Row,
	HOUR,
	NOW,
	OLD,
	NEW,
	NO_TIMES,
	shown,
	stored,
	LIVE,
	FAILED,
	ROTATING,
	detect,
	tracked,
	BASELINE,
} from './storedTask';

describe('what a response leaves out', () => {
	test('is kept from before', () => {
		const row: Partial<TaskSnapshot> = {
			result: 'unknown',
			resultWord: '',
			phase: 'unclear',
			run: NO_TIMES,
			next: '',
		};
		expect(tracked(detect([stored()], [shown(row)]))).toMatchObject({
			result: 'success',
			resultWord: 'done',
			run: OLD,
			phase: 'unclear',
		});
	});

	test('is not kept from nowhere', () => {
		const row: Partial<TaskSnapshot> = { result: 'unknown', resultWord: '', run: NO_TIMES };
		expect(tracked(detect([], [shown(row)], BASELINE))).toMatchObject(row);
	});
});

describe('the last result that counts', () => {
	const settled = (row: Partial<TaskSnapshot>) =>
		tracked(detect([stored({ settledResult: 'canceled' })], [shown({ name: 'x', ...row })]))
			.settledResult;

	test.each(['failed', 'check_failed', 'rotation_failed'] as const)('is %s', (result) => {
		expect(settled({ result })).toBe(result);
		expect(settled({ result, phase: 'queued' })).toBe(result);
	});

	test('is that the task has never run', () => {
		const row = shown({ result: 'never', run: NO_TIMES });
		expect(tracked(detect([], [row], BASELINE)).settledResult).toBe('never');
	});

	test.each<Partial<TaskSnapshot>>([
		{ result: 'unknown' },
		{ result: 'pending' },
		{ result: undefined },
		{ result: 'failed', phase: 'pending' },
		{ result: 'failed', phase: 'live' },
	])('is the one before while the task shows %j', (row) => {
		expect(settled(row)).toBe('canceled');
	});
});

describe('a deletion of old versions belongs to a run that was reported', () => {
	const after = (before: TrackedTask | undefined, row: Partial<TaskSnapshot>, baseline = false) =>
		tracked(detect(before ? [before] : [], [shown(row)], { baseline })).rotatesReported;

	test('if that ended with it', () => {
		expect(after(stored({ ...LIVE, open: { since: 5 } }), { ...ROTATING, run: NEW })).toBe(true);
	});

	test('if it did at the last poll', () => {
		const before = stored({ ...ROTATING, rotatesReported: true });
		expect(after(before, { ...ROTATING, name: 'x' })).toBe(true);
	});

	test('if nothing is known of before', () => {
		expect(after(undefined, ROTATING, true)).toBe(true);
	});

	test.each<[string, Row, Partial<TaskSnapshot>]>([
		['it began by itself', {}, ROTATING],
		['it began by itself before', ROTATING, { ...ROTATING, name: 'x' }],
		['it is over', { ...ROTATING, rotatesReported: true }, {}],
		['another one did', { rotatesReported: true }, ROTATING],
		['the run has only begun', {}, LIVE],
		[
			'the end of the run is not known yet',
			{},
			{ ...ROTATING, phase: 'pending', result: 'pending', resultWord: 'deleting', run: NEW },
		],
	])('but not if %s', (_what, before, row) => {
		expect(after(stored(before), row)).toBeUndefined();
	});
});

describe('a scheduled time and the runs since', () => {
	const due = { text: '2026/11/01 10:00', at: NOW - 2 * HOUR };
	const ran = (row: Partial<TaskSnapshot>) =>
		tracked(detect([stored({ due })], [shown({ next: '2026/11/02 10:00', ...row })]))
			.ranSinceMissed;

	test('none has run', () => {
		expect(ran({})).toBe(false);
	});

	test('one has run and failed', () => {
		expect(ran({ ...FAILED, run: NEW })).toBe(true);
	});
});
