import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { taskChoices } from './taskChoices';

/** The tasks whose name contains what was typed. */
export async function searchTasks(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const wanted = (filter ?? '').trim().toLowerCase();
	const choices = await taskChoices(this);
	return {
		results: choices
			.filter(
				({ name, value }) =>
					wanted === '' || name.toLowerCase().includes(wanted) || value === wanted,
			)
			.map(({ name, value }) => ({ name, value })),
	};
}
