import type { ApiList } from '../../nodes/HyperBackup/dsm/discovery';
import type { Call } from '../../nodes/HyperBackup/dsm/DsmClient';
import { DsmError } from '../../nodes/HyperBackup/dsm/errors/DsmError';
import { httpRequest } from '../../nodes/HyperBackup/dsm/http/httpRequest';
import type { Dialect } from '../../nodes/HyperBackup/hyperBackup/task/dialects/Dialect';
import { TaskApi } from '../../nodes/HyperBackup/hyperBackup/task/TaskApi';
import { taskIdText } from '../../nodes/HyperBackup/hyperBackup/task/Task';
import type { RawTask } from '../../nodes/HyperBackup/hyperBackup/task/TaskSnapshot';
import type { OpenClient } from './connection/openClient';
import type { Recorder } from './connection/Recorder';
import { API_NAMES } from './redact/wireWords';

/** What the NAS said to one call. */
export type Reply =
	| { ok: true; data: unknown }
	| {
			ok: false;
			/** DSM's code; undefined if something other than a refusal came. */
			code?: number;
			/** The parameter that DSM names in its refusal. */
			parameter?: string;
			/** The package's kind of error. */
			kind: string;
	  };

export type Row = Record<string, unknown>;

export const isRow = (value: unknown): value is Row =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const rowOf = (value: unknown): Row => (isRow(value) ? value : {});

export const rowsOf = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isRow) : []);

/** More tasks than this are not asked singly: the probe is to take a minute. */
const MOST_TASKS = 20;

/** No task has this number. */
export const NO_SUCH_TASK = 2_147_483_000;

interface Tasks {
	dialect: Dialect;
	rows: RawTask[];
}

function namedIn(envelope: unknown): string | undefined {
	const { name } = rowOf(rowOf(rowOf(envelope).error).errors);
	return typeof name === 'string' ? name : undefined;
}

/** The NAS as the facts ask it. Each call is made once, however many facts rest on it. */
export class ProbedNas {
	private readonly replies = new Map<string, Promise<Reply>>();

	private listed?: Promise<Tasks | undefined>;

	private constructor(
		readonly connection: OpenClient,
		readonly recorder: Recorder,
		readonly apis: ApiList,
		/** Whether calls may be made for which the NAS connects to a backup's destination. */
		readonly mayReachDestinations: boolean,
	) {}

	static async meet(
		connection: OpenClient,
		recorder: Recorder,
		mayReachDestinations = false,
	): Promise<ProbedNas> {
		const apis = await connection.client.offered(API_NAMES);
		return new ProbedNas(connection, recorder, apis, mayReachDestinations);
	}

	offers(api: string): boolean {
		return this.apis[api] !== undefined;
	}

	async ask(call: Omit<Call, 'reads'>): Promise<Reply> {
		const key = JSON.stringify(call);
		const known = this.replies.get(key);
		if (known) return await known;
		const reply = this.put({ ...call, reads: true });
		this.replies.set(key, reply);
		return await reply;
	}

	/** Asked anew, whatever it said before. */
	async put(call: Call): Promise<Reply> {
		const { client } = this.connection;
		client.learn({ apis: { ...client.facts.apis, ...this.apis } });
		const before = this.recorder.last;
		try {
			return { ok: true, data: await client.call(call) };
		} catch (error) {
			if (!(error instanceof DsmError)) throw error;
			const last = this.recorder.last;
			const parameter = last === before ? undefined : namedIn(last?.envelope);
			return { ok: false, code: error.dsmCode, parameter, kind: error.kind };
		}
	}

	/** The same call with the session's cookie, and without its token. */
	async askWithoutToken(api: string, method: string): Promise<Reply> {
		const { client, options } = this.connection;
		const { sid } = await client.session();
		const envelope = await httpRequest(this.recorder.send, options, {
			method: 'POST',
			url: `${options.baseUrl}/webapi/${this.apis[api]?.path ?? 'entry.cgi'}`,
			headers: { Cookie: `id=${sid}` },
			body: new URLSearchParams({ api, method, version: '1' }),
		});
		return envelope.success
			? { ok: true, data: envelope.data }
			: { ok: false, code: envelope.code, kind: 'refused' };
	}

	/** The tasks as the package's nodes fetch them; undefined if they cannot be had. */
	async tasks(): Promise<Tasks | undefined> {
		this.listed ??= this.fetchTasks();
		return await this.listed;
	}

	/** The package's own reading of this NAS. */
	get taskApi(): TaskApi {
		return new TaskApi(this.connection.client, 'UTC');
	}

	/** The IDs of the first tasks that are no LUN tasks. */
	async taskNumbers(): Promise<number[]> {
		const rows = (await this.tasks())?.rows ?? [];
		return rows.flatMap(({ task_id }) => (typeof task_id === 'number' ? [task_id] : []));
	}

	/** `status` of the first tasks, with `blOnline` off, as the nodes ask for it. */
	async statuses(): Promise<Row[]> {
		const tasks = await this.tasks();
		if (!tasks?.dialect.statusAddsToList) return [];
		const statuses: Row[] = [];
		for (const { task_id } of tasks.rows.slice(0, MOST_TASKS)) {
			const reply = await this.ask(tasks.dialect.status(taskIdText(task_id)));
			if (reply.ok) statuses.push(rowOf(reply.data));
		}
		return statuses;
	}

	private async fetchTasks(): Promise<Tasks | undefined> {
		if (!this.offers('SYNO.Backup.Task')) return undefined;
		try {
			return await this.taskApi.fetchRows();
		} catch (error) {
			if (error instanceof DsmError) return undefined;
			throw error;
		}
	}
}
