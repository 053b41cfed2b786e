import {
	checkOutcome,
	type CheckOutcome,
	type CheckSigns,
} from '../../../nodes/HyperBackup/hyperBackup/integrity/checkOutcome';
import type { EntryKind } from '../../../nodes/HyperBackup/hyperBackup/logs/entryKinds';

const GOOD: CheckSigns = {
	state: 'backupable',
	result: 'done',
	errorCode: null,
	logged: 'check_passed',
	timeShows: true,
};

test('passed takes a new time, the sentence of the log, and a healthy state', () => {
	expect(checkOutcome(GOOD)).toBe('passed');
});

test.each<[string, Partial<CheckSigns>, CheckOutcome]>([
	['no sentence', { logged: undefined }, 'finished'],
	['no new time', { timeShows: false }, 'finished'],
	['neither', { logged: undefined, timeShows: false }, 'unknown'],
	['no state', { state: undefined }, 'finished'],
	['a state that is not known', { state: 'hibernating' }, 'finished'],
	['a state that refuses the login', { state: 'unauth' }, 'finished'],
	['a result that contradicts', { result: 'failed_checking' }, 'finished'],
	[
		'only the result word of a failed check',
		{
			result: 'failed_checking',
			logged: undefined,
		},
		'failed_to_run',
	],
	['the sentence of a failed start', { logged: 'check_failed' }, 'failed_to_run'],
	['the sentence of a cancel', { logged: 'check_canceled' }, 'canceled'],
	['the sentence of damage', { logged: 'check_damaged' }, 'damaged'],
])('%s', (_what, less, outcome) => {
	expect(checkOutcome({ ...GOOD, ...less })).toBe(outcome);
});

test.each<Partial<CheckSigns>>([
	{ state: 'restore_only' },
	{ state: 'broken' },
	{ errorCode: 4467 },
	{ result: 'cksum_failed' },
])('damage outweighs whatever else is shown: %j', (sign) => {
	const kinds: Array<EntryKind | undefined> = [
		undefined,
		'check_passed',
		'check_canceled',
		'check_failed',
	];
	for (const logged of kinds)
		for (const timeShows of [true, false])
			expect(checkOutcome({ ...GOOD, logged, timeShows, ...sign })).toBe('damaged');
});

test('of all combinations only those with all three proofs and no sign against it pass', () => {
	const passed: CheckSigns[] = [];
	for (const state of [undefined, 'backupable', 'restore_only', 'broken', 'unauth', 'new word'])
		for (const result of [undefined, 'done', 'none', 'cksum_failed', 'failed_checking'])
			for (const errorCode of [null, 4467])
				for (const logged of [
					undefined,
					'check_started',
					'check_passed',
					'check_damaged',
					'check_failed',
					'check_canceled',
					'other',
				] as const)
					for (const timeShows of [true, false]) {
						const signs = { state, result, errorCode, logged, timeShows };
						if (checkOutcome(signs) === 'passed') passed.push(signs);
					}
	expect(
		new Set(
			passed.map(({ state, errorCode, logged, timeShows }) =>
				JSON.stringify({ state, errorCode, logged, timeShows }),
			),
		),
	).toEqual(
		new Set([
			JSON.stringify({
				state: 'backupable',
				errorCode: null,
				logged: 'check_passed',
				timeShows: true,
			}),
		]),
	);
});
