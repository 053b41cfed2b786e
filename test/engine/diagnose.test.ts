import { version } from '../../package.json';
import {
	DEFAULT_ACCOUNT,
	SERIAL_NUMBER,
	SimulatedClock,
	certificate,
	type DsmVersion,
	type NasOptions,
	type TaskSpec,
} from '../../simulator';
import { runNode } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas } from '../../testing/nas';

afterEach(closeAll);

const TASKS: TaskSpec[] = [
	{ id: 1, name: 'Nightly to USB', targetId: 'secret_folder.hbk' },
	{ id: 2, name: 'Web server', lastRun: { result: 'failed', endedAt: Date.UTC(2026, 10, 24) } },
	{ id: 'vm', name: 'vm', type: 'loclunbkp' },
];

const now = async (options: NasOptions = {}) =>
	await givenNas({ clock: new SimulatedClock(Date.now()), tasks: TASKS, ...options });
const diagnosed = async (credentials: ReturnType<typeof credentialsFor>, timezone = 'UTC') => {
	const { items, error } = await runNode(
		credentials,
		{ resource: 'nas', operation: 'diagnose' },
		{ timezone },
	);
	expect(error).toBeUndefined();
	return items[0]!.json as Record<string, any>;
};

test.each<[DsmVersion, 'dsm' | 'documented', string]>([
	['6.2', 'dsm', 'DSM 6.2.4-25556 Update 7'],
	['7.4', 'dsm', 'DSM 7.4-90075'],
	['7.2', 'documented', 'DSM 7.2.2-72806 Update 3'],
])(
	'on DSM %s with the %s dialect it reports versions, dialect, rights, clock and tasks in four requests',
	async (dsm, dialect, dsmVersion) => {
		const { nas, credentials } = await now({ dsm, dialect });
		await runNode(credentials, { operation: 'getAll' });
		nas.resetRequests();
		const said = await diagnosed(credentials);
		expect(nas.requests).toHaveLength(4);
		expect(said).toMatchObject({
			package_version: version,
			dsm_version: dsmVersion,
			model: 'DS920+',
			hyper_backup: true,
			vault: false,
			dialect,
			connection: {
				protocol: 'http',
				certificate: 'none',
				second_factor: 'none',
				syno_token: true,
				read_only: false,
			},
			rights: { list_tasks: 'yes', read_clock: 'yes', read_dsm_version: 'yes' },
			clock: { nas_utc_offset: 0, workflow_utc_offset: 0, ahead_seconds: 0 },
			tasks: { total: 3, by_status: { idle: 2, error: 1 } },
			unknown_words: [],
		});
		expect(said.apis).toMatchObject({
			'SYNO.Backup.Task': '1-2',
			'SYNO.API.Auth': dsm === '6.2' ? '1-6' : '1-7',
		});
		expect(said.hints).toEqual([
			'The password goes over the network unencrypted: use the https:// address of the NAS.',
		]);
	},
);

test('nothing in it identifies the NAS: no name, no address, no serial number, no secret', async () => {
	const { nas, credentials } = await now();
	const text = JSON.stringify(await diagnosed(credentials));
	const [session] = nas.sessions.open;
	const secrets = [
		nas.url,
		'127.0.0.1',
		DEFAULT_ACCOUNT.name,
		DEFAULT_ACCOUNT.password,
		SERIAL_NUMBER,
		session!.sid,
		session!.token,
		'Nightly',
		'Web server',
		'secret_folder',
	];
	expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
});

test('the report is the same as text, a line for each field', async () => {
	const { credentials } = await now();
	const { report, hints, ...fields } = await diagnosed(credentials);
	expect(hints).toHaveLength(1);
	expect((report as string).split('\n').map((line) => line.split(':')[0])).toEqual(
		Object.keys(fields),
	);
	expect(report).toContain('tasks: {"total":3');
});

test('unknown words are listed, with a hint to report them', async () => {
	const { credentials } = await now({
		tasks: [
			{ id: 1, name: 'A', state: 'frozen' },
			{ id: 2, name: 'B', lastRun: { result: 'half_done', endedAt: Date.UTC(2026, 10, 24) } },
		],
	});
	const { unknown_words, hints, tasks } = await diagnosed(credentials);
	expect(unknown_words).toEqual(['last_bkp_result: half_done', 'state: frozen']);
	expect(tasks.by_status).toEqual({ unknown: 2 });
	expect(hints.join()).toContain('please report them');
});

test('in the documented dialect too', async () => {
	const { nas, credentials } = await now({ dialect: 'documented' });
	await runNode(credentials, { operation: 'getAll' });
	nas.fault({
		kind: 'body',
		api: 'SYNO.Backup.Task',
		body: '{"success":true,"data":{"tasks":[{"task_id":"1","name":"A","status":"frozen"}],"total":1}}',
	});
	expect((await diagnosed(credentials)).unknown_words).toEqual(['status: frozen']);
});

test('an account without the right gets a diagnosis that says so, instead of an error', async () => {
	const { credentials } = await now({ accounts: [{ ...DEFAULT_ACCOUNT, administrator: false }] });
	const { rights, tasks, dialect, hints } = await diagnosed(credentials);
	expect(rights).toEqual({
		list_tasks: 'no (105)',
		read_clock: 'no (105)',
		read_dsm_version: 'yes',
	});
	expect([tasks, dialect]).toEqual([null, null]);
	expect(hints.join()).toContain('put it into the administrators group');
});

test('Hyper Backup missing or stopped is reported', async () => {
	const { credentials } = await now({ hyperBackup: 'stopped' });
	const { hyper_backup, hints, rights } = await diagnosed(credentials);
	expect([hyper_backup, rights.list_tasks]).toEqual([false, 'no (102)']);
	expect(hints[0]).toContain('Package Center');
});

test('a wrong clock and another time zone are reported', async () => {
	const { credentials } = await now({
		clock: new SimulatedClock(Date.now() + 180_000),
		timeZone: 'Asia/Taipei',
	});
	const { clock, hints } = await diagnosed(credentials, 'Europe/Berlin');
	expect(clock).toMatchObject({ nas_utc_offset: 480, ahead_seconds: 180 });
	expect(hints.join()).toMatch(/differ by 180 seconds.*time zone is not the NAS's/);
});

test('how the certificate is verified is reported', async () => {
	const { key, cert } = await certificate();
	const { nas } = await now({ tls: { key, cert } });
	const kinds = [];
	for (const more of [{ allowUnauthorizedCerts: true }, { caCertificate: cert }] as Array<
		Record<string, string | boolean>
	>)
		kinds.push((await diagnosed(credentialsFor(nas, more))).connection.certificate);
	expect(kinds).toEqual(['not_verified', 'verified_with_ca_certificate']);
});

test('a NAS that is off is an error in words, as with every operation', async () => {
	const { nas, credentials } = await now();
	await nas.close();
	expect(
		(await runNode(credentials, { resource: 'nas', operation: 'diagnose' })).error?.message,
	).toContain('refused the connection');
});

test.each(['dropped', 'broken'])(
	'a response that is %s in the middle does not affect the rest',
	async (kind) => {
		const { nas, credentials } = await now();
		await runNode(credentials, { operation: 'getAll' });
		nas.fault({
			kind: kind === 'dropped' ? 'reset' : 'html',
			api: 'SYNO.Core.Region.NTP',
			times: 3,
		});
		const { rights, clock, tasks } = await diagnosed(credentials);
		expect(rights.read_clock).toMatch(/^no answer \(\w+\)$/);
		expect(clock).toMatchObject({ ahead_seconds: null, nas_utc_offset: null });
		expect(tasks.total).toBe(3);
	},
);
