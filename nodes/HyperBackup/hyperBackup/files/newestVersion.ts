import type { DsmClient } from '../../dsm/DsmClient';
import { DsmError } from '../../dsm/errors/DsmError';
import { taskIdValue, text } from '../task/Task';
import { TaskError } from '../task/TaskError';

interface VersionRow {
	id: string;
	status: string;
}

/** The versions of a task, the newest first: their numbers are not contiguous. One request. */
async function versionsOf(client: DsmClient, taskId: string): Promise<VersionRow[]> {
	const data = await client.call({
		api: 'SYNO.Backup.Version',
		version: 2,
		method: 'list',
		reads: true,
		parameters: { task_id: taskIdValue(taskId) },
	});
	const { version_info_list: rows } = (data ?? {}) as { version_info_list?: unknown };
	if (!Array.isArray(rows)) {
		throw new DsmError({
			kind: 'badResponse',
			message: 'The NAS responded without a list of versions',
			description: 'Try again. If it keeps happening, restart Hyper Backup in Package Center.',
		});
	}
	return rows
		.map((row) => (row ?? {}) as Record<string, unknown>)
		.map((row) => ({ id: text(row.version_id), status: text(row.status) }))
		.filter(({ id }) => /^\d+$/.test(id))
		.sort((a, b) => Number(b.id) - Number(a.id));
}

/** The number of the newest version that was completed; `label` is the task in sentences. */
export async function newestGoodVersion(
	client: DsmClient,
	taskId: string,
	label: string,
): Promise<string> {
	const versions = await versionsOf(client, taskId);
	const newest = versions.find(({ status }) => status === 'success');
	if (newest) return newest.id;
	throw new TaskError(
		`Task ${label} has no version that was completed`,
		versions.length === 0
			? 'Run the backup once.'
			: `It has ${versions.length} others, the newest with the status '${versions[0]!.status}'. Run the backup once.`,
		{ outcome: 'no_version' },
	);
}

const MAX_SHOWN = 20;

/** Throws a sentence with the versions there are, if there is none of this number. */
export async function rejectUnknownVersion(
	client: DsmClient,
	taskId: string,
	versionId: string,
	label: string,
): Promise<void> {
	const versions = await versionsOf(client, taskId);
	const found = versions.find(({ id }) => id === versionId);
	if (found?.status === 'success') return;
	const good = versions.filter(({ status }) => status === 'success').map(({ id }) => id);
	throw new TaskError(
		found
			? `Version ${versionId} of task ${label} was not completed: its status is '${found.status}'`
			: `Task ${label} has no version ${versionId}`,
		`Completed versions: ${good.slice(0, MAX_SHOWN).join(', ') || 'none'}${good.length > MAX_SHOWN ? ', ...' : ''}.`,
	);
}
