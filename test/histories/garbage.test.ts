import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { maskSecrets } from '../../nodes/HyperBackup/hyperBackup/task/maskSecrets';
import { DIALECTS } from '../../nodes/HyperBackup/hyperBackup/task/dialects';
import type { RawTask } from '../../nodes/HyperBackup/hyperBackup/task/TaskSnapshot';
import { TaskApi } from '../../nodes/HyperBackup/hyperBackup/task/TaskApi';
import { DsmClient, type DsmContext } from '../../nodes/HyperBackup/dsm/DsmClient';
import { DsmError } from '../../nodes/HyperBackup/dsm/errors/DsmError';
import { forgetSessions } from '../../nodes/HyperBackup/dsm/session/SessionManager';
import { parseConnectionOptions } from '../../nodes/HyperBackup/dsm/session/ConnectionOptions';
import { serializeState } from '../../nodes/HyperBackup/dsm/session/keptState';
import { mutated, mutations } from './garbage';

const ANSWERS = Number(process.env.ANSWERS ?? 100_000);
const SEED = Number(process.env.GARBAGE_SEED ?? Date.now() % 2 ** 31);
const FOLDER = join(__dirname, '../fixtures/captures');

const captures = (pattern: RegExp): string[] =>
	readdirSync(FOLDER)
		.filter((name) => pattern.test(name))
		.map((name) => readFileSync(join(FOLDER, name), 'utf8'));

const credentials = { baseUrl: 'http://nas.example.com:5000', username: 'me', password: 'secret' };

const entry = (path: string, maxVersion: number) => ({
	path,
	minVersion: 1,
	maxVersion,
	json: true,
});
const apis = {
	'SYNO.API.Auth': entry('entry.cgi', 7),
	'SYNO.Backup.Task': entry('entry.cgi', 2),
	'SYNO.Core.Region.NTP': entry('entry.cgi', 3),
	'SYNO.Entry.Request': entry('entry.cgi', 2),
};
const session = serializeState(parseConnectionOptions(credentials).fingerprint, {
	session: { sid: 'sid', synoToken: 'token', openedAt: 1 },
	facts: { apis },
});

/**
 * n8n's helpers on a NAS that responds to everything with one text; with a session, or one that has to
 * be opened.
 */
function contextAnswering(
	answer: (options: IHttpRequestOptions) => string,
	sessionToken: string,
): DsmContext {
	const request = async (options: IHttpRequestOptions): Promise<unknown> => ({
		statusCode: 200,
		headers: {},
		body: answer(options),
	});
	return {
		getCredentials: async () => ({ ...credentials, sessionToken }),
		getNode: () => ({}),
		helpers: {
			httpRequest: request,
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) =>
				await request(options),
		},
	} as unknown as DsmContext;
}

/**
 * May this row be called idle? WithRaw from DSM's words alone, by somebody who has not read the
 * node.
 */
function mayBeIdle(row: RawTask): boolean {
	const fine =
		row.last_bkp_result === undefined ||
		['', 'done', 'success', 'none', 'cancel', 'discard'].includes(row.last_bkp_result as string);
	const lun =
		row.state === undefined && typeof row.type === 'string' && row.type.endsWith('lunbkp');
	return row.status === 'none' && (row.state === 'backupable' || lun) && fine;
}

interface PollResult {
	understood: number;
	refused: number;
}

/**
 * Every response is understood, or refused with one of our own errors; what is understood can be
 * saved, and has no prototype but the usual.
 */
async function survives(
	seen: PollResult,
	work: () => Promise<Array<{ model: object; raw: unknown }>>,
): Promise<void> {
	const outcome = await work().catch((error: unknown) => {
		if (!(error instanceof DsmError)) throw error;
		expect(error.message.length).toBeGreaterThan(10);
		return undefined;
	});
	if (outcome === undefined) {
		seen.refused++;
		return;
	}
	seen.understood++;
	for (const { model, raw } of outcome) {
		JSON.stringify([model, maskSecrets(raw)]);
		expect(Object.getPrototypeOf(model)).toBe(Object.prototype);
		expect(Object.getPrototypeOf(maskSecrets(raw))).toBe(Object.prototype);
		const row = raw as RawTask;
		const { status } = model as { status: string };
		if (status === 'idle' || DIALECTS.dsm.snapshot(row).status === 'idle') {
			if (!mayBeIdle(row)) throw new Error(`idle from ${JSON.stringify(row)}`);
		}
	}
}

const FOR_EACH: Array<
	[
		what: string,
		files: RegExp,
		share: number,
		work: (api: TaskApi, client: DsmClient) => Promise<Array<{ model: object; raw: unknown }>>,
	]
> = [
	['list', /^backup-task-list-/, 0.4, async (api) => await api.list()],
	['get', /^backup-task-get-/, 0.15, async (api) => [await api.get('1')]],
	['status', /^backup-task-status-/, 0.25, async (api) => [await api.getStatus('1')]],
	[
		'compound',
		/^entry-request-/,
		0.05,
		async (api) =>
			(await api.fetchDetails(DIALECTS.dsm, ['1', '2'])).rows
				.filter((row): row is RawTask => row !== undefined)
				.map((raw) => ({ model: DIALECTS.dsm.snapshot(raw), raw })),
	],
	[
		'actions and errors',
		/^(any-error|backup-task-(backup|cancel))-/,
		0.05,
		async (api) => [{ model: { done: await api.act('run', '1') }, raw: {} }],
	],
];

test.each(FOR_EACH)(
	`%s: mutated answers of real NASes (seed ${SEED})`,
	async (what, files, share, work) => {
		const seen: PollResult = { understood: 0, refused: 0 };
		const answers = fc.tuple(fc.constantFrom(...captures(files)), mutations);
		await fc.assert(
			fc.asyncProperty(answers, async ([original, steps]) => {
				forgetSessions();
				const text = mutated(original, steps);
				const context = contextAnswering(
					(options) =>
						String(options.body).includes('SYNO.API.')
							? '{"success":false,"error":{"code":400}}'
							: text,
					session,
				);
				await survives(seen, async () => {
					const client = await DsmClient.connect(context);
					return await work(new TaskApi(client, 'UTC'), client);
				});
			}),
			{ numRuns: Math.round(ANSWERS * share), seed: SEED },
		);
		// Garbage that is refused at the door tests nothing behind it.
		expect(seen.understood).toBeGreaterThan(
			Math.round(ANSWERS * share * (what.startsWith('actions') ? 0.005 : 0.2)),
		);
		// Details are optional: what cannot be read of them is left out, and is no error.
		if (what === 'compound') expect(seen.refused).toBe(0);
		else expect(seen.refused).toBeGreaterThan(0);
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	},
);

test(`discovery and login: mutated responses of real NASes (seed ${SEED})`, async () => {
	const seen: PollResult = { understood: 0, refused: 0 };
	const answers = fc.tuple(
		fc.constantFrom(...captures(/^api-info-query-dsm/)),
		mutations,
		fc.constantFrom(...captures(/^auth-login-/)),
		mutations,
		fc.boolean(),
	);
	await fc.assert(
		fc.asyncProperty(answers, async ([list, listSteps, login, loginSteps, mutateList]) => {
			forgetSessions();
			const discovery = mutateList ? mutated(list, listSteps) : list;
			const answer = mutated(login, loginSteps);
			const context = contextAnswering(
				(options) => (options.url.endsWith('query.cgi') ? discovery : answer),
				'',
			);
			await survives(seen, async () => {
				const client = await DsmClient.connect(context);
				const opened = await client.session();
				expect(opened.sid).toMatch(/^[!-:<-~]{1,512}$/);
				for (const { path } of Object.values(client.facts.apis ?? {}))
					expect(path).toMatch(/^[\w.-]+(\/[\w.-]+)*$/);
				return [];
			});
		}),
		{ numRuns: Math.round(ANSWERS * 0.1), seed: SEED },
	);
	expect(seen.understood).toBeGreaterThan(Math.round(ANSWERS * 0.003));
	expect(seen.refused).toBeGreaterThan(0);
});
