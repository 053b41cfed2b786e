import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as OTPAuth from 'otpauth';
import { DEFAULT_ACCOUNT } from '../../../simulator';
import { closeAll, givenNas } from '../../../testing/nas';
import { writeFolder } from '../../../tools/probe/captures';
import { probed } from './support/probing';
import { office } from './support/profiles';

afterEach(closeAll);

test('the index has a row for each file, with grade, source and call, as the fixtures have', async () => {
	const { nas } = await givenNas(office());
	const { files } = await probed(nas);
	const index = files.find(({ name }) => name === 'INDEX.md')!.content;
	const rows = index.split('\n').filter((line) => /^\| \S+\.json/.test(line));
	const json = files.filter(({ name }) => name.endsWith('.json'));
	expect(rows.map((row) => row.split(' | ')[0]!.slice(2))).toEqual(json.map(({ name }) => name));
	expect(rows).toContain(
		'| backup-task-list-dsm72.json | A- | npm run probe, DSM 7.2.2-72806 Update 3 | SYNO.Backup.Task list version 1 (additional) |',
	);
});

test('each file is a whole envelope, named in small letters', async () => {
	const { nas } = await givenNas(office());
	const { files } = await probed(nas);
	for (const { name, content } of files.filter((file) => file.name.endsWith('.json'))) {
		expect(name).toMatch(/^[a-z0-9_-]+\.json$/);
		expect(JSON.parse(content)).toHaveProperty('success');
	}
});

test('an unknown word is printed only with --show-unknown', async () => {
	const { nas } = await givenNas(office());
	nas.task(1).overrides.status = 'hibernating';
	const quiet = await probed(nas);
	expect(quiet.output).not.toContain('hibernating');
	expect(quiet.said.at(-1)).toContain('--show-unknown');
	const open = await probed(nas, { showUnknown: true });
	expect(open.said).toContain('  status: hibernating');
	expect(open.files.some(({ content }) => content.includes('hibernating'))).toBe(false);
});

test('a folder that exists is left as it is', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'probe-'));
	await expect(writeFolder(folder, [{ name: 'a.json', content: '{}' }])).rejects.toThrow('EEXIST');
	expect(await readdir(folder)).toEqual([]);
	await rm(folder, { recursive: true });
});

describe('an account with two-factor login', () => {
	const otpSecret = 'JBSWY3DPEHPK3PXP';

	test.each([false, true])(
		'has to enter a code once (challenge token wanted: %s)',
		async (token) => {
			const account = { ...DEFAULT_ACCOUNT, otpSecret, otpNeedsToken: token };
			const { nas } = await givenNas(office({ accounts: [account] }));
			const askCode = jest.fn(async () =>
				new OTPAuth.TOTP({ secret: otpSecret }).generate({ timestamp: nas.clock.now() }),
			);
			const { kinds } = await probed(nas, { askCode });
			expect(kinds['task-list']).toBe('holds');
			expect(askCode).toHaveBeenCalledTimes(1);
		},
	);

	test('after two wrong codes it gives up: each counts towards Auto Block', async () => {
		const account = { ...DEFAULT_ACCOUNT, otpSecret };
		const { nas } = await givenNas(office({ accounts: [account] }));
		const askCode = jest.fn(async () => '000000');
		await expect(probed(nas, { askCode })).rejects.toMatchObject({ dsmCode: 404 });
		expect(askCode).toHaveBeenCalledTimes(2);
	});
});

test('a wrong password is sent once', async () => {
	const { nas } = await givenNas(office());
	const credentials = { baseUrl: nas.url, username: DEFAULT_ACCOUNT.name, password: 'wrong' };
	await expect(probed(nas, { credentials })).rejects.toMatchObject({ dsmCode: 400 });
	expect(nas.requests.filter(({ apiMethod }) => apiMethod === 'login')).toHaveLength(1);
});
