import {
	createCipheriv,
	createHash,
	createPublicKey,
	publicEncrypt,
	randomBytes,
	constants,
} from 'node:crypto';
import { DEFAULT_ACCOUNT, type Nas } from '../../../simulator';
import { call, closeAll, code, givenNas, login, post, session } from './support/wireClient';

afterEach(closeAll);

const CREDENTIALS = { account: DEFAULT_ACCOUNT.name, passwd: DEFAULT_ACCOUNT.password };
const INFO = { api: 'SYNO.API.Info', version: '1' };

describe('a real NAS accepts', () => {
	test('discovery without a query: all APIs', async () => {
		const nas = await givenNas();
		const all = await post(nas, { ...INFO, method: 'query', query: 'all' }, {}, 'query.cgi');
		expect(await post(nas, { ...INFO, method: 'query' }, {}, 'query.cgi')).toEqual(all);
		expect(Object.keys(all.data!).length).toBeGreaterThan(50);
	});

	test('Query, Login and Logout, but no other method in another case', async () => {
		const nas = await givenNas();
		expect(await code(post(nas, { ...INFO, method: 'Query', query: 'all' }))).toBe(0);
		const auth = { api: 'SYNO.API.Auth', version: '2' };
		const { data } = await post(nas, { ...auth, method: 'Login', ...CREDENTIALS }, {}, 'auth.cgi');
		const _sid = data!.sid as string;
		const list = { api: 'SYNO.Backup.Task', version: '1', _sid };
		expect(await code(post(nas, { ...list, method: 'List' }))).toBe(103);
		expect(await code(post(nas, { ...list, method: 'list' }))).toBe(0);
		expect(await code(post(nas, { ...auth, method: 'Logout', _sid }, {}, 'auth.cgi'))).toBe(0);
		expect(await code(post(nas, { ...list, method: 'list' }))).toBe(119);
	});

	test('by switch, texts without quotes where live clients send them', async () => {
		const nas = await givenNas({ lenientQuoting: true });
		nas.task(1).accept();
		nas.advance({ minutes: 5 });
		const params = { task_id: '1', task_state: 'backupable' };
		expect(await code(call(nas, 'suspend', params))).toBe(0);
		expect(nas.task(1).result).toBe('suspend');
		const log = { api: 'SYNO.SDS.Backup.Client.Common.Log' };
		const page = { limit: '10', offset: '0', filter_keyword: 'Backup task', filter_date_from: '0' };
		expect((await call(nas, 'list', page, log)).data!.total).toBeGreaterThan(0);
		expect(await code(call(nas, 'list', { ...page, filter_keyword: '' }, log))).toBe(0);
		expect(await code(call(nas, 'list', { ...page, filter_level: 'err' }, log))).toBe(120);
		const check = { task_id: '1', detect_data: 'True', sessId: 'null', sessKey: 'null' };
		const target = { api: 'SYNO.Backup.Target' };
		expect(await code(call(nas, 'error_detect', check, target))).toBe(0);
	});

	test('the session as a cookie: set at login, enough for calls and for the logout', async () => {
		const nas = await givenNas();
		const auth = { api: 'SYNO.API.Auth', version: '6' };
		const url = (query: object): string =>
			`${nas.url}/webapi/entry.cgi?${new URLSearchParams({ ...query }).toString()}`;
		const response = await fetch(
			url({ ...auth, method: 'login', format: 'cookie', ...CREDENTIALS }),
		);
		const [cookie] = response.headers.getSetCookie();
		expect(cookie).toMatch(/^id=[^;]{20,}; path=\/; max-age=604800; HttpOnly$/);
		const headers = { cookie: cookie!.split(';')[0]! };
		const ask = async (query: object): Promise<unknown> =>
			await (await fetch(url(query), { headers })).json();
		const list = { api: 'SYNO.Backup.Task', version: '1', method: 'list' };
		expect(await ask(list)).toMatchObject({ success: true });
		expect(await ask({ ...auth, method: 'logout' })).toEqual({ success: true });
		expect(await ask(list)).toMatchObject({ error: { code: 119 } });
	});

	test('format=sid sets no cookie', async () => {
		const nas = await givenNas();
		const response = await fetch(`${nas.url}/webapi/auth.cgi`, {
			method: 'POST',
			body: new URLSearchParams({
				api: 'SYNO.API.Auth',
				version: '3',
				method: 'login',
				format: 'sid',
				...CREDENTIALS,
			}),
		});
		expect(response.headers.getSetCookie()).toEqual([]);
	});
});

describe('the encrypted login of plain http', () => {
	/** As a client does it: a passphrase by RSA, the parameters by AES in OpenSSL's salted form. */
	async function encrypted(
		nas: Nas,
		params: Record<string, string>,
	): Promise<Record<string, string>> {
		const { data } = await post(
			nas,
			{ api: 'SYNO.API.Encryption', version: '1', method: 'getinfo', format: 'module' },
			{},
			nas.options.dsm === '6.2' ? 'encryption.cgi' : 'entry.cgi',
		);
		const n = Buffer.from(data!.public_key as string, 'hex').toString('base64url');
		const key = createPublicKey({ key: { kty: 'RSA', n, e: 'AQAB' }, format: 'jwk' });
		const passphrase = Buffer.from(randomBytes(125).toString('hex'));
		const padding = constants.RSA_PKCS1_PADDING;
		const rsa = publicEncrypt({ key, padding }, passphrase).toString('base64');
		const salt = randomBytes(8);
		const md5 = (...parts: Buffer[]): Buffer =>
			createHash('md5').update(Buffer.concat(parts)).digest();
		const first = md5(passphrase, salt);
		const second = md5(first, passphrase, salt);
		const third = md5(second, passphrase, salt);
		const cipher = createCipheriv('aes-256-cbc', Buffer.concat([first, second]), third);
		const text = new URLSearchParams(params).toString();
		const body = Buffer.concat([cipher.update(text), cipher.final()]);
		const aes = Buffer.concat([Buffer.from('Salted__'), salt, body]).toString('base64');
		return { [data!.cipherkey as string]: JSON.stringify({ rsa, aes }) };
	}

	test.each(['6.2', '7.2'] as const)('works at the address that DSM %s names', async (dsm) => {
		const nas = await givenNas({ dsm });
		const auth = { api: 'SYNO.API.Auth', version: '6', method: 'login' };
		const good = { ...auth, ...(await encrypted(nas, CREDENTIALS)) };
		expect(await code(post(nas, good, {}, 'auth.cgi'))).toBe(0);
		const bad = { ...auth, ...(await encrypted(nas, { ...CREDENTIALS, passwd: 'wrong' })) };
		expect(await code(post(nas, bad, {}, 'auth.cgi'))).toBe(400);
	});

	test('an encrypted field that cannot be read is like no parameters', async () => {
		const nas = await givenNas();
		const form = { api: 'SYNO.API.Auth', version: '6', method: 'login', __cIpHeRtExT: 'x' };
		expect(await code(post(nas, form, {}, 'auth.cgi'))).toBe(101);
	});

	test('no API is listed at an address that gives a web page', async () => {
		for (const dsm of ['6.2', '7.2'] as const) {
			const nas = await givenNas({ dsm });
			const all = await post(nas, { ...INFO, method: 'query' }, {}, 'query.cgi');
			const paths = new Set(
				Object.values(all.data!).map((info) => (info as { path: string }).path),
			);
			for (const path of paths)
				expect(await code(post(nas, { ...INFO, method: 'nothing' }, {}, path))).toBeGreaterThan(0);
		}
	});
});

describe('who may call what', () => {
	test('an account without rights: 105, 1006 for the system, and DSM.Info is open', async () => {
		const nas = await givenNas({
			accounts: [DEFAULT_ACCOUNT, { name: 'guest', password: 'guest', administrator: false }],
		});
		const { data } = await login(nas, { account: 'guest', passwd: 'guest' });
		const ask = async (api: string, method: string, version = '1'): Promise<number> =>
			await code(
				post(
					nas,
					{ api, method, version, _sid: data!.sid as string },
					{ 'X-SYNO-TOKEN': data!.synotoken as string },
				),
			);
		expect(await ask('SYNO.Core.System', 'info')).toBe(1006);
		expect(await ask('SYNO.DSM.Info', 'getinfo', '2')).toBe(0);
		expect(await ask('SYNO.Core.Region.NTP', 'get')).toBe(105);
		expect(await ask('SYNO.SDS.Backup.Client.Common.Log', 'list')).toBe(105);
		const { sid, token } = await session(nas);
		expect(sid).not.toBe(data!.sid);
		expect(token).not.toBe(data!.synotoken);
	});
});
