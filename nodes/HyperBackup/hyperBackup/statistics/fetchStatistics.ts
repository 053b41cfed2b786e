import type { IDataObject } from 'n8n-workflow';
import { callTogether, type MemberAnswer } from '../../dsm/compound';
import type { Call } from '../../dsm/DsmClient';
import { partMissing } from '../../dsm/errors/DsmError';
import { readClock } from '../clock/NasClock';
import { targetCall } from '../destinations/targetCall';
import { asRow, isRow, taskIdValue } from '../task/Task';
import type { TaskApi, WithRaw } from '../task/TaskApi';
import { TaskError } from '../task/TaskError';
import { statisticsFromDsm, type Statistics } from './Statistics';

export const statisticCall = (taskId: string): Call => ({
	api: 'SYNO.SDS.Backup.Client.Common.Statistic',
	version: 1,
	method: 'get',
	reads: true,
	parameters: { task_id: taskIdValue(taskId) },
});

/** Throws if the destination keeps none, as it says itself. */
export function rejectWithoutStatistics(label: string, target: MemberAnswer): void {
	const { capability } = 'data' in target ? asRow(target.data) : {};
	if (!isRow(capability) || capability.support_statistics !== false) return;
	throw new TaskError(
		`The destination of task ${label} keeps no statistics`,
		"The kind of destination decides it: 'Destination: Get' shows it as 'supports_statistics'.",
		{ outcome: 'not_supported' },
	);
}

const LISTS = ['source_previous_next_list', 'target_previous_next_list'];

/** The response to `statisticCall`, checked. */
export function statisticsOf(answer: MemberAnswer): IDataObject {
	if ('error' in answer) throw answer.error;
	const data = asRow(answer.data) as IDataObject;
	if (LISTS.some((name) => Array.isArray(data[name]))) return data;
	throw partMissing('The NAS responded without statistics');
}

/** The last two runs of a task. One request; `label` is how sentences call the task. */
export async function fetchStatistics(
	api: TaskApi,
	{ id, label }: { id: string; label: string },
): Promise<WithRaw<Statistics>> {
	const calls = [targetCall(id), statisticCall(id)];
	const [target, statistic] = await callTogether(api.client, calls, { needed: [calls[1]!] });
	rejectWithoutStatistics(label, target!);
	const raw = statisticsOf(statistic!);
	const clock = await readClock(api.client, api.workflowZone);
	return { model: statisticsFromDsm(label, raw, clock), raw };
}
