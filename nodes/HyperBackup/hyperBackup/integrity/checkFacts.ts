import { callSingly, callTogether, type MemberAnswer } from '../../dsm/compound';
import { dsmErrorOf, type DsmError } from '../../dsm/errors/DsmError';
import { readClock, type NasClock } from '../clock/NasClock';
import { targetCall } from '../destinations/targetCall';
import type { Dialect } from '../task/dialects/Dialect';
import { asRow, isRow, text } from '../task/Task';
import type { TaskApi } from '../task/TaskApi';
import { TaskError } from '../task/TaskError';
import type { RawTask, TaskSnapshot } from '../task/TaskSnapshot';
import { checkEntries, checkLogCall, type CheckEntry } from './checkLog';
import { readCheckTime, type CheckTime } from './checkTime';

/** Everything a NAS shows about the integrity checks of one task, at one moment. */
export interface CheckFacts {
	/** null if the NAS did not show it. */
	name: string | null;
	row: RawTask;
	snapshot: TaskSnapshot;
	/** The documented API shows no check under way. */
	dialect: Dialect;
	lastCheck: CheckTime;
	/** The newest first; undefined if the log could not be read. */
	log?: CheckEntry[];
	clock: NasClock;
}

/** The task in its dialect, and its name. */
interface TaskPart {
	row: RawTask;
	name: string | null;
	dialect: Dialect;
	target: MemberAnswer;
	log: MemberAnswer;
}

/** Without it there is nothing to say; the others may be refused. */
const isHopeless = ({ kind }: DsmError): boolean => kind !== 'refused' && kind !== 'parameter';

function dataOf(answer: MemberAnswer): unknown {
	if ('error' in answer) throw answer.error;
	return answer.data;
}

/** One request; single ones on a NAS that takes no compound requests. */
async function dsmPart(api: TaskApi, id: string, dialect: Dialect): Promise<TaskPart> {
	const needed = [...dialect.get(id), targetCall(id)];
	const calls = [...needed, checkLogCall(id)];
	const answers = await callTogether(api.client, calls, { needed });
	const [get, status, target, log] = answers as [
		MemberAnswer,
		MemberAnswer,
		MemberAnswer,
		MemberAnswer,
	];
	const row = asRow(dataOf(status));
	// Not every kind of task has to have a `get`.
	const details = 'data' in get && isRow(get.data) ? get.data : {};
	return { row, name: text(details.name) || text(row.name) || null, dialect, target, log };
}

/** The documented API has a list and no compound requests. */
async function documentedPart(api: TaskApi, id: string, dialect: Dialect): Promise<TaskPart> {
	const rows = dialect.rows(await api.client.call(dialect.list()));
	const row = rows.find((candidate) => dialect.snapshot(candidate).id === id);
	if (row === undefined) {
		throw new TaskError(`There is no task with ID '${id}' on this NAS`, 'Choose another task.');
	}
	const target = await callSingly(api.client, targetCall(id));
	const log = await callSingly(api.client, checkLogCall(id));
	return { row, name: text(row.name) || null, dialect, target, log };
}

/** Its refusal leaves the time of the last check out; that the API is missing is an error. */
function targetOf({ target }: TaskPart): Record<string, unknown> {
	if ('error' in target) {
		if (isHopeless(target.error)) throw target.error;
		return {};
	}
	return isRow(target.data) ? target.data : {};
}

function logOf({ log, name }: TaskPart, clock: NasClock): CheckEntry[] | undefined {
	if ('error' in log || name === null) return undefined;
	try {
		return checkEntries(log.data, name, clock);
	} catch (error) {
		dsmErrorOf(error);
		return undefined;
	}
}

/** Throws where the task or its destination cannot be read; the log is optional. */
export async function fetchCheckFacts(api: TaskApi, id: string): Promise<CheckFacts> {
	const part = await api.inDialect(async (dialect) =>
		dialect.statusAddsToList
			? await dsmPart(api, id, dialect)
			: await documentedPart(api, id, dialect),
	);
	const target = targetOf(part);
	const clock = await readClock(api.client, api.workflowZone);
	const { row, name, dialect } = part;
	return {
		name,
		row,
		snapshot: dialect.statusAddsToList ? dialect.snapshot(row, id) : dialect.snapshot(row),
		dialect,
		lastCheck: readCheckTime(target.last_detect_time, clock),
		log: logOf(part, clock),
		clock,
	};
}
