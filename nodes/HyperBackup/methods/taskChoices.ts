import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { asNodeError } from '../n8n/nodeErrors';
import type { Task } from '../hyperBackup/task/Task';
import { TaskApi } from '../hyperBackup/task/TaskApi';
import { DsmClient } from '../dsm/DsmClient';

export interface TaskChoice {
	name: string;
	value: string;
	task: Task;
}

/**
 * The value a form keeps for a task. A LUN task has its name as ID: one that is called like a number is put in quotes, or it would be taken for that
 * number; so is one whose name begins with `=`, which n8n would evaluate.
 */
function formValue(rawId: unknown, id: string): string {
	return typeof rawId === 'string' && /^(\d+$|["=])/.test(rawId) ? `"${id}"` : id;
}

/** Every task on the NAS for the editor to offer, sorted by name. Names that occur twice carry their ID. */
export async function taskChoices(context: ILoadOptionsFunctions): Promise<TaskChoice[]> {
	try {
		const api = new TaskApi(await DsmClient.connect(context), context.getTimezone());
		const told = await api.list();
		const documented = (await api.dialect()) === 'documented';
		const named = new Map<string, number>();
		for (const { model } of told) named.set(model.name, (named.get(model.name) ?? 0) + 1);
		const twice = (name: string): boolean => named.get(name)! > 1;
		return told
			.map(({ model, raw }) => ({
				name: twice(model.name) ? `${model.name} (ID ${model.task_id})` : model.name,
				value: documented ? model.task_id : formValue(raw.task_id, model.task_id),
				task: model,
			}))
			.sort((a, b) => a.name.localeCompare(b.name));
	} catch (error) {
		throw asNodeError(context.getNode(), error);
	}
}
