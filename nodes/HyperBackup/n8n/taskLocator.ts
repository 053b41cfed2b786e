import type { INodeParameterResourceLocator, INodeProperties } from 'n8n-workflow';
import type { Task } from '../hyperBackup/task/Task';
import { quoted, TaskError } from '../hyperBackup/task/TaskError';
import type { Invocation } from '../actions/Invocation';

/** Which task: from the NAS's list, by ID, or by name. Shown for the operations named. */
export function taskLocator(operations: string[]): INodeProperties {
	return {
		displayName: 'Task',
		name: 'taskId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'The backup task: its ID, or its name exactly as Get Many gives it',
		displayOptions: { show: { resource: ['task'], operation: operations } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a task...',
				typeOptions: { searchListMethod: 'searchTasks', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 7',
				hint: 'A number; for LUN backup tasks the name',
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. Nightly Backup',
				hint: 'Costs one more request to the NAS each time',
			},
		],
	};
}

export interface ChosenTask {
	id: string;
	/** Where the way it was chosen tells it. */
	name?: string;
	/** For sentences: the name if it is known, quoted, else the ID. */
	label: string;
}

function nothingChosen(): TaskError {
	return new TaskError(
		"No task is chosen: 'Task' is empty",
		'Select a task from the list, or enter its ID or name. If it comes from an expression, the expression gave nothing for this item.',
	);
}

/** The one task of this name; otherwise a sentence that names the candidates. */
function findByName(tasks: Task[], name: string): Task {
	const exact = tasks.filter((task) => task.name === name);
	const matches =
		exact.length > 0
			? exact
			: tasks.filter((task) => task.name.trim().toLowerCase() === name.trim().toLowerCase());
	if (matches.length === 1) return matches[0]!;
	if (matches.length > 1) {
		const candidates = matches
			.map((task) => `${quoted(task.name)} (ID ${task.task_id})`)
			.join(', ');
		throw new TaskError(
			`The name ${quoted(name)} fits ${matches.length} tasks: ${candidates}`,
			'Choose one by its ID, or rename one of them in Hyper Backup.',
		);
	}
	const shown = tasks.slice(0, 20).map((task) => quoted(task.name));
	const there =
		tasks.length === 0
			? 'There is no backup task on this NAS.'
			: `Tasks on this NAS: ${shown.join(', ')}${tasks.length > 20 ? ` and ${tasks.length - 20} more` : ''}.`;
	throw new TaskError(`There is no task ${quoted(name)} on this NAS`, there);
}

export async function chosenTask({ context, api, item }: Invocation): Promise<ChosenTask> {
	const parameter = context.getNodeParameter('taskId', item) as
		INodeParameterResourceLocator | string | number | undefined;
	const locator =
		typeof parameter === 'object' && parameter !== null
			? parameter
			: { mode: 'id', value: parameter };
	const value = String(locator.value ?? '').trim();
	if (value === '') throw nothingChosen();
	if (locator.mode === 'name') {
		const task = findByName(
			(await api.list()).map(({ model }) => model),
			value,
		);
		return { id: task.task_id, name: task.name, label: quoted(task.name) };
	}
	const shown =
		locator.mode === 'list' && 'cachedResultName' in locator && locator.cachedResultName
			? locator.cachedResultName
			: undefined;
	return { id: value, name: shown, label: quoted(shown ?? value) };
}
