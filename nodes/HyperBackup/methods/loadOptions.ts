import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { taskChoices } from './taskChoices';

export async function getTasks(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return (await taskChoices(this)).map(({ name, value, task }) => ({
		name,
		value,
		description: task.destination,
	}));
}
