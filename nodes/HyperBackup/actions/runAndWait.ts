import type { IDataObject } from 'n8n-workflow';
import type { RawTask, TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import { quoted, TaskError } from '../hyperBackup/task/TaskError';
import type { TaskApi } from '../hyperBackup/task/TaskApi';
import { act } from './act';
import type { Invocation } from './Invocation';
import { runReport } from './runReport';
import { withTaskContext } from '../n8n/withTaskContext';
import { chosenTask, type ChosenTask } from '../n8n/taskLocator';
import { glance, isStopped, waitForRun } from './waiting';
import { waitSettings, type WaitSettings } from './waitFields';

const isLive = ({ phase }: TaskSnapshot): boolean => phase === 'live';

const stateOf = ({ state }: RawTask): string | undefined =>
	typeof state === 'string' ? state : undefined;

/**
 * With its name, for whoever reads the outcome. A task that was chosen by its ID has none yet, and `status` tells none: one more request, and no reason to
 * fail where it has no answer.
 */
async function named(api: TaskApi, task: ChosenTask, { name }: RawTask): Promise<ChosenTask> {
	const found =
		typeof name === 'string'
			? name
			: (task.name ??
				(await api.list().catch(() => [])).find(({ model }) => model.task_id === task.id)?.model
					.name);
	return typeof found === 'string' && found !== ''
		? { ...task, name: found, label: quoted(found) }
		: task;
}

/** The end of a wait as an item, or as an error that has the same fields. */
async function finish(
	{ api }: Invocation,
	task: ChosenTask,
	settings: WaitSettings,
	waited: Awaited<ReturnType<typeof waitForRun>>,
): Promise<IDataObject[]> {
	let handled: string | null = null;
	if (waited.outcome === 'timed_out' && settings.onTimeLimit !== 'leave') {
		await act(api, task, settings.onTimeLimit, stateOf(waited.raw));
		handled = settings.onTimeLimit === 'cancel' ? 'canceled' : 'suspended';
	}
	const report = await runReport(api, task, waited);
	const json: IDataObject = handled === null ? report : { ...report, at_time_limit: handled };
	const failing =
		settings.failOn.includes(waited.outcome) ||
		(waited.outcome === 'unknown' && settings.failOn.includes('failed'));
	if (failing)
		throw new TaskError(
			report.message,
			"Check the task in Hyper Backup and at its log there. Which outcomes fail the node is chosen in the option 'Fail On'.",
			json,
		);
	return [json];
}

async function wait(
	invocation: Invocation,
	task: ChosenTask,
	before: Awaited<ReturnType<typeof glance>>,
	underWay: boolean,
	settings: WaitSettings,
): Promise<IDataObject[]> {
	const { context, api } = invocation;
	try {
		const waited = await waitForRun(context, api, task, before.glance, underWay, settings);
		return await finish(invocation, task, settings, waited);
	} finally {
		if (isStopped(context) && settings.onStop === 'cancel')
			await act(api, task, 'cancel', stateOf(before.raw)).catch(() => undefined);
	}
}

/** Starts a backup and waits for the end of this very run. */
export async function runAndWait(invocation: Invocation): Promise<IDataObject[]> {
	const { api } = invocation;
	const chosen = await chosenTask(invocation);
	const settings = waitSettings(invocation);
	const before = await withTaskContext(chosen, 'was not started', glance(api, chosen.id));
	const task = await named(api, chosen, before.raw);
	const busy = isLive(before.glance) || before.glance.activity === 'queued';
	if (busy && settings.ifAlreadyRunning === 'skip')
		return [
			{ task_id: task.id, outcome: 'skipped', message: `Task ${task.label} was running already` },
		];
	if (busy && settings.ifAlreadyRunning === 'wait')
		return await wait(invocation, task, before, isLive(before.glance), settings);
	if (busy)
		throw new TaskError(
			`Task ${task.label} was not started: a backup is running`,
			"Choose in the option 'If Already Running' to wait for it or to skip.",
		);
	await act(api, task, 'run');
	return await wait(invocation, task, before, false, settings);
}

/** Waits for the end of a run that was started elsewhere, or is about to be. */
export async function waitForCompletion(invocation: Invocation): Promise<IDataObject[]> {
	const chosen = await chosenTask(invocation);
	const settings = waitSettings(invocation);
	const before = await withTaskContext(chosen, 'was not read', glance(invocation.api, chosen.id));
	const task = await named(invocation.api, chosen, before.raw);
	return await wait(invocation, task, before, isLive(before.glance), settings);
}
