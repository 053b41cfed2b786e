import * as fc from 'fast-check';
import * as OTPAuth from 'otpauth';
import { forgetSessions } from '../../../nodes/HyperBackup/dsm/session/SessionManager';
import type { Send } from '../../../nodes/HyperBackup/dsm/http/httpRequest';
import { Nas, SERIAL_NUMBER, type NasOptions, type TaskSpec } from '../../../simulator';
import { probed, withoutSockets } from './support/probing';
import { NOW } from './support/profiles';

afterEach(forgetSessions);

const RUNS = 1_000;

/** Texts that stand nowhere in DSM, of kinds that users give: so one that is found has leaked. */
const unique = fc.stringMatching(/^[a-z0-9]{6}$/).map((text) => `zq${text}`);
const name = fc.oneof(
	unique,
	unique.map((text) => `My ${text} backup.`),
	unique.map((text) => `Backup task started. ${text}`),
	unique.map((text) => `${text} ünïcode 備份`),
	unique.map((text) => text.toUpperCase()),
	// In the form that DSM writes.
	fc.integer({ min: 1000, max: 1899 }).map((year) => `${year}/11/24 08:00:00`),
	fc.integer({ min: 10_000_000_000, max: 99_999_999_999 }).map(String),
);
const path = unique.map((text) => `/volume1/${text}/${text}.doc`);
const state = fc.constantFrom('backupable', 'restore_only', 'error_detect', 'broken');
const result = fc.constantFrom('done', 'failed', 'partial', 'cancel', 'suspend', 'none');

const specs = fc.record({
	name,
	target: unique,
	share: unique,
	account: name,
	secret: unique,
	sources: fc.array(path, { minLength: 1, maxLength: 3 }),
	skipped: path,
	application: unique,
	state,
	result,
	error: unique,
	reason: unique,
	/** A word that is none of DSM's, where one is expected. */
	word: fc.option(unique),
});

const nases = fc.record({
	dsm: fc.constantFrom('6.2', '7.0', '7.1', '7.2', '7.4'),
	dialect: fc.constantFrom('dsm', 'dsm', 'dsm', 'documented'),
	hyperBackup: fc.constantFrom('installed', 'installed', 'installed', 'missing'),
	administrator: fc.constantFrom(true, true, true, false),
	tokenErrorCode: fc.constantFrom(103, 119),
	quotedFilterLevel: fc.constantFrom('filter', 'refuse'),
	host: unique.map((text) => `${text}.example.com`),
	account: name,
	password: fc.oneof(name, fc.integer({ min: 10_000_000, max: 99_999_999 }).map(String)),
	otp: fc.boolean(),
	tasks: fc.array(specs, { maxLength: 4 }),
	lun: fc.option(name),
	received: fc.option(fc.record({ name: unique, share: unique, key: unique })),
});

type Given = typeof nases extends fc.Arbitrary<infer T> ? T : never;
type Spec = Given['tasks'][number];

const OTP_SECRET = 'JBSWY3DPEHPK3PXP';

const taskOf = (spec: Spec, index: number): TaskSpec => ({
	id: index + 1,
	name: spec.name,
	targetId: `${spec.target}.hbk`,
	transferType: index % 2 === 0 ? 'image_local' : 'aws_s3',
	repository: {
		share: spec.share,
		bucket: spec.share,
		account: spec.account,
		remote_url: `https://${spec.account}@${spec.share}`,
		key: spec.secret,
		secret: spec.secret,
		pwd: spec.secret,
	},
	sources: spec.sources,
	applications: [{ id: spec.application, name: spec.application }],
	state: spec.state,
	lastRun: {
		result: spec.result,
		endedAt: NOW,
		errorCode: 4408,
		error: spec.error,
		reason: spec.reason,
	},
	nextOutcomes: [{ result: 'partial', skipped: [spec.skipped], reason: spec.reason }],
	durationSeconds: 60,
});

function givenNas(given: Given): Nas {
	const { account, password, otp, received, lun, tasks } = given;
	const lunTasks: TaskSpec[] = lun === null ? [] : [{ id: lun, name: lun, type: 'loclunbkp' }];
	const targets = received
		? [
				{
					id: 1,
					name: received.name,
					share: received.share,
					uniKey: received.key,
					lastBackupAt: NOW,
				},
			]
		: [];
	const nas = new Nas({
		dsm: given.dsm as NasOptions['dsm'],
		dialect: given.dialect as NasOptions['dialect'],
		hyperBackup: given.hyperBackup as NasOptions['hyperBackup'],
		tokenErrorCode: given.tokenErrorCode,
		unknowns: { quotedFilterLevel: given.quotedFilterLevel },
		accounts: [
			{
				name: account,
				password,
				administrator: given.administrator,
				...(otp ? { otpSecret: OTP_SECRET } : {}),
			},
		],
		tasks: [...tasks.map(taskOf), ...lunTasks],
		...(received ? { vault: { targets } } : {}),
	});
	// A run that leaves something out, and one that is under way.
	nas.tasks.forEach((task) => task.accept());
	nas.advance({ seconds: 90 });
	nas.tasks.slice(1).forEach((task) => task.accept());
	nas.advance({ seconds: 20 });
	tasks.forEach(({ word }, index) => {
		if (word !== null) nas.task(index + 1).overrides.status = word;
	});
	return nas;
}

/** Everything that belongs to this NAS and its user alone. */
const privateTexts = ({ tasks, received, ...given }: Given): string[] => [
	given.account,
	given.password,
	given.host,
	OTP_SECRET,
	SERIAL_NUMBER,
	...(given.lun === null ? [] : [given.lun]),
	...Object.values(received ?? {}),
	...tasks.flatMap(({ sources, state: _state, result: _result, word, ...spec }) => [
		...Object.values(spec),
		...sources,
		...(word === null ? [] : [word]),
	]),
];

/** Keeps what the login gave. */
function listening(network: Send, secrets: string[]): Send {
	return async (request) => {
		const response = (await network(request)) as { body: string };
		const { data } = JSON.parse(response.body) as { data?: Record<string, unknown> };
		for (const field of ['sid', 'synotoken', 'did', 'device_id']) {
			const secret = data?.[field];
			if (typeof secret === 'string' && /\w/.test(secret)) secrets.push(secret);
		}
		return response;
	};
}

test(`what the probe of ${RUNS} random NASes prints and writes holds no name and no secret`, async () => {
	let files = 0;
	await fc.assert(
		fc.asyncProperty(nases, async (given) => {
			const nas = givenNas(given);
			const totp = new OTPAuth.TOTP({ secret: OTP_SECRET });
			const code = totp.generate({ timestamp: nas.clock.now() });
			const secrets = given.otp ? [code] : [];
			const result = await probed(nas, {
				credentials: {
					baseUrl: `http://${given.host}:5000`,
					username: given.account,
					password: given.password,
				},
				askCode: async () => code,
				network: listening(withoutSockets(nas), secrets),
				mayReachDestinations: true,
			});
			files += result.files.length;
			const output = result.output.toLowerCase();
			const leaked = [...privateTexts(given), ...secrets].filter((text) =>
				output.includes(text.toLowerCase()),
			);
			expect(leaked).toEqual([]);
			expect(secrets.length).toBeGreaterThan(0);
			forgetSessions();
		}),
		{ numRuns: RUNS },
	);
	expect(files).toBeGreaterThan(RUNS * 10);
});
