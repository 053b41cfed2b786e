import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { DsmClient } from '../dsm/DsmClient';
import { TaskApi } from '../hyperBackup/task/TaskApi';
import { asNodeError } from '../n8n/nodeErrors';
import type { Task } from '../hyperBackup/task/Task';

export interface TaskChoice {
	name: string;
	value: string;
	task: Task;
}

/**
 * Every task on the NAS for the editor to offer, sorted by name. Names that occur twice carry their
 * ID.
 */
export async function taskChoices(context: ILoadOptionsFunctions): Promise<TaskChoice[]> {
	try {
		const api = new TaskApi(await DsmClient.connect(context), context.getTimezone());
		const tasks = (await api.list()).map(({ model }) => model);
		const named = new Map<string, number>();
		for (const { name } of tasks) named.set(name, (named.get(name) ?? 0) + 1);
		const twice = (name: string): boolean => named.get(name)! > 1;
		return tasks
			.map((task) => ({
				name: twice(task.name) ? `${task.name} (ID ${task.task_id})` : task.name,
				value: task.task_id,
				task,
			}))
			.sort((a, b) => a.name.localeCompare(b.name));
	} catch (error) {
		throw asNodeError(context.getNode(), error);
	}
}
