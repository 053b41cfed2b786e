import type { IDataObject } from 'n8n-workflow';
import { callAll, type MemberAnswer } from '../../dsm/compound';
import type { Call, DsmClient } from '../../dsm/DsmClient';
import { DsmError } from '../../dsm/errors/DsmError';
import type { Parameters } from '../../dsm/http/encodeParameters';
import {
	DIALECTS,
	TASK_API,
	TASK_VERSION,
	type Action,
	type Dialect,
	type DialectName,
	type Method,
} from './dialects/dialects';
import { CLOCK_CALL, readClock, rememberClock } from '../clock/readClock';
import {
	taskDetailsFromDsm,
	taskFromDocumented,
	taskFromDsm,
	type RawTask,
	type Task,
} from './Task';
import { statusFromDocumented, statusFromDsm, type TaskStatus } from './TaskStatus';

/** An answer twice: as users see it, and as the NAS sent it. */
export interface WithRaw<T> {
	model: T;
	raw: IDataObject;
}

/** DSM's numbers go bare and LUN tasks' names quoted; `"12"` (with the quotes) is a LUN task that is called 12. */
export function taskIdValue(id: string): string | number {
	if (/^".*"$/s.test(id)) return id.slice(1, -1);
	return /^\d{1,15}$/.test(id) ? Number(id) : id;
}

const isRow = (data: unknown): data is RawTask =>
	typeof data === 'object' && data !== null && !Array.isArray(data);

function asRow(data: unknown): RawTask {
	if (isRow(data)) return data;
	throw new DsmError({
		kind: 'badAnswer',
		message: 'The NAS left the task out of its answer',
		description: 'Try again; if it stays, look at the task in Hyper Backup.',
	});
}

/** The result, or DSM's "no such method" (103). Everything else is thrown on. */
async function noSuchMethod<T>(work: Promise<T>): Promise<{ result: T } | { refusal: DsmError }> {
	return await work.then(
		(result) => ({ result }),
		async (error: unknown) =>
			error instanceof DsmError && error.dsmCode === 103
				? { refusal: error }
				: await Promise.reject(error),
	);
}

/** Hyper Backup's tasks on one NAS, in whichever dialect it speaks. Times need the workflow's zone only if the NAS does not tell its clock. */
export class TaskApi {
	constructor(
		private readonly client: DsmClient,
		private readonly workflowZone: string,
	) {}

	/** The dialect this NAS is known, or until then assumed, to speak. */
	async dialect(): Promise<DialectName> {
		return this.client.facts.dialect === 'documented' ? 'documented' : 'dsm';
	}

	/** Every task as the NAS sends it, in one request. */
	async rows(): Promise<RawTask[]> {
		return await this.speak(async (dialect) => {
			const data = (await this.client.call(this.form(dialect, 'list'))) as
				{ tasks?: unknown; task_list?: unknown; total?: unknown } | null | undefined;
			const rows = dialect.name === 'documented' ? data?.tasks : data?.task_list;
			// Without these a damaged answer would read as "there are no tasks", or as tasks deleted.
			const total = typeof data?.total === 'number' ? data.total : undefined;
			if (Array.isArray(rows) && rows.every(isRow) && (total === undefined || total <= rows.length))
				return rows;
			throw new DsmError({
				kind: 'badAnswer',
				message: 'The NAS left the list of tasks out of its answer',
				description: 'Try again; if it stays, look at Hyper Backup on the NAS.',
			});
		});
	}

	async list(): Promise<Array<WithRaw<Task>>> {
		return await this.tell(await this.rows());
	}

	/** Rows from `rows()` as users see them. */
	async tell(rows: RawTask[]): Promise<Array<WithRaw<Task>>> {
		if ((await this.dialect()) === 'documented')
			return rows.map((row) => ({ model: taskFromDocumented(row), raw: row as IDataObject }));
		const toUnixTime = await readClock(this.client, this.workflowZone, rows);
		return rows.map((row) => ({ model: taskFromDsm(row, toUnixTime), raw: row as IDataObject }));
	}

	async get(id: string): Promise<WithRaw<Task>> {
		return await this.speak(async (dialect) => {
			if (dialect.name === 'documented') {
				const row = asRow(await this.client.call(this.form(dialect, 'get', id)));
				return { model: { ...taskFromDocumented(row), task_id: id }, raw: row as IDataObject };
			}
			// `get` knows the sources and the destination, `status` how the task is: one request for both.
			const raw = await this.together([
				this.form(dialect, 'get', id),
				this.form(dialect, 'getStatus', id),
			]);
			const toUnixTime = await readClock(this.client, this.workflowZone, [raw]);
			return { model: taskDetailsFromDsm(raw, toUnixTime), raw: raw as IDataObject };
		});
	}

	async getStatus(id: string): Promise<WithRaw<TaskStatus>> {
		return await this.speak(async (dialect) => {
			const raw = asRow(await this.client.call(this.form(dialect, 'getStatus', id)));
			if (dialect.name === 'documented')
				return { model: statusFromDocumented(raw, id), raw: raw as IDataObject };
			const toUnixTime = await readClock(this.client, this.workflowZone, [raw]);
			return { model: statusFromDsm(raw, id, toUnixTime), raw: raw as IDataObject };
		});
	}

	/** DSM's success means accepted, not done. `state` is the task's own, which DSM's cancel and suspend ask for. */
	async act(action: Action, id: string, state?: string): Promise<void> {
		await this.speak(async (dialect) => {
			const form = this.form(dialect, action, id);
			const needsState = dialect.name === 'dsm' && (action === 'cancel' || action === 'suspend');
			await this.client.call(
				needsState
					? { ...form, parameters: { ...form.parameters, task_state: state ?? 'backupable' } }
					: form,
			);
		});
	}

	/**
	 * What `status` adds to rows of `rows()`, and the NAS's clock, for as many tasks as given: one request for each hundred. Undefined for a task
	 * that could not be asked, and for all in the documented dialect, whose list tells everything.
	 */
	async details(ids: string[]): Promise<{ rows: Array<RawTask | undefined>; ntp: unknown }> {
		if ((await this.dialect()) === 'documented')
			return { rows: ids.map(() => undefined), ntp: undefined };
		const rows: Array<RawTask | undefined> = [];
		let ntp: unknown;
		for (let start = 0; start < Math.max(ids.length, 1); start += 100) {
			const calls = ids
				.slice(start, start + 100)
				.map((id) => this.form(DIALECTS.dsm, 'getStatus', id));
			const answers = await callAll(this.client, start === 0 ? [...calls, CLOCK_CALL] : calls);
			for (const [index, call] of calls.entries())
				rows.push(await this.detail(call, answers[index]!));
			const clock = answers[calls.length];
			if (clock && 'data' in clock) ntp = clock.data;
		}
		if (ntp !== undefined) rememberClock(await this.client.session(), ntp);
		return { rows, ntp };
	}

	private async detail(call: Call, answer: MemberAnswer): Promise<RawTask | undefined> {
		if ('data' in answer)
			return typeof answer.data === 'object' && answer.data !== null
				? (answer.data as RawTask)
				: undefined;
		if (answer.error.kind !== 'badAnswer') return undefined;
		return await this.client.call(call).then(
			(data) => asRow(data),
			async (error: unknown) =>
				error instanceof DsmError && !error.transient ? undefined : await Promise.reject(error),
		);
	}

	private form(dialect: Dialect, name: Method, id?: string): Call {
		const { method, http, reads, parameters } = dialect.methods[name];
		const task: Parameters =
			id === undefined ? {} : { task_id: dialect.name === 'documented' ? id : taskIdValue(id) };
		return {
			api: TASK_API,
			version: TASK_VERSION,
			method,
			http,
			reads,
			raw: dialect.raw,
			parameters: { ...task, ...parameters },
		};
	}

	/** Runs `work` in the NAS's dialect. 103 (no such method) alone means it was the other one: nothing was carried out, so the other is tried. */
	private async speak<T>(work: (dialect: Dialect) => Promise<T>): Promise<T> {
		const first = await this.dialect();
		const told = await noSuchMethod(work(DIALECTS[first]));
		if ('result' in told) return told.result;
		const other: DialectName = first === 'dsm' ? 'documented' : 'dsm';
		const second = await noSuchMethod(work(DIALECTS[other]));
		// Neither dialect has the method: the first answer says so in the NAS's own.
		if (!('result' in second)) throw told.refusal;
		this.client.learn({ dialect: other === 'documented' ? other : undefined });
		return second.result;
	}

	private async together(calls: Call[]): Promise<RawTask> {
		const parts: RawTask[] = [];
		for (const [index, answer] of (await callAll(this.client, calls)).entries()) {
			// A NAS that takes no compounds, or left this one's answer out, is asked singly.
			const unanswered = 'error' in answer && answer.error.kind === 'badAnswer';
			if ('error' in answer && !unanswered) throw answer.error;
			parts.push(asRow('data' in answer ? answer.data : await this.client.call(calls[index]!)));
		}
		return Object.assign({}, ...parts) as RawTask;
	}
}
