import {
	isKnownWord,
	mapStatus,
	phaseOfDocumented,
	phaseOfDsm,
	STATUSES,
	wordOf,
	type DsmWords,
	type RunPhase,
	type Status,
} from '../../../nodes/HyperBackup/hyperBackup/task/statusMapping';

const ROTATION_WORDS = ['preparing_version_delete', 'version_deleting', 'deleting'];
const RUNNING_WORDS = ['backingup', 'resuming'];
const RESULT_WORDS = [
	...['done', 'success', 'none', 'suspend', 'cancel', 'discard', 'partial', 'failed', 'fail'],
	...['error', 'interrupt', 'dest_missing', 'cksum_failed', 'failed_checking'],
	...['version_delete_failed', ...RUNNING_WORDS, ...ROTATION_WORDS],
];

test('a task has one of five statuses', () => {
	expect(STATUSES).toEqual(['idle', 'running', 'suspended', 'error', 'unknown']);
});

describe("one of DSM's words", () => {
	test.each([
		['text, as it came', 'done', 'done'],
		['no text', '', ''],
		['nothing', undefined, undefined],
		['null, which is like a word that is not known', null, '(null)'],
		['a number, which is like a word that is not known', 7, '(number)'],
	])('%s', (_what, value, word) => {
		expect(wordOf(value)).toBe(word);
	});

	test.each(['backupable', 'restore_only', 'broken', 'unauth', 'endofservice', 'error_detect'])(
		'%s is a known state',
		(word) => {
			expect(isKnownWord('state', word)).toBe(true);
			expect(isKnownWord('status', word)).toBe(word === 'error_detect');
			expect(isKnownWord('last_bkp_result', word)).toBe(false);
		},
	);

	test.each(['error', 'exportable', 'importable', 'relinkable'])('%s is a known state', (word) => {
		expect(isKnownWord('state', word)).toBe(true);
	});

	test.each(['none', 'backup', 'waiting', 'canceling', 'detect', 'detect_waiting'])(
		'%s is a known status',
		(word) => {
			expect(isKnownWord('status', word)).toBe(true);
			expect(isKnownWord('state', word)).toBe(false);
		},
	);

	test.each(ROTATION_WORDS)('%s is a known status', (word) => {
		expect(isKnownWord('status', word)).toBe(true);
	});

	test.each(RESULT_WORDS)('%s is a known result', (word) => {
		expect(isKnownWord('last_bkp_result', word)).toBe(true);
	});

	test.each(['frozen', '', 'constructor', '(null)'])('%j is known nowhere', (word) => {
		expect(isKnownWord('state', word)).toBe(false);
		expect(isKnownWord('status', word)).toBe(false);
		expect(isKnownWord('last_bkp_result', word)).toBe(false);
	});

	test.each([undefined, '', 'splendid', 'toString'])('%p stands for no known result', (word) => {
		expect(mapStatus({ last_bkp_result: word }).last_result).toBe('unknown');
	});
});

describe('the status of a task in cases beside the table', () => {
	const HEALTHY = { state: 'backupable', status: 'none', last_bkp_result: 'done' };
	const mapped = (words: Partial<DsmWords>, stateless = false) =>
		mapStatus({ ...HEALTHY, ...words }, stateless);

	test.each<[string, Partial<DsmWords>]>([
		['no status', { status: undefined }],
		['an empty status', { status: '' }],
		['no state', { state: undefined }],
		['an unknown state', { state: 'frozen' }],
	])('%s: unknown, with the last result that DSM shows', (_what, words) => {
		expect(mapped(words)).toEqual({
			status: 'unknown',
			activity: null,
			last_result: 'success',
			problem: null,
		});
	});

	test('an unknown status word is passed on, with the last result that DSM shows', () => {
		expect(mapped({ status: 'constructor' })).toEqual({
			status: 'unknown',
			activity: 'constructor',
			last_result: 'success',
			problem: null,
		});
	});

	test('a LUN task without a status is unknown', () => {
		expect(mapped({ state: undefined, status: undefined }, true).status).toBe('unknown');
	});

	test('a LUN task that failed is an error', () => {
		expect(mapped({ state: undefined, last_bkp_result: 'failed' }, true)).toEqual({
			status: 'error',
			activity: null,
			last_result: 'failed',
			problem: 'backup_failed',
		});
	});

	test('an integrity check that the list shows as error is a destination problem', () => {
		expect(mapped({ state: 'error' })).toMatchObject({
			status: 'error',
			problem: 'destination_problem',
		});
	});

	test('an integrity check that found something continues', () => {
		expect(mapped({ status: 'error_detect' })).toMatchObject({
			status: 'running',
			activity: 'checking_integrity',
		});
	});

	test('a resumed run that is being canceled is being canceled', () => {
		expect(mapped({ status: 'canceling', last_bkp_result: 'resuming' }).activity).toBe('canceling');
	});

	test.each(ROTATION_WORDS)('%s as the result: versions are being deleted', (word) => {
		expect(mapped({ last_bkp_result: word })).toEqual({
			status: 'running',
			activity: 'rotating_versions',
			last_result: 'pending',
			problem: null,
		});
	});
});

describe('where the last run of a task is', () => {
	const phase = (status: string | undefined, last_bkp_result: string | undefined): RunPhase => {
		const words = { state: 'backupable', status, last_bkp_result };
		return phaseOfDsm(words, mapStatus(words).last_result);
	};

	test.each(['backup', 'canceling'])('status %s is live, whatever the result', (status) => {
		for (const result of ['backingup', 'done', 'deleting', '', undefined]) {
			expect(phase(status, result)).toBe('live');
		}
	});

	test.each(ROTATION_WORDS)('status %s is pending until DSM shows a result', (status) => {
		for (const result of [...RUNNING_WORDS, ...ROTATION_WORDS, 'splendid', '', undefined]) {
			expect(phase(status, result)).toBe('pending');
		}
		for (const result of ['done', 'failed', 'version_delete_failed']) {
			expect(phase(status, result)).toBe('settled');
		}
	});

	test.each(ROTATION_WORDS)('result %s hides the result: pending', (result) => {
		for (const status of ['none', 'waiting', 'detect', undefined]) {
			expect(phase(status, result)).toBe('pending');
		}
	});

	test.each(RUNNING_WORDS)('result %s is believed unless the status is none', (result) => {
		for (const status of ['waiting', 'detect', 'pondering', '', undefined]) {
			expect(phase(status, result)).toBe('live');
		}
		expect(phase('none', result)).toBe('unclear');
	});

	test('status waiting is queued', () => {
		for (const result of ['done', '', undefined]) expect(phase('waiting', result)).toBe('queued');
	});

	test.each(['', undefined])('result %p is unclear', (result) => {
		for (const status of ['none', 'detect', undefined]) {
			expect(phase(status, result)).toBe('unclear');
		}
	});

	test.each(['done', 'failed', 'none', 'splendid'])('result %s is settled', (result) => {
		for (const status of ['none', 'detect', 'detect_waiting', undefined]) {
			expect(phase(status, result)).toBe('settled');
		}
	});

	test.each<[Status, RunPhase]>([
		['running', 'live'],
		['unknown', 'unclear'],
		['idle', 'settled'],
		['suspended', 'settled'],
		['error', 'settled'],
	])('the documented status %s is %s', (status, expected) => {
		expect(phaseOfDocumented(status)).toBe(expected);
	});
});
