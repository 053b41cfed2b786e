import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startNas, wallClock, type Nas, type TaskSpec } from '../../../simulator';
import { PACKAGE, ROOT } from '../support';

/** What a version left in an n8n, and the NAS it was used with. */
export const FOLDER = join(ROOT, 'test/fixtures/upgrade');

export const VERSIONS = readdirSync(FOLDER).filter((name) => /^\d/.test(name));

/** The static data belongs to an address, so the simulated NAS always has the same. */
const PORT = 18_735;

/** Where alerts go: replaced by the address of the test that loads the fixture. */
export const ALERTS = 'http://127.0.0.1:18736/alert';

type Json = Record<string, unknown>;

export interface Saved {
	/** As `n8n export:workflow` writes it: static data included. */
	workflow: Json & { id: string; staticData: Json };
	/** As `n8n export:credentials --decrypted` writes it, made-up secrets of the simulator included. */
	credential: Json & { id: string; data: Json };
	tasks: TaskSpec[];
}

const FILES = ['workflow', 'credential', 'tasks'] as const;

export function readFixture(version: string): Saved {
	const read = (name: string): unknown =>
		JSON.parse(readFileSync(join(FOLDER, version, `${name}.json`), 'utf8'));
	return Object.fromEntries(FILES.map((name) => [name, read(name)])) as unknown as Saved;
}

export function writeFixture(version: string, saved: Saved): void {
	mkdirSync(join(FOLDER, version), { recursive: true });
	for (const name of FILES)
		writeFileSync(
			join(FOLDER, version, `${name}.json`),
			`${JSON.stringify(saved[name], null, '\t')}\n`,
		);
}

/** In a zone without summer time: the fixture is read on any day of the year. */
export const nasWith = async (tasks: TaskSpec[]): Promise<Nas> =>
	await startNas({ port: PORT, clock: wallClock(1), timeZone: 'Asia/Tokyo', tasks });

const EVENTS = [
	'statusChanged',
	'backupSucceeded',
	'backupPartial',
	'backupFailed',
	'backupCanceled',
	'backupSuspended',
	'destinationProblem',
	'taskAdded',
	'taskRemoved',
	'taskRenamed',
	'nasUnreachable',
];

const node = (id: string, name: string, type: string, typeVersion: number, more: Json): Json => ({
	id,
	name,
	type,
	typeVersion,
	position: [0, 0],
	...more,
});

const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });

/** Both nodes, with fields of every kind: lists, locators, collections, expressions. */
export function upgradeWorkflow(credentialId: string): Json & { name: string } {
	const credentials = { synologyHyperBackupApi: { id: credentialId, name: 'NAS' } };
	return {
		name: 'Kept from an earlier version',
		nodes: [
			node('trigger', 'Trigger', `${PACKAGE}.hyperBackupTrigger`, 1, {
				credentials,
				parameters: {
					pollTimes: { item: [{ mode: 'everyMinute' }] },
					events: EVENTS,
					tasks: [],
					options: { requestTimeout: 20_000 },
				},
			}),
			node('alert', 'Alert', 'n8n-nodes-base.httpRequest', 4.2, {
				parameters: {
					method: 'POST',
					url: ALERTS,
					sendBody: true,
					specifyBody: 'json',
					jsonBody: '={{ JSON.stringify($json) }}',
					options: {},
				},
			}),
			node('start', 'Start', 'n8n-nodes-base.manualTrigger', 1, { parameters: {} }),
			node('tasks', 'Get Tasks', `${PACKAGE}.hyperBackup`, 1, {
				credentials,
				parameters: { resource: 'task', operation: 'getAll', returnAll: true },
			}),
			node('status', 'Get Status', `${PACKAGE}.hyperBackup`, 1, {
				credentials,
				parameters: {
					resource: 'task',
					operation: 'getStatus',
					taskId: { __rl: true, mode: 'id', value: '={{ $json.task_id }}' },
				},
			}),
		],
		connections: {
			Trigger: to('Alert'),
			Start: to('Get Tasks'),
			'Get Tasks': to('Get Status'),
		},
	};
}
