import type { IDataObject } from 'n8n-workflow';
import type { DsmVersion } from '../../simulator';
import { runNode, type RunOptions } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas } from '../../testing/nas';

afterEach(closeAll);

const REPOSITORY = 'SYNO.Backup.Repository';
const VAULT_CONFIG = 'SYNO.Backup.Service.VersionBackup.Config';
const KEY = 'AKIASECRETKEYID';

const given = async (dsm: DsmVersion = '7.2', dialect: 'dsm' | 'documented' = 'dsm') =>
	await givenNas({
		dsm,
		dialect,
		vault: {},
		tasks: [{ id: 1, name: 'Nightly', repository: { share: 'usb1', key: KEY } }],
	});

const call = async (
	credentials: ReturnType<typeof credentialsFor>,
	apiName: string,
	apiMethod: string,
	more: IDataObject = {},
	options: RunOptions = {},
) =>
	await runNode(
		credentials,
		{ resource: 'nas', operation: 'customApiCall', apiName, apiMethod, ...more } as never,
		options,
	);

const setLimit = {
	apiParameters: '{"parallel_backup_limit": 3}',
	allowChanges: true,
};

test.each<[DsmVersion, 'dsm' | 'documented']>([
	['6.2', 'dsm'],
	['7.0', 'dsm'],
	['7.2', 'dsm'],
	['7.4', 'dsm'],
	['7.2', 'documented'],
])('DSM %s (%s dialect): what the NAS sends, with secrets masked', async (dsm, dialect) => {
	const { credentials } = await given(dsm, dialect);
	const { items, error, saved } = await call(credentials, REPOSITORY, 'list');
	expect(error).toBeUndefined();
	expect(items[0]!.json).toMatchObject({
		success: true,
		api: REPOSITORY,
		version: 1,
		method: 'list',
		nas: 'NAS',
		data: { repo_list: [{ share: 'usb1', key: '********' }] },
	});
	expect(saved).not.toContain(KEY);
});

test('is one request when the session is known', async () => {
	const { nas, credentials } = await given();
	await call(credentials, REPOSITORY, 'list');
	nas.resetRequests();
	await call(credentials, REPOSITORY, 'list');
	expect(nas.requests.map(({ api }) => api)).toEqual([REPOSITORY]);
});

test('parameters as text or as an object reach the NAS with their types', async () => {
	const { nas, credentials } = await given();
	for (const apiParameters of ['{"task_id": 1}', { task_id: 1 }]) {
		const { items } = await call(credentials, 'SYNO.Backup.Target', 'get', { apiParameters });
		expect(items[0]!.json.data).toMatchObject({ format_type: 'image' });
	}
	expect(nas.requests.filter(({ api }) => api === 'SYNO.Backup.Target')).toHaveLength(2);
});

test('what is not known to only read needs Allow Changes, and nothing is sent without it', async () => {
	const { nas, credentials } = await given();
	const { error } = await call(credentials, VAULT_CONFIG, 'set', {
		...setLimit,
		allowChanges: false,
	});
	expect(error?.message).toBe(
		`'set' of '${VAULT_CONFIG}' is not known to only read, so it was not sent`,
	);
	expect(nas.requests).toEqual([]);
	const allowed = await call(credentials, VAULT_CONFIG, 'set', setLimit);
	expect(allowed.items[0]!.json).toMatchObject({ success: true, data: null });
	expect(nas.vault.parallelBackupLimit).toBe(3);
});

test('a read that makes DSM do more than read needs Allow Changes', async () => {
	const { credentials } = await given();
	const { error } = await call(credentials, 'SYNO.Backup.Task', 'list', {
		apiParameters: '{"blOnline": true}',
	});
	expect(error?.message).toContain('is not known to only read');
});

test('a read-only credential refuses changes even with Allow Changes', async () => {
	const { nas } = await given();
	const credentials = credentialsFor(nas, { readOnly: true });
	const { error } = await call(credentials, VAULT_CONFIG, 'set', setLimit);
	expect(error?.message).toBe(
		`'set' of '${VAULT_CONFIG}' was not sent: the credential is read-only`,
	);
	expect(nas.vault.parallelBackupLimit).toBe(2);
	expect((await call(credentials, VAULT_CONFIG, 'get')).items[0]!.json.data).toEqual({
		parallel_backup_limit: 2,
	});
});

test('a change whose response is lost is not sent again by Retry On Fail', async () => {
	const { nas, credentials } = await given();
	await call(credentials, REPOSITORY, 'list');
	nas.fault({ kind: 'resetAfterAccept', api: VAULT_CONFIG, times: 1 });
	const { error } = await call(credentials, VAULT_CONFIG, 'set', setLimit, {
		retryOnFail: true,
		maxTries: 3,
	} as never);
	expect(error?.message).toContain(
		`It is not known whether the NAS accepted 'set' of '${VAULT_CONFIG}'`,
	);
	expect(nas.requests.filter(({ apiMethod }) => apiMethod === 'set')).toHaveLength(1);
});

test.each<[string, string, string, IDataObject, RegExp]>([
	['an API that is no name', 'repository', 'list', {}, /'API' must be a name/],
	['an address', 'SYNO.Backup/../x', 'list', {}, /'API' must be a name/],
	['a login', 'SYNO.API.Auth', 'login', { allowChanges: true }, /cannot be called/],
	['a compound', 'SYNO.Entry.Request', 'request', { allowChanges: true }, /cannot be called/],
	['no method', REPOSITORY, ' ', {}, /'Method' must be a name/],
	['version 0', REPOSITORY, 'list', { apiVersion: 0 }, /'Version' must be a number/],
	['parameters that are no JSON', REPOSITORY, 'list', { apiParameters: '{' }, /must be a JSON/],
	['a list of parameters', REPOSITORY, 'list', { apiParameters: '[1]' }, /must be a JSON object/],
	['a session', REPOSITORY, 'list', { apiParameters: { _sid: 'x' } }, /must not contain '_sid'/],
	['a second API', REPOSITORY, 'list', { apiParameters: { API: 'x' } }, /must not contain 'API'/],
])('%s is an error before anything is sent', async (_what, api, method, more, message) => {
	const { nas, credentials } = await given();
	const { error } = await call(credentials, api, method, more);
	expect(error?.message).toMatch(message);
	expect(nas.requests).toEqual([]);
});

test('an API that the NAS does not offer, a version and a method that do not exist', async () => {
	const { credentials } = await given();
	const allowed = { allowChanges: true };
	const missing = await call(credentials, 'SYNO.Backup.Nothing', 'list', allowed);
	expect(missing.error?.message).toContain("does not offer 'SYNO.Backup.Nothing'");
	const version = await call(credentials, REPOSITORY, 'list', { apiVersion: 9 });
	expect(version.error?.message).toMatch(/104|version/i);
	const method = await call(credentials, REPOSITORY, 'nothing', allowed);
	expect(method.error?.message).toMatch(/103|method/i);
});

test('with Continue On Fail the item says what went wrong', async () => {
	const { credentials } = await given();
	const { items } = await call(
		credentials,
		'SYNO.API.Auth',
		'login',
		{},
		{ onError: 'continueRegularOutput' },
	);
	expect(items[0]!.json.error).toContain("'SYNO.API.Auth' cannot be called");
});
