import type { IDataObject } from 'n8n-workflow';
import { fetchVersions } from '../../hyperBackup/versions/fetchVersions';
import { withTaskContext, type ChosenTask } from '../../n8n/chosenTask';
import type { Invocation } from '../Invocation';

/** The versions of a task as the NAS sends them, the newest first. One request. */
export async function versionRows({ api }: Invocation, task: ChosenTask): Promise<IDataObject[]> {
	const work = fetchVersions(api.client, task.id);
	return await withTaskContext(api, task, 'did not show its versions', work);
}
