import type { NasOptions } from '../../../simulator';
import { closeAll, givenNas } from '../../../testing/nas';
import { idsOf, probed, type Probed } from './support/probing';
import { NOW, office, RESTRICTED, VAULT } from './support/profiles';

afterEach(closeAll);

const probing = async (options: NasOptions): Promise<Probed> => {
	const { nas } = await givenNas(options);
	return await probed(nas, { mayReachDestinations: true });
};

/** Facts belong together by the first word of their names. */
const groupsOf = (ids: string[]): string[] => [...new Set(ids.map((id) => id.split('-')[0]!))];

const CLIENT_GROUPS = [
	'token',
	'task',
	'status',
	'compound',
	'documented',
	'lun',
	'source',
	'version',
	'log',
	'repository',
	'statistic',
	'target',
	'explore',
];

describe('the verdicts on a NAS as we read it', () => {
	test.each<[string, NasOptions, number, string[]]>([
		['DSM 6.2 with Hyper Backup 2', { dsm: '6.2' }, 29, ['log', 'statistic', 'explore', 'vault']],
		['DSM 7.0', { dsm: '7.0' }, 41, ['vault']],
		['DSM 7.2', { dsm: '7.2' }, 42, ['vault']],
		['DSM 7.4', { dsm: '7.4' }, 42, ['vault']],
		['DSM 7.2 with Vault too', { dsm: '7.2', vault: VAULT }, 44, []],
	])('%s: nothing differs', async (_name, options, holding, notOffered) => {
		const result = await probing(office(options));
		expect(idsOf(result, 'differs')).toEqual([]);
		expect(idsOf(result, 'holds')).toHaveLength(holding);
		expect(groupsOf(idsOf(result, 'not offered here'))).toEqual(notOffered);
	});

	test('Vault alone: what it receives is judged, and nothing of Hyper Backup', async () => {
		const result = await probing({ hyperBackup: 'missing', vault: VAULT });
		expect(idsOf(result, 'differs')).toEqual([]);
		expect(result.kinds).toMatchObject({ 'vault-config': 'holds', 'vault-targets': 'holds' });
		expect(groupsOf(idsOf(result, 'not offered here'))).toEqual(
			expect.arrayContaining(CLIENT_GROUPS),
		);
	});

	test('no Hyper Backup: DSM is judged, and everything else is not offered', async () => {
		const result = await probing({ hyperBackup: 'missing' });
		expect(idsOf(result, 'holds')).toEqual(['login-token', 'clock', 'date-header', 'dsm-version']);
		expect(idsOf(result, 'observed')).toEqual(['discovery-names']);
		expect(idsOf(result, 'not shown here')).toEqual([]);
		expect(idsOf(result, 'differs')).toEqual([]);
	});

	test('a restricted account: the verdicts say that it lacks the right, not that we are wrong', async () => {
		const result = await probing(office({ accounts: [RESTRICTED], vault: VAULT }));
		expect(idsOf(result, 'differs')).toEqual([]);
		expect(idsOf(result, 'holds')).toEqual(['discovery-task', 'login-token', 'dsm-version']);
		expect(result.notes['task-list']).toBe('this account may not ask (code 105)');
		expect(result.notes['version-ids']).toBe('the tasks cannot be listed');
		expect(result.notes['vault-targets']).toBe('this account may not ask (code 105)');
	});

	test('the documented API: it is named, and what only DSM has is not offered', async () => {
		const result = await probing(office({ dialect: 'documented' }));
		expect(idsOf(result, 'differs')).toEqual([]);
		expect(result.notes['task-dialect']).toBe('documented');
		expect(result.kinds['task-decoded']).toBe('holds');
		expect(result.kinds['task-words']).toBe('not offered here');
		expect(result.notes['version-list']).toBe('tasks have no number in the documented API');
	});

	test('a NAS without tasks shows little, and is not called different', async () => {
		const result = await probing({ tasks: [] });
		expect(idsOf(result, 'differs')).toEqual([]);
		expect(result.notes['task-words']).toBe('there is no task');
		expect(result.notes['log-levels']).toBe('the log is empty');
	});

	test('LUN tasks alone: what needs a number is not shown', async () => {
		const result = await probing({ tasks: [{ id: 'vm', name: 'vm', type: 'loclunbkp' }] });
		expect(idsOf(result, 'differs')).toEqual([]);
		expect(result.notes['version-list']).toBe('there are LUN tasks only');
		expect(result.kinds['task-id']).toBe('holds');
	});

	test('a running backup is judged too', async () => {
		const { nas } = await givenNas(office());
		nas.task(1).accept();
		nas.advance({ seconds: 60 });
		expect((await probed(nas)).kinds['status-running']).toBe('holds');
	});
});

describe('an open question is observed, and shows what the NAS has', () => {
	const canceled = {
		id: 1,
		name: 'Nightly',
		versions: [{ startedAt: NOW - 9e6, completedAt: 0, status: 'cancel' as const }],
	};

	test.each<[string, NasOptions, string, string]>([
		['a token is missing', { tokenErrorCode: 119 }, 'token-needed', 'code 119'],
		['a token is missing', { tokenErrorCode: 103 }, 'token-needed', 'code 103'],
		['texts without quotes', { lenientQuoting: true }, 'log-keyword-unquoted', 'success'],
		[
			'texts without quotes',
			{ lenientQuoting: false },
			'log-keyword-unquoted',
			'code 120, which names filter_keyword',
		],
		[
			'a task that does not exist',
			{ unknowns: { unknownTaskCode: 4409 } },
			'version-unknown-task',
			'code 4409',
		],
		['a level in quotes', {}, 'log-level-quoted', '8 of 8 are err'],
		[
			'a level in quotes',
			{ unknowns: { quotedFilterLevel: 'refuse' } },
			'log-level-quoted',
			'code 120, which names filter_level',
		],
		['a canceled version', { tasks: [canceled] }, 'version-canceled-time', '1 of 1 are 0'],
		[
			'the destination is away',
			{
				tasks: [{ id: 1, name: 'Nightly', online: false }],
				unknowns: { offlineTarget: 'error' },
			},
			'target-online',
			'away: code 4401',
		],
		['the codes of failed runs', {}, 'status-error', '4408'],
		['versions with figures', { dsm: '6.2' }, 'version-statistics', '14 of 14'],
	])('%s (%j)', async (_name, options, id, note) => {
		const result = await probing(office(options));
		expect(result.kinds[id]).toBe('observed');
		expect(result.notes[id]).toBe(note);
	});

	test('a proxy that drops the token: the session is not accepted, which says nothing of DSM', async () => {
		const result = await probing(office({ dropTokenHeader: true }));
		expect(idsOf(result, 'differs')).toEqual([]);
		expect(result.notes['task-list']).toBe('the session is not accepted (code 119)');
	});
});
