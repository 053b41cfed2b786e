import { DsmError } from '../dsm/errors/DsmError';
import { quoted } from '../hyperBackup/task/describeState';
import { namedAs } from '../hyperBackup/task/namedAs';
import type { Task } from '../hyperBackup/task/Task';
import type { TaskApi } from '../hyperBackup/task/TaskApi';
import { TaskError } from '../hyperBackup/task/TaskError';

export interface ChosenTask {
	/** As `taskIdText` gives it. */
	id: string;
	/** As the NAS has it now; undefined where the way the task was chosen does not show it. */
	name?: string;
	/** For sentences, see `labelOf`: the name if it is known, else the ID. */
	title: string;
}

/** The task in a sentence. */
export const labelOf = ({ title }: ChosenTask): string => quoted(title);

const MAX_SHOWN = 20;

/** For a sentence: the tasks there are. */
function existing(tasks: Task[], describe: (task: Task) => string): string {
	if (tasks.length === 0) return 'There is no backup task on this NAS.';
	const shown = tasks.slice(0, MAX_SHOWN).map(describe).join(', ');
	const more = tasks.length > MAX_SHOWN ? ` and ${tasks.length - MAX_SHOWN} more` : '';
	return `Tasks on this NAS: ${shown}${more}.`;
}

const withId = (task: Task): string => `${quoted(task.name)} (ID ${task.task_id})`;

/** The one task of this name; otherwise a sentence that lists the candidates. */
function findByName(tasks: Task[], name: string): Task {
	const matches = namedAs(tasks, name, (task) => task.name);
	if (matches.length === 1) return matches[0]!;
	if (matches.length > 1) {
		throw new TaskError(
			`The name ${quoted(name)} fits ${matches.length} tasks: ${matches.map(withId).join(', ')}`,
			'Choose one by its ID, or rename one of them in Hyper Backup.',
		);
	}
	throw new TaskError(
		`There is no task ${quoted(name)} on this NAS`,
		existing(tasks, (task) => quoted(task.name)),
	);
}

const models = async (api: TaskApi): Promise<Task[]> =>
	(await api.list()).map(({ model }) => model);

/** Throws a sentence that lists the tasks there are, if there is none of this ID. */
export async function rejectUnknownId(api: TaskApi, id: string): Promise<void> {
	const tasks = await models(api);
	if (tasks.some((task) => task.task_id === id)) return;
	throw new TaskError(
		`There is no task with ID ${quoted(id)} on this NAS`,
		existing(tasks, withId),
	);
}

/** The task of this name: one request. */
export async function taskByName(api: TaskApi, name: string): Promise<ChosenTask> {
	const task = findByName(await models(api), name);
	return { id: task.task_id, name: task.name, title: task.name };
}

/** Hyper Backup's own codes: the task may not exist. */
const isRefusal = ({ kind, dsmCode = 0 }: DsmError): boolean =>
	kind === 'refused' && dsmCode >= 4400 && dsmCode < 4500;

/** Puts the task and what did not happen to it in front of what the NAS said. */
export function aboutTask(task: ChosenTask, outcome: string, error: DsmError): DsmError {
	const { kind, description, dsmCode, httpStatus } = error;
	return new DsmError({
		kind,
		message: `Task ${labelOf(task)} ${outcome}. ${error.message}`,
		description,
		dsmCode,
		httpStatus,
	});
}

/**
 * The same for an error that is thrown; a task that does not exist gets a sentence of its own (one
 * more request).
 */
export async function taskError(
	api: TaskApi,
	task: ChosenTask,
	outcome: string,
	error: unknown,
): Promise<unknown> {
	if (!(error instanceof DsmError)) return error;
	if (isRefusal(error)) {
		try {
			await rejectUnknownId(api, task.id);
		} catch (unknownId) {
			if (!(unknownId instanceof DsmError)) return unknownId;
		}
	}
	return aboutTask(task, outcome, error);
}

/** The result of `work`; a refusal of the NAS gets the task's name and the outcome in front. */
export async function withTaskContext<T>(
	api: TaskApi,
	task: ChosenTask,
	outcome: string,
	work: Promise<T>,
): Promise<T> {
	try {
		return await work;
	} catch (error) {
		throw await taskError(api, task, outcome, error);
	}
}
