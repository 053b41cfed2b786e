import type { IExecuteFunctions, INodeParameterResourceLocator } from 'n8n-workflow';
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
	/** For sentences: the name if it is known, quoted, else the ID. */
	label: string;
}

const nothingChosen = (): TaskError =>
	new TaskError(
		"No task is chosen: 'Task' is empty",
		'Select a task from the list, or enter its ID or name. If it comes from an expression, the ' +
			'expression is empty for this item.',
	);

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

/** *Task* as it is for this item. Throws a sentence if it names no task. */
export function readTaskParameter(
	context: IExecuteFunctions,
	item: number,
): { byName: boolean; value: string } {
	const parameter = context.getNodeParameter('taskId', item, '') as
		INodeParameterResourceLocator | string | number | null;
	const locator: { mode: string; value: unknown } =
		typeof parameter === 'object' && parameter !== null && 'mode' in parameter
			? parameter
			: { mode: 'id', value: parameter };
	const { mode, value = null } = locator;
	if (value !== null && typeof value !== 'string' && typeof value !== 'number') {
		const shown = JSON.stringify(value).slice(0, 60);
		throw new TaskError(
			`'Task' must be the ID or name of a task, and is ${shown}`,
			'Correct it. If it comes from an expression, check what the expression returns for ' +
				'this item.',
		);
	}
	const text = String(value ?? '').trim();
	if (text === '') throw nothingChosen();
	return { byName: mode === 'name', value: text };
}

/** The task that *Task* names for this item: by ID without a request, by name with one. */
export async function chosenTask(
	context: IExecuteFunctions,
	api: TaskApi,
	item: number,
): Promise<ChosenTask> {
	const { byName, value } = readTaskParameter(context, item);
	if (byName) {
		const task = findByName(await models(api), value);
		return { id: task.task_id, name: task.name, label: quoted(task.name) };
	}
	// The editor's cached name may be that of another NAS, or from before the task was renamed.
	return { id: value, label: quoted(value) };
}

/** Hyper Backup's own codes: the task may not exist. */
const isRefusal = ({ kind, dsmCode = 0 }: DsmError): boolean =>
	kind === 'refused' && dsmCode >= 4400 && dsmCode < 4500;

/** Puts the task and what did not happen to it in front of what the NAS said. */
export function aboutTask(task: ChosenTask, outcome: string, error: DsmError): DsmError {
	const { kind, description, dsmCode, httpStatus } = error;
	return new DsmError({
		kind,
		message: `Task ${task.label} ${outcome}. ${error.message}`,
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
