import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { demoTasks, type Nas, type NasOptions } from '../../simulator';
import { runNode } from '../../testing/engine';
import {
	ACTION,
	API_RESPONSE,
	CHECK,
	CHECK_REPORT,
	DESTINATION,
	DETAILS,
	DIAGNOSIS,
	DOWNLOAD,
	FILE,
	LOG_ENTRY,
	RUN_REPORT,
	STATISTIC,
	STATUS,
	SUMMARY,
	TASK,
	VAULT_DETAIL,
	VAULT_LOG,
	VAULT_TARGET,
	VERSION,
	type Kind,
} from './outputFields';
import { BEGINNING, onStage, timePassesOn, ZONE } from './stage';

interface ExampleOf {
	title: string;
	kind: Kind;
	parameters?: INodeParameters;
	/** Of the NAS, beside the tasks of the demo. */
	options?: NasOptions;
	/** How the NAS comes to be as the example needs it. */
	before?: (nas: Nas) => void;
	/** Its pauses are time on the NAS. */
	waits?: true;
	/** For what waits: the requests before, during and after. */
	around?: string;
}

export interface Example extends ExampleOf {
	item: IDataObject;
	items: number;
	/** A session being there, and the NAS's clock and APIs known. */
	requests: number;
}

/** As the editor stores a task that was chosen from the list. */
const task = (id: number): INodeParameters => ({
	taskId: {
		__rl: true,
		mode: 'list',
		value: String(id),
		cachedResultName: demoTasks(BEGINNING)[id - 1]!.name,
	},
});

const running = (nas: Nas): void => {
	nas.task(1).accept();
	nas.advance({ minutes: 5 });
};

const action = (title: string, id: number, before?: (nas: Nas) => void): ExampleOf => ({
	title,
	kind: ACTION,
	parameters: task(id),
	before,
});

const report = { kind: RUN_REPORT, waits: true } as const;

const partial = (nas: Nas): void => {
	nas.task(1).willEnd({ result: 'partial', skipped: ['/volume1/photo/2026/IMG_0412.jpg'] });
	nas.task(1).accept();
	nas.advance({ minutes: 11 });
};

const checking = (nas: Nas): void => {
	nas.task(1).integrityCheck(1800);
	nas.advance({ minutes: 5 });
};

const checked = (nas: Nas): void => {
	nas.task(1).integrityCheck(1200);
	nas.advance({ minutes: 25 });
};

const checkReport = {
	kind: CHECK_REPORT,
	waits: true,
	around: '1 before, 1 for each check of the task and 1 or more after',
} as const;

const VAULT: NasOptions = {
	vault: {
		targets: [
			{
				id: 1,
				name: 'Branch_1',
				lastBackupAt: BEGINNING - 6 * 3_600_000,
				lastBackupSeconds: 900,
				usedSize: 3_400_000,
			},
		],
	},
};

const EXAMPLES: Record<string, Record<string, ExampleOf[]>> = {
	destination: {
		get: [
			{
				title: 'The destination of a task that backs up to a USB disk',
				kind: DESTINATION,
				parameters: task(1),
			},
		],
	},
	integrityCheck: {
		run: [
			action('Without *Wait for Completion*', 1),
			{
				title: 'With *Wait for Completion*',
				...checkReport,
				around: '2 before, 1 for each check of the task and 1 or more after',
				parameters: { ...task(1), waitForCompletion: true },
			},
		],
		waitForCompletion: [
			{
				title: 'A check that had been started five minutes before',
				...checkReport,
				parameters: task(1),
				before: checking,
			},
		],
		cancel: [action('A running integrity check', 1, checking)],
		getLast: [
			{
				title: 'A task whose check ended five minutes before',
				kind: CHECK,
				parameters: task(1),
				before: checked,
			},
		],
	},
	file: {
		getAll: [
			{
				title: 'The first item of a folder',
				kind: FILE,
				parameters: { ...task(1), folder: 'homes/anna' },
			},
		],
		download: [
			{
				title: 'A file of the newest version; it lies in the binary field `data`',
				kind: DOWNLOAD,
				parameters: { ...task(1), path: 'homes/anna/letter.txt' },
			},
		],
	},
	statistic: {
		get: [{ title: 'A task with two runs', kind: STATISTIC, parameters: task(1) }],
	},
	vault: {
		get: [{ title: 'A target', kind: VAULT_DETAIL, options: VAULT, parameters: { targetId: '1' } }],
		getLogs: [
			{
				title: 'The newest entry about a target',
				kind: VAULT_LOG,
				options: VAULT,
				parameters: { targetId: '1' },
			},
		],
		getAll: [{ title: 'A NAS that receives one backup', kind: VAULT_TARGET, options: VAULT }],
	},
	version: {
		getLatest: [{ title: 'The newest version', kind: VERSION, parameters: task(1) }],
		getAll: [{ title: 'The first of several items', kind: VERSION, parameters: task(1) }],
	},
	log: {
		getAll: [
			{
				title: 'A file that was skipped, which made the backup a partial one',
				kind: LOG_ENTRY,
				parameters: { filters: { level: 'warn', keyword: 'IMG_0412' } },
				before: partial,
			},
		],
	},
	nas: {
		diagnose: [{ title: 'A NAS with the five tasks of the demo', kind: DIAGNOSIS }],
		getSummary: [{ title: 'The same NAS', kind: SUMMARY }],
		customApiCall: [
			{
				title: 'The ways to the destinations, which no operation lists',
				kind: API_RESPONSE,
				parameters: { apiName: 'SYNO.Backup.Repository', apiMethod: 'list' },
			},
		],
	},
	task: {
		getAll: [{ title: 'The first of five items', kind: TASK, parameters: { returnAll: true } }],
		get: [
			{
				title: 'A task that backs up to a USB disk every night',
				kind: DETAILS,
				parameters: task(1),
			},
			{
				title: 'The same with everything that *Include* offers',
				kind: DETAILS,
				parameters: {
					...task(1),
					options: { include: ['destination', 'log', 'statistics', 'versions'] },
				},
			},
		],
		getStatus: [
			{
				title: 'A backup in the middle of transferring its data',
				kind: STATUS,
				parameters: task(1),
				before: running,
			},
		],
		run: [
			action('Without *Wait for Completion*', 1),
			{
				title: 'With *Wait for Completion*',
				...report,
				parameters: { ...task(1), waitForCompletion: true },
			},
		],
		waitForCompletion: [
			{
				title: 'A backup that the schedule had started five minutes before',
				...report,
				parameters: task(1),
				before: running,
			},
		],
		cancel: [action('A running backup', 1, running)],
		suspend: [action('A backup that transfers data', 1, running)],
		resume: [action('A suspended backup', 3)],
		discard: [action('A suspended backup', 3)],
	},
};

async function play(resource: string, operation: string, example: ExampleOf): Promise<Example> {
	const options = { tasks: demoTasks(BEGINNING), ...example.options };
	return await onStage(options, async (nas, credentials) => {
		// The session, and the NAS's clock: both are there from the second operation on.
		await runNode(credentials, { operation: 'getAll' }, { timezone: ZONE });
		example.before?.(nas);
		nas.resetRequests();
		if (example.waits) timePassesOn(nas);
		const { items, error } = await runNode(
			credentials,
			{ resource, operation, ...example.parameters },
			{ timezone: ZONE },
		);
		if (error || items.length === 0)
			throw new Error(`The example of ${operation} gave no item: ${error?.message ?? ''}`);
		// Which APIs there are is asked once for each; only Diagnose asks every time.
		const counts = ({ api }: { api: string }) => resource === 'nas' || api !== 'SYNO.API.Info';
		const requests = nas.requests.filter(counts).length;
		return { ...example, item: items[0]!.json, items: items.length, requests };
	});
}

/** Each operation carried out against the simulated NAS, in n8n's engine. */
export async function operationExamples(resource: string, operation: string): Promise<Example[]> {
	const examples: Example[] = [];
	for (const example of EXAMPLES[resource]?.[operation] ?? [])
		examples.push(await play(resource, operation, example));
	if (examples.length === 0) throw new Error(`There is no example for ${resource}: ${operation}`);
	return examples;
}
