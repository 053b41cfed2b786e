import { sleep, type IDataObject } from 'n8n-workflow';
import { DsmError } from '../../dsm/errors/DsmError';
import type { TaskApi } from '../../hyperBackup/task/TaskApi';
import { quoted, TaskError } from '../../hyperBackup/task/TaskError';
import type { RawTask, TaskSnapshot } from '../../hyperBackup/task/TaskSnapshot';
import { chosenTask, type ChosenTask } from '../../n8n/chosenTask';
import { withTaskContext } from '../../n8n/withTaskContext';
import { act } from '../act';
import { isStopped, type Invocation } from '../Invocation';
import { onceInExecution } from './endedRuns';
import { waitSettings, type WaitSettings } from './settings';
import { readTask, Wait, type Reading, type Waited } from './waitForRun';
import { waitReport } from './waitReport';

const stateOf = ({ state }: RawTask): string | undefined =>
	typeof state === 'string' ? state : undefined;

const isLive = ({ phase }: TaskSnapshot): boolean => phase === 'live';

/** With its name. `status` does not show it: one more request, and no reason to fail where that gets no response. */
async function named(api: TaskApi, task: ChosenTask, { snapshot }: Reading): Promise<ChosenTask> {
	let name = snapshot.name || task.name;
	try {
		name ||= (await api.list()).find(({ model }) => model.task_id === task.id)?.model.name;
	} catch (error) {
		if (!(error instanceof DsmError)) throw error;
	}
	return name ? { ...task, name, label: quoted(name) } : task;
}

type AtTimeLimit = { at_time_limit: string; at_time_limit_error?: string };

/** The action chosen for the time limit. The run may end in that very moment: then its outcome is what counts. */
async function atTimeLimit(
	invocation: Invocation,
	task: ChosenTask,
	settings: WaitSettings,
	wait: Wait,
	waited: Waited,
): Promise<{ waited: Waited; extra: AtTimeLimit | undefined }> {
	const { onTimeLimit } = settings;
	if (waited.outcome !== 'timed_out' || onTimeLimit === 'leave')
		return { waited, extra: undefined };
	try {
		await act(invocation, task, onTimeLimit, stateOf(waited.last?.row ?? {}));
		const done = onTimeLimit === 'cancel' ? 'canceled' : 'suspended';
		return { waited, extra: { at_time_limit: done } };
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		const outcome = await wait.check().catch(() => undefined);
		if (outcome !== undefined) return { waited: wait.waited(outcome), extra: undefined };
		const failed = `${onTimeLimit}_failed`;
		return { waited, extra: { at_time_limit: failed, at_time_limit_error: message } };
	}
}

/** The end of a wait as an item, or as an error that has the same fields. */
async function finish(
	{ api }: Invocation,
	task: ChosenTask,
	{ failOn }: WaitSettings,
	waited: Waited,
	extra: AtTimeLimit | undefined,
): Promise<IDataObject[]> {
	const report = await waitReport(api, task, waited);
	const json: IDataObject = { ...report, ...extra };
	const { outcome } = waited;
	const fails = failOn.includes(outcome) || (outcome === 'unknown' && failOn.includes('failed'));
	if (!fails) return [json];
	throw new TaskError(
		report.message,
		"Check the task and its log in Hyper Backup. The option 'Fail On' decides which outcomes make the node fail.",
		json,
	);
}

const PAUSE = 2000;

/** The execution was stopped. DSM refuses a cancel until the run shows, so it is tried until then, or until the start timeout has passed. */
async function cancelAfterStop(
	invocation: Invocation,
	task: ChosenTask,
	before: Reading,
	wait: Wait,
	{ startTimeout }: WaitSettings,
): Promise<void> {
	for (let waited = 0; ; waited += PAUSE) {
		try {
			const outcome = await wait.check();
			if (outcome !== undefined && outcome !== 'not_started') return;
			const state = stateOf(before.row);
			if (wait.watch.hasBegun || waited === 0)
				return void (await act(invocation, task, 'cancel', state));
		} catch {
			// Refused, or no response: tried again while there may still be something to cancel.
		}
		if (waited >= Math.max(startTimeout, PAUSE)) return;
		await sleep(PAUSE);
	}
}

async function wait(
	invocation: Invocation,
	task: ChosenTask,
	before: Reading,
	underWay: boolean,
	settings: WaitSettings,
): Promise<IDataObject[]> {
	const { context, api } = invocation;
	const run = new Wait(context, api, task, before.snapshot, underWay, settings);
	let over: Waited;
	try {
		over = await run.untilOver();
	} catch (error) {
		if (isStopped(context) && settings.onStop === 'cancel') {
			await cancelAfterStop(invocation, task, before, run, settings);
		}
		throw error;
	}
	const { waited, extra } = await atTimeLimit(invocation, task, settings, run, over);
	return await finish(invocation, task, settings, waited, extra);
}

/** Starts a backup and waits for the end of this very run. */
export async function runAndWait(invocation: Invocation): Promise<IDataObject[]> {
	const { context, api, item } = invocation;
	const settings = waitSettings(invocation);
	const chosen = await chosenTask(context, api, item);
	return await onceInExecution(invocation, chosen.id, async () => {
		const before = await withTaskContext(api, chosen, 'was not started', readTask(api, chosen));
		const task = await named(api, chosen, before);
		const live = isLive(before.snapshot);
		if (live || before.snapshot.phase === 'queued') {
			const { ifAlreadyRunning } = settings;
			if (ifAlreadyRunning === 'wait') return await wait(invocation, task, before, live, settings);
			if (ifAlreadyRunning === 'fail') {
				throw new TaskError(
					`Task ${task.label} was not started: a backup is already running`,
					"Choose in the option 'If Already Running' to wait for it or to skip.",
				);
			}
			const message = `Task ${task.label} was already running`;
			return [{ task_id: task.id, name: task.name ?? null, outcome: 'skipped', message }];
		}
		await act(invocation, task, 'run');
		return await wait(invocation, task, before, false, settings);
	});
}

/** Waits for the end of a run that was started elsewhere, or is about to be. */
export async function waitForCompletion(invocation: Invocation): Promise<IDataObject[]> {
	const { context, api, item } = invocation;
	const settings = waitSettings(invocation);
	const chosen = await chosenTask(context, api, item);
	const before = await withTaskContext(api, chosen, 'could not be read', readTask(api, chosen));
	const task = await named(api, chosen, before);
	return await wait(invocation, task, before, isLive(before.snapshot), settings);
}
