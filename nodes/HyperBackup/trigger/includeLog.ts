import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { fetchRunLogs, type LoggedRun } from '../hyperBackup/logs/runLog';
import type { RunReport } from '../hyperBackup/runs/runReport';
import type { Task } from '../hyperBackup/task/Task';
import { connectBesideTasks, type PollResult } from './fetchTasks';
import type { TriggerParameters } from './triggerParameters';

/** Of a RunReport, as it stands in an item. */
type RunFields = IDataObject & Pick<RunReport, 'outcome' | 'started_time' | 'finished_time'>;

const EXPLAINED = ['backupFailed', 'backupPartial', 'backupOutcomeUnknown'];

function runOf({ event, task, run }: IDataObject): LoggedRun | undefined {
	if (!EXPLAINED.includes(String(event)) || !task || !run) return undefined;
	const { task_id: taskId, name } = task as Task;
	const { outcome, started_time: started, finished_time: finished } = run as RunFields;
	return { taskId, name, outcome, started, finished };
}

/**
 * For *Include Log*: the entries that explain runs that did not go well, in their items. One
 * request, whose failure shows in the items and holds back none of them.
 */
export async function includeLog(
	context: IPollFunctions,
	parameters: TriggerParameters,
	{ clock }: PollResult,
	items: IDataObject[],
): Promise<void> {
	const wanted = items.flatMap((item) => {
		const run = runOf(item);
		return run ? [{ item, run }] : [];
	});
	if (wanted.length === 0) return;
	const api = await connectBesideTasks(context, parameters);
	const logs = await fetchRunLogs(
		api,
		wanted.map(({ run }) => run),
		clock,
	);
	for (const [index, { item }] of wanted.entries()) Object.assign(item, logs[index]!.fields);
}
