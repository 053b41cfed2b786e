import {
	OUTCOME_CLAUSES,
	outcomeOf,
	outcomeOfResult,
	type EndEvidence,
} from '../../../nodes/HyperBackup/hyperBackup/runs/runOutcome';
import type { LastResult, Status } from '../../../nodes/HyperBackup/hyperBackup/task/statusMapping';

describe('the outcome that a result stands for', () => {
	test.each<[LastResult | undefined, string | undefined]>([
		['success', 'succeeded'],
		['partial', 'partial'],
		['failed', 'failed'],
		['canceled', 'canceled'],
		['discarded', 'discarded'],
		['suspended', 'suspended'],
		['never', undefined],
		['running', undefined],
		['pending', undefined],
		['check_failed', undefined],
		['rotation_failed', undefined],
		['unknown', undefined],
		[undefined, undefined],
	])('%s: %s', (result, outcome) => {
		expect(outcomeOfResult(result)).toBe(outcome);
	});
});

describe('how a run ended', () => {
	const outcome = (evidence: Partial<EndEvidence>): string =>
		outcomeOf({ status: 'idle', newTimes: true, ...evidence });

	test('its result counts, even if the task shows a success of another run', () => {
		expect(outcome({ result: 'failed', succeeded: true })).toBe('failed');
	});

	test.each<LastResult>(['check_failed', 'rotation_failed', 'unknown', 'never'])(
		'%s hides the result: only a success that is known for certain counts',
		(result) => {
			expect(outcome({ result, succeeded: true })).toBe('succeeded');
			expect(outcome({ result, succeeded: false })).toBe('unknown');
			expect(outcome({ result })).toBe('unknown');
		},
	);

	test('the documented API has no results: idle with a new time is a success', () => {
		expect(outcome({})).toBe('succeeded');
	});

	test('the documented API has no results: idle with the time of the run before is unknown', () => {
		expect(outcome({ newTimes: false })).toBe('unknown');
	});

	test.each<Status>(['running', 'suspended', 'error', 'unknown'])(
		'the documented API has no results: %s with a new time is unknown',
		(status) => {
			expect(outcome({ status })).toBe('unknown');
		},
	);
});

test('every outcome has a clause of its own for a message', () => {
	expect(OUTCOME_CLAUSES).toEqual({
		succeeded: 'the backup completed successfully',
		partial: 'the backup was partially completed: some items were skipped',
		failed: 'the backup failed',
		canceled: 'the backup was canceled by a user or interrupted',
		discarded: 'the suspended backup was discarded',
		suspended: 'the backup was suspended and can be resumed',
		unknown: 'the backup ended with an unknown outcome',
	});
});
