import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import type { Nas } from '../../../simulator';
import { API_LISTS, LOGINS, NOT_SERVED, SERVED, type Served } from './support/captureTable';
import { differences } from './support/shape';
import { closeAll, givenNas, login, post, type DsmResponse } from './support/wireClient';

afterEach(closeAll);

const FOLDER = join(__dirname, '../../fixtures/captures');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const captured = (name: string): { data?: Record<string, unknown>; error?: { code: number } } =>
	JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as never;

async function given({ nas: options = {}, before }: Served): Promise<Nas> {
	const nas = await givenNas({ tasks: [{ id: 1, name: 'Nightly' }], ...options });
	before?.(nas);
	return nas;
}

async function loggedIn(nas: Nas, { login: more = {}, version = 7 }: Served): Promise<DsmResponse> {
	const { otpSecret } = nas.options.accounts?.[0] ?? {};
	const otp_code =
		more.otp_code === 'now'
			? new TOTP({ secret: Secret.fromBase32(otpSecret!) }).generate({ timestamp: nas.clock.now() })
			: more.otp_code;
	const form = { ...more, ...(otp_code === undefined ? {} : { otp_code }) };
	return await login(nas, form, String(version));
}

async function serve(nas: Nas, served: Served): Promise<DsmResponse> {
	const { api, method, version = 1, params = {}, meanwhile } = served;
	const own = nas.options.dsm === '6.2' ? 6 : 7;
	const { data } = await loggedIn(nas, { ...served, version: own });
	meanwhile?.(nas);
	const form = Object.fromEntries(
		Object.entries(params).map(([name, value]) => [name, JSON.stringify(value)]),
	);
	return await post(
		nas,
		{ api, method, version: String(version), _sid: data!.sid as string, ...form },
		{ 'X-SYNO-TOKEN': data!.synotoken as string },
		api === 'SYNO.API.Auth' && own === 6 ? 'auth.cgi' : 'entry.cgi',
	);
}

test('every capture is served, or a reason is given', () => {
	const known = [LOGINS, SERVED, API_LISTS, NOT_SERVED].flatMap((table) => Object.keys(table));
	expect([...FILES].sort()).toEqual(known.sort());
});

describe('the simulator serves what was captured, in the same shape', () => {
	test.each(Object.entries(LOGINS))('%s', async (name, served) => {
		const response = await loggedIn(await given(served), served);
		expect(response.error?.code).toBe(captured(name).error?.code);
		expect(differences(captured(name), response, served)).toEqual([]);
	});

	test.each(Object.entries(SERVED))('%s', async (name, served) => {
		const response = await serve(await given(served), served);
		const { error } = captured(name);
		expect(response.error?.code).toBe(error?.code);
		expect(differences(captured(name), response, served)).toEqual([]);
	});

	test.each(Object.entries(API_LISTS))('%s', async (name, options) => {
		const nas = await givenNas(options);
		const query = { api: 'SYNO.API.Info', version: '1', method: 'query', query: 'all' };
		const { data } = await post(nas, query, {}, 'query.cgi');
		expect(data).toMatchObject(captured(name).data!);
		const family = (list: object): string[] =>
			Object.keys(list).filter((api) => /^SYNO\.(SDS\.)?Backup\./.test(api));
		const handMade = name.includes('with-backup-task');
		if (!handMade) expect(family(data!).sort()).toEqual(family(captured(name).data!).sort());
	});
});
