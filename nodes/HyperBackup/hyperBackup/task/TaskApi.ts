import type { IDataObject, INode } from 'n8n-workflow';
import { callAll, callSingly, callTogether, type MemberAnswer } from '../../dsm/compound';
import type { Call, DsmClient } from '../../dsm/DsmClient';
import { CREDENTIAL_TYPE } from '../../dsm/DsmContext';
import { dsmErrorOf, type DsmError } from '../../dsm/errors/DsmError';
import type { LastResponse } from '../../dsm/http/parseResponse';
import {
	CLOCK_CALL,
	readClock,
	rememberClock,
	type ClockReading,
	type NasClock,
} from '../clock/NasClock';
import { DIALECTS, inOtherDialect } from './dialects';
import type { Action, Dialect } from './dialects/Dialect';
import { asRow, isRow, text, type Task, type TaskStatus } from './Task';
import type { RawTask, TaskSnapshot } from './TaskSnapshot';

/** A response twice: as users see it, and as the NAS sent it. */
export interface WithRaw<T> {
	model: T;
	raw: IDataObject;
}

/** Rows with the dialect that requested them: no other may read them. */
export interface TaskRows {
	dialect: Dialect;
	rows: RawTask[];
}

export interface Details {
	/** In the order of the IDs; undefined for a task whose details could not be read. */
	rows: Array<RawTask | undefined>;
	/** undefined if the NAS's clock could not be read. */
	reading?: ClockReading;
	/** Whether the NAS was asked for its clock and responded, if only with a refusal. */
	clockAnswered: boolean;
	/** To what was wanted beside; undefined for what was not asked, or has no answer. */
	more: Array<MemberAnswer | undefined>;
}

/** Milliseconds: a name is worth no longer wait. */
const LONGEST_NAME_REQUEST = 10_000;

/** Milliseconds: figures may not hold back what decides about an alert. */
const LONGEST_WITH_MORE = 10_000;

interface TaskAndMore {
	row: RawTask;
	answers: MemberAnswer[];
}

/** `SYNO.Entry.Request` takes this many calls without trouble. */
const CALLS_PER_REQUEST = 100;
/** Where compound requests are refused, single ones take their place for this many tasks. */
const SINGLE_CALLS = 5;

/**
 * Refused for good, or by something in between: single calls may still get through. A time-out or a
 * lost connection will not.
 */
function mayTrySingly(error: DsmError): boolean {
	return !['timeout', 'unreachable', 'tls', 'loginRefused', 'sessionInvalid'].includes(error.kind);
}

/** The tasks of one NAS, in whichever dialect it offers. */
export class TaskApi {
	/** How users call this NAS, the name of the credential: it stands in every item. */
	readonly nas: string | null;

	/** `node`: whose credential the client has. */
	constructor(
		readonly client: DsmClient,
		readonly workflowZone: string,
		node?: INode,
	) {
		this.nas = node?.credentials?.[CREDENTIAL_TYPE]?.name ?? null;
	}

	/** Carries `work` out in the dialect of the NAS. `lists`: the work begins with `list`. */
	async inDialect<T>(work: (dialect: Dialect) => Promise<T>, lists = false): Promise<T> {
		const assumed = this.client.facts.dialect === 'documented' ? 'documented' : 'dsm';
		try {
			return await work(DIALECTS[assumed]);
		} catch (error) {
			return await inOtherDialect(this.client, work, assumed, error, lists);
		}
	}

	/** Every task as the NAS sends it: one request. */
	async fetchRows(last?: LastResponse): Promise<TaskRows> {
		const list = async (dialect: Dialect): Promise<TaskRows> => ({
			dialect,
			rows: dialect.rows(await this.client.call({ last, ...dialect.list() })),
		});
		return await this.inDialect(list, true);
	}

	async list(): Promise<Array<WithRaw<Task>>> {
		return await this.toTasks(await this.fetchRows());
	}

	/** Rows as users see them. Without a `clock`, the NAS's is read once in some hours. */
	async toTasks({ dialect, rows }: TaskRows, clock?: NasClock): Promise<Array<WithRaw<Task>>> {
		const by = clock ?? (await readClock(this.client, this.workflowZone, { dialect, rows }));
		return rows.map((row) => ({
			model: this.named(dialect.task(row, by)),
			raw: row as IDataObject,
		}));
	}

	/** Milliseconds by which n8n's clock is ahead of the NAS's, as far as that is known. */
	async skew(): Promise<number> {
		const clock = await readClock(this.client, this.workflowZone);
		return clock.reading?.skew ?? this.client.skew;
	}

	async get(id: string): Promise<WithRaw<Task>> {
		return await this.getWith(id, []);
	}

	/**
	 * The same with other calls in the same request, where the dialect allows it. They are optional:
	 * each has its answer, in their order. `timeout` in milliseconds, for the whole.
	 */
	async getWith(
		id: string,
		more: Call[],
		timeout?: number,
	): Promise<WithRaw<Task> & { answers: MemberAnswer[] }> {
		return await this.inDialect(async (dialect) => {
			const { row, answers } = dialect.isCompound
				? await this.together(dialect.get(id), more, timeout)
				: await this.apart(dialect.get(id), more, timeout);
			const clock = await readClock(this.client, this.workflowZone, { dialect, rows: [row] });
			const model = { ...dialect.taskDetails(row, clock), task_id: id };
			return { model: this.named(model), raw: row as IDataObject, answers };
		});
	}

	async getStatus(id: string): Promise<WithRaw<TaskStatus>> {
		return await this.inDialect(async (dialect) => {
			const row = asRow(await this.client.call(dialect.status(id)), id);
			const clock = await readClock(this.client, this.workflowZone, { dialect, rows: [row] });
			return { model: dialect.taskStatus(row, id, clock), raw: row as IDataObject };
		});
	}

	/** The same with the task's name: one request. null where the NAS does not show the name. */
	async getStatusAndName(id: string): Promise<WithRaw<TaskStatus> & { name: string | null }> {
		return await this.inDialect(async (dialect) => {
			const { row, name } = dialect.nameHasStatus
				? await this.namedRow(dialect, id)
				: await this.statusBesideName(dialect, id);
			const clock = await readClock(this.client, this.workflowZone, { dialect, rows: [row] });
			return { model: dialect.taskStatus(row, id, clock), raw: row as IDataObject, name };
		});
	}

	/** The task's name as the NAS has it now; null where it does not show it, whatever the reason. */
	async nameOf(id: string): Promise<string | null> {
		try {
			return await this.inDialect(async (dialect) => (await this.namedRow(dialect, id)).name);
		} catch {
			return null;
		}
	}

	private async namedRow(dialect: Dialect, id: string) {
		const call = { ...dialect.nameOf(id), timeout: LONGEST_NAME_REQUEST };
		const row = asRow(await this.client.call(call), id);
		return { row, name: text(row.name) || null };
	}

	private async statusBesideName(dialect: Dialect, id: string) {
		const calls = [dialect.status(id), dialect.nameOf(id)];
		const [status, named] = await callTogether(this.client, calls, { needed: [calls[0]!] });
		if ('error' in status!) throw status.error;
		const row = asRow(status!.data, id);
		return { row, name: text(dataOf(named)?.name) || null };
	}

	/**
	 * The task as runs are followed by it. Only the list of the documented dialect has the time of
	 * the last backup.
	 */
	async fetchSnapshot(
		id: string,
	): Promise<{ snapshot: TaskSnapshot; row: RawTask; dialect: Dialect } | undefined> {
		return await this.inDialect(async (dialect) => {
			if (dialect.statusAddsToList) {
				const row = asRow(await this.client.call(dialect.status(id)), id);
				return { snapshot: dialect.snapshot(row, id), row, dialect };
			}
			const rows = dialect.rows(await this.client.call(dialect.list()));
			const row = rows.find((candidate) => dialect.snapshot(candidate).id === id);
			return row && { snapshot: dialect.snapshot(row), row, dialect };
		});
	}

	/**
	 * DSM's success means accepted, not done. `state` is the task's own word, which DSM's cancel and
	 * suspend require. Nothing is sent in a stopped execution, unless `afterStop`.
	 */
	async act(action: Action, id: string, state?: string, afterStop = false): Promise<void> {
		await this.inDialect(async (dialect) => {
			await this.client.call({ ...dialect.action(action, id, state), afterStop });
		});
	}

	/**
	 * What `status` adds to rows of the list, and the NAS's clock: one request for each hundred
	 * tasks. Optional by nature, so whatever goes wrong with the requests leaves the details out and
	 * is no error. `more` rides in the first request, as far as there is room: it costs none.
	 */
	async fetchDetails(dialect: Dialect, ids: string[], more: Call[] = []): Promise<Details> {
		const details: Details = { rows: [], clockAnswered: false, more: [] };
		if (!dialect.statusAddsToList) return details;
		for (let start = 0; start < Math.max(ids.length, 1); start += CALLS_PER_REQUEST) {
			const calls = ids.slice(start, start + CALLS_PER_REQUEST).map((id) => dialect.status(id));
			const room = start === 0 ? CALLS_PER_REQUEST - calls.length : 0;
			const wanted = start === 0 ? [...calls, CLOCK_CALL] : calls;
			const answers = await this.optionally(wanted, more.slice(0, room));
			calls.forEach((_call, index) => details.rows.push(dataOf(answers[index])));
			if (start === 0) this.keepClock(answers[calls.length], details);
			if (start === 0) details.more = answers.slice(wanted.length);
		}
		return details;
	}

	private keepClock(answer: MemberAnswer | undefined, details: Details): void {
		if (answer === undefined || ('error' in answer && answer.error.transient)) return;
		details.clockAnswered = true;
		details.reading = rememberClock(this.client, 'data' in answer ? answer.data : undefined);
	}

	/**
	 * The responses to these calls as far as they can be had; undefined for the others. Those to
	 * `more` only come in the same request: where it fails, it is sent once without them.
	 */
	private async optionally(calls: Call[], more: Call[]): Promise<Array<MemberAnswer | undefined>> {
		let answers: MemberAnswer[];
		try {
			const timeout = more.length > 0 ? LONGEST_WITH_MORE : undefined;
			answers = await callAll(this.client, [...calls, ...more], timeout);
		} catch (error) {
			if (more.length > 0) return await this.optionally(calls, []);
			const refusal = dsmErrorOf(error);
			if (!mayTrySingly(refusal) || calls.length > SINGLE_CALLS + 1) return [];
			answers = calls.map(() => ({ error: refusal }));
		}
		const settled: Array<MemberAnswer | undefined> = [];
		for (const [index, answer] of answers.entries()) {
			const needed = index <= SINGLE_CALLS && index < calls.length;
			const retry = needed && 'error' in answer && mayTrySingly(answer.error);
			settled.push(retry ? await callSingly(this.client, calls[index]!) : answer);
		}
		return settled;
	}

	private named(task: Task): Task {
		return { ...task, nas: this.nas };
	}

	/** A NAS that takes no compound requests, or left a response out, is asked singly. */
	private async together(calls: Call[], more: Call[], timeout?: number): Promise<TaskAndMore> {
		const all = [...calls, ...more];
		const answers = await callTogether(this.client, all, { timeout, needed: more });
		const parts = answers.slice(0, calls.length).map((answer) => {
			if ('error' in answer) throw answer.error;
			return asRow(answer.data);
		});
		return { row: Object.assign({}, ...parts) as RawTask, answers: answers.slice(calls.length) };
	}

	private async apart(calls: Call[], more: Call[], timeout?: number): Promise<TaskAndMore> {
		const parts: RawTask[] = [];
		for (const call of calls) parts.push(asRow(await this.client.call(call)));
		const answers =
			more.length === 0 ? [] : await callTogether(this.client, more, { timeout, needed: more });
		return { row: Object.assign({}, ...parts) as RawTask, answers };
	}
}

const dataOf = (answer: MemberAnswer | undefined): RawTask | undefined =>
	answer !== undefined && 'data' in answer && isRow(answer.data) ? answer.data : undefined;
