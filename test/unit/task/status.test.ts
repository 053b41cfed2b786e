import {
	mapDocumentedStatus,
	mapStatus,
} from '../../../nodes/HyperBackup/hyperBackup/task/statusMapping';

/**
 * state, status, last_bkp_result -> status, activity, last_result, problem. From the table of words
 * in docs/dsm-api.md.
 */
const TABLE: Array<
	[string, string, string | undefined, string, string | null, string, string | null]
> = [
	['backupable', 'backup', 'backingup', 'running', 'backing_up', 'running', null],
	['backupable', 'backup', 'resuming', 'running', 'resuming', 'running', null],
	['backupable', 'canceling', 'backingup', 'running', 'canceling', 'running', null],
	['backupable', 'waiting', 'done', 'running', 'queued', 'success', null],
	['backupable', 'detect', 'done', 'running', 'checking_integrity', 'success', null],
	[
		'backupable',
		'preparing_version_delete',
		'done',
		'running',
		'rotating_versions',
		'success',
		null,
	],
	['backupable', 'version_deleting', 'done', 'running', 'rotating_versions', 'success', null],
	['backupable', 'deleting', 'done', 'running', 'deleting', 'success', null],
	['backupable', 'none', 'suspend', 'suspended', null, 'suspended', null],
	['backupable', 'none', 'done', 'idle', null, 'success', null],
	['backupable', 'none', 'success', 'idle', null, 'success', null],
	['backupable', 'none', 'none', 'idle', null, 'never', null],
	['backupable', 'none', 'cancel', 'idle', null, 'canceled', null],
	['backupable', 'none', 'discard', 'idle', null, 'discarded', null],
	['backupable', 'none', 'partial', 'error', null, 'partial', 'backup_partial'],
	['backupable', 'none', 'failed', 'error', null, 'failed', 'backup_failed'],
	['backupable', 'none', 'fail', 'error', null, 'failed', 'backup_failed'],
	['backupable', 'none', 'error', 'error', null, 'failed', 'backup_failed'],
	['backupable', 'none', 'cksum_failed', 'error', null, 'check_failed', 'integrity_check_failed'],
	[
		'backupable',
		'none',
		'failed_checking',
		'error',
		null,
		'check_failed',
		'integrity_check_failed',
	],
	['backupable', 'none', 'dest_missing', 'error', null, 'failed', 'backup_failed'],
	[
		'backupable',
		'none',
		'version_delete_failed',
		'error',
		null,
		'rotation_failed',
		'version_rotation_failed',
	],
	['backupable', 'none', 'interrupt', 'error', null, 'failed', 'backup_failed'],
	['backupable', 'none', 'backingup', 'unknown', null, 'running', null],
	['backupable', 'none', 'resuming', 'unknown', null, 'running', null],
	['backupable', 'none', '', 'idle', null, 'unknown', null],
	['backupable', 'none', undefined, 'idle', null, 'unknown', null],
	['restore_only', 'none', 'done', 'error', null, 'success', 'destination_restore_only'],
	['broken', 'none', 'done', 'error', null, 'success', 'destination_broken'],
	['unauth', 'none', 'done', 'error', null, 'success', 'destination_unauthorized'],
	['endofservice', 'none', 'done', 'error', null, 'success', 'destination_service_ended'],
	[
		'error_detect',
		'detect_waiting',
		'done',
		'error',
		'waiting_for_destination',
		'success',
		'destination_offline',
	],
	['error_detect', 'detect', 'done', 'running', 'checking_integrity', 'success', null],
	['error_detect', 'none', 'done', 'error', null, 'success', 'destination_problem'],
	['exportable', 'none', 'done', 'unknown', null, 'success', null],
	['importable', 'none', 'done', 'unknown', null, 'success', null],
	['relinkable', 'none', 'done', 'unknown', null, 'success', null],
	['restore_only', 'backup', 'backingup', 'running', 'backing_up', 'running', null],
];

describe('the status of a task', () => {
	test.each(TABLE)(
		'%s / %s / %s reads as %s',
		(state, status, result, expected, activity, lastResult, problem) => {
			expect(mapStatus({ state, status, last_bkp_result: result })).toEqual({
				status: expected,
				activity,
				last_result: lastResult,
				problem,
			});
		},
	);

	test.each([
		['an unknown state', { state: 'frozen', status: 'none', last_bkp_result: 'done' }],
		['an unknown status', { state: 'backupable', status: 'pondering', last_bkp_result: 'done' }],
		['an unknown result', { state: 'backupable', status: 'none', last_bkp_result: 'splendid' }],
		['a missing state', { status: 'none', last_bkp_result: 'done' }],
		['a missing status', { state: 'backupable', last_bkp_result: 'done' }],
		[
			'a name that every object has',
			{ state: 'constructor', status: 'none', last_bkp_result: 'done' },
		],
		[
			'a result that every object has',
			{ state: 'backupable', status: 'none', last_bkp_result: 'toString' },
		],
	])('%s is unknown, never healthy', (_what, words) => {
		expect(mapStatus(words).status).toBe('unknown');
	});

	test('an unknown status word is passed on as the activity', () => {
		expect(
			mapStatus({ state: 'backupable', status: 'pondering', last_bkp_result: 'done' }).activity,
		).toBe('pondering');
	});

	test('a LUN task has no state and is read without one', () => {
		expect(mapStatus({ status: 'none', last_bkp_result: 'success' }, true).status).toBe('idle');
	});

	test.each(['idle', 'running', 'suspended', 'error'])(
		'the documented word %s is itself',
		(word) => {
			expect(mapDocumentedStatus(word)).toBe(word);
		},
	);

	test.each(['Idle', 'done', '', undefined, null, 1])(
		'the undocumented word %p is unknown',
		(word) => {
			expect(mapDocumentedStatus(word)).toBe('unknown');
		},
	);
});
