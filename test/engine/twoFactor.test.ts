import { TOTP } from 'otpauth';
import { DEFAULT_ACCOUNT, type Account, type NasOptions } from '../../simulator';
import { runNode } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas, newProcess } from '../../testing/nas';
import { whenPausing } from '../support/pauses';

let slept: number[] = [];

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const tasks = [{ id: 1, name: 'Nightly' }];

/** n8n's and the NAS's clock are one, and time passes only while the node sleeps. */
async function given(
	account: Partial<Account> = {},
	options: NasOptions = {},
	credential: Record<string, string> = { otpSecret: SECRET },
) {
	const { nas } = await givenNas({
		tasks,
		accounts: [{ ...DEFAULT_ACCOUNT, otpSecret: SECRET, ...account }],
		...options,
	});
	slept = [];
	whenPausing((milliseconds) => {
		slept.push(milliseconds);
		nas.advance(milliseconds);
	});
	jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
	return { nas, credentials: credentialsFor(nas, credential) };
}

const logins = (nas: { requests: Array<{ apiMethod: string; params: Record<string, string> }> }) =>
	nas.requests.filter(({ apiMethod }) => apiMethod === 'login').map(({ params }) => params);

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
});

describe('an account with 2-factor authentication and its secret in the credential', () => {
	test.each(['6.2', '7.0', '7.2', '7.4'] as const)(
		'DSM %s: when DSM wants a code, the node makes one, and the NAS trusts it as a device from then on',
		async (dsm) => {
			const { nas, credentials } = await given({}, { dsm });
			expect((await runNode(credentials, { operation: 'getAll' })).items).toHaveLength(1);
			expect(logins(nas)).toMatchObject([
				{ account: DEFAULT_ACCOUNT.name },
				{
					otp_code: expect.stringMatching(/^\d{6}$/),
					enable_device_token: 'yes',
					device_name: 'n8n Hyper Backup',
				},
			]);
			expect(logins(nas)[0]).not.toHaveProperty('otp_code');
			nas.sessions.expire(119);
			nas.resetRequests();
			expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
			expect(logins(nas)).toEqual([
				expect.objectContaining({
					device_id: expect.stringMatching(/.{20}/),
					device_name: 'n8n Hyper Backup',
				}),
			]);
			expect(logins(nas)[0]).not.toHaveProperty('otp_code');
		},
	);

	test('the device ID outlives the process with the session n8n keeps', async () => {
		const { nas, credentials } = await given();
		await runNode(credentials, { operation: 'getAll' });
		newProcess();
		nas.sessions.expire(119);
		nas.resetRequests();
		expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
		expect(logins(nas)).toHaveLength(1);
	});

	test.each([
		['SHA1', 6],
		['SHA256', 8],
		['SHA512', 6],
		['SHA512', 8],
	] as const)('an otpauth:// address with %s and %i digits', async (algorithm, digits) => {
		const uri = new TOTP({
			secret: SECRET,
			algorithm,
			digits,
			label: 'me@nas',
			issuer: 'nas',
		}).toString();
		const { credentials } = await given(
			{ otpAlgorithm: algorithm, otpDigits: digits },
			{},
			{ otpSecret: uri },
		);
		expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
	});

	test.each([2 * 60, -3 * 60, 9 * 60])(
		'with the clock of the NAS off by %i s, the code is one for the NAS',
		async (seconds) => {
			const { nas, credentials } = await given();
			nas.setClockWrongBy({ seconds });
			expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
			expect(nas.sessions.attempts.map(({ code }) => code)).toEqual([403, 0]);
		},
	);

	test.each([26 * 60 * 60, -11 * 60])(
		'with the clocks %i s apart no code is made: a header from anywhere buys none for any time',
		async (seconds) => {
			const { nas, credentials } = await given();
			nas.setClockWrongBy({ seconds });
			const { error } = await runNode(credentials, { operation: 'getAll' });
			expect(error?.message).toBe(
				'No two-factor code was made: the clocks of the NAS and of n8n are more than 10 minutes apart',
			);
			expect(error?.description).toContain('Set both clocks right');
			expect(logins(nas).every((login) => !('otp_code' in login))).toBe(true);
			await runNode(credentials, { operation: 'getAll' });
			expect(nas.sessions.attempts.map(({ code }) => code)).toEqual([403]);
		},
	);

	test('a code is never sent twice: the next login waits for the next code', async () => {
		const { nas, credentials } = await given();
		for (let round = 0; round < 4; round++) {
			expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
			nas.sessions.expire(119);
			nas.sessions.distrustDevices();
		}
		const codes = logins(nas)
			.map(({ otp_code: code }) => code)
			.filter(Boolean);
		expect(codes).toHaveLength(4);
		expect(new Set(codes).size).toBe(4);
		expect(
			slept.filter((milliseconds) => milliseconds > 1000 && milliseconds <= 30_000),
		).toHaveLength(3);
		expect(nas.sessions.attempts.map(({ code }) => code)).not.toContain(404);
	});

	test('two credentials of one account at once take a code each', async () => {
		const { nas, credentials } = await given();
		const other = credentialsFor(nas, { otpSecret: SECRET, deviceName: 'another' });
		const all = await Promise.all([
			runNode(credentials, { operation: 'getAll' }),
			runNode(other, { operation: 'getAll' }),
		]);
		expect(all.map(({ error }) => error?.message)).toEqual([undefined, undefined]);
	});

	test('a NAS that wants the token of its question back gets it', async () => {
		const { credentials } = await given({ otpNeedsToken: true });
		expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
	});

	test('an account without 2-factor authentication logs in all the same', async () => {
		const { nas, credentials } = await given({ otpSecret: undefined });
		expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
		expect(nas.sessions.attempts).toHaveLength(1);
	});

	test('a secret of another account is refused once, and not tried again', async () => {
		const { nas, credentials } = await given(
			{},
			{},
			{ otpSecret: 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU' },
		);
		const { error } = await runNode(credentials, { operation: 'getAll' });
		expect(error?.message).toBe('The NAS refused the two-factor code');
		expect(error?.description).toContain("'Two-Factor Secret'");
		await runNode(credentials, { operation: 'getAll' });
		expect(nas.sessions.attempts.map(({ code }) => code)).toEqual([403, 404]);
	});
});

describe('a trusted device in the credential', () => {
	const account = { trustedDevices: [{ id: 'device-id-of-a-trusted-browser', name: 'my-n8n' }] };

	test('logs in without a code', async () => {
		const { nas, credentials } = await given(
			account,
			{},
			{ deviceId: 'device-id-of-a-trusted-browser', deviceName: 'my-n8n' },
		);
		expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
		expect(logins(nas)).toEqual([
			expect.objectContaining({
				device_id: 'device-id-of-a-trusted-browser',
				device_name: 'my-n8n',
			}),
		]);
	});

	test('that the NAS does not trust (any more): the error names both fields, and it is not tried again', async () => {
		const { nas, credentials } = await given(
			account,
			{},
			{ deviceId: 'device-id-of-a-trusted-browser' },
		);
		const { error } = await runNode(credentials, { operation: 'getAll' });
		expect(error?.message).toContain('does not trust the device ID');
		expect(error?.description).toMatch(/'Trusted Device ID' and 'Device Name'/);
		await runNode(credentials, { operation: 'getAll' });
		expect(nas.sessions.attempts).toHaveLength(1);
	});

	test('with the secret beside it: the code steps in when the device is refused', async () => {
		const { nas, credentials } = await given(
			account,
			{},
			{ deviceId: 'device-id-of-a-trusted-browser', otpSecret: SECRET },
		);
		expect((await runNode(credentials, { operation: 'getAll' })).error).toBeUndefined();
		expect(nas.sessions.attempts.map(({ code }) => code)).toEqual([403, 0]);
	});
});

describe('what is missing is named', () => {
	test.each([
		[
			'nothing filled in',
			{},
			{},
			'The NAS requires a two-factor code',
			"'Two-Factor Secret' or 'Trusted Device ID' in the credential",
		],
		[
			'2-factor authentication enforced and not set up',
			{ otpSecret: undefined, otpEnforced: true },
			{},
			'The NAS requires 2-factor authentication for this account, but it is not set up yet',
			"'Two-Factor Secret'",
		],
		[
			'a six-digit code in place of the secret',
			{},
			{ otpSecret: '123456' },
			"The 'Two-Factor Secret' of the credential is a code, not the key that codes are made from",
			'six-digit code does not belong there',
		],
		[
			'no base32',
			{},
			{ otpSecret: 'not-a-key-0189!' },
			"The 'Two-Factor Secret' of the credential is not a base32 key",
			'letters A-Z and digits 2-7',
		],
		[
			'a counter-based key',
			{},
			{ otpSecret: `otpauth://hotp/x?secret=${SECRET}` },
			"The 'Two-Factor Secret' of the credential is no time-based key (otpauth://totp/...)",
			'otpauth://',
		],
	] as const)('%s', async (_case, account, credential, message, advice) => {
		const { credentials } = await given(account, {}, credential as Record<string, string>);
		const { error } = await runNode(credentials, { operation: 'getAll' });
		expect(error?.message).toBe(message);
		expect(error?.description).toContain(advice);
	});
});
