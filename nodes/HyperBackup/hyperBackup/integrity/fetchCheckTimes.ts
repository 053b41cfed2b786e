import { callTogether } from '../../dsm/compound';
import { readClock, type NasClock } from '../clock/NasClock';
import { targetCall } from '../destinations/targetCall';
import { isRow } from '../task/Task';
import type { TaskApi } from '../task/TaskApi';
import { readCheckTime, type CheckTime } from './checkTime';

/** Refused for this one task; anything else concerns them all. */
const ONE_TASK = ['refused', 'parameter'];

/**
 * When each of these tasks was checked last, in their order: one request. A task whose destination
 * the NAS refuses to show is `unreadable`.
 */
export async function fetchCheckTimes(
	api: TaskApi,
	ids: string[],
): Promise<{ times: CheckTime[]; clock: NasClock }> {
	const calls = ids.map((id) => targetCall(id));
	const answers = await callTogether(api.client, calls, { needed: calls.slice(0, 1) });
	const clock = await readClock(api.client, api.workflowZone);
	const times = answers.map((answer) => {
		if ('error' in answer && !ONE_TASK.includes(answer.error.kind)) throw answer.error;
		const data = 'data' in answer && isRow(answer.data) ? answer.data : {};
		return readCheckTime(data.last_detect_time, clock);
	});
	return { times, clock };
}
