import type { IDataObject } from 'n8n-workflow';
import { dsmErrorOf } from '../../dsm/errors/DsmError';
import { RunWatch } from '../../hyperBackup/runs/RunWatch';
import type { TaskApi } from '../../hyperBackup/task/TaskApi';
import { TaskError } from '../../hyperBackup/task/TaskError';
import type { RawTask, TaskSnapshot } from '../../hyperBackup/task/TaskSnapshot';
import { labelOf, type ChosenTask } from '../../n8n/chosenTask';
import { act } from '../act';
import { isStopped } from '../../dsm/DsmContext';
import type { Invocation, TaskInvocation } from '../Invocation';
import { forgetAcceptedStart } from '../acceptedStarts';
import { cancelAfterStop, reportOrFail, waitToEnd } from './endOfWait';
import { waitSettings, type WaitSettings } from './settings';
import { readFirst, type Reading } from './Reading';
import { Wait, type Waited } from './waitForRun';
import { waitReport } from './waitReport';

const stateOf = ({ state }: RawTask): string | undefined =>
	typeof state === 'string' ? state : undefined;

const isLive = ({ phase }: TaskSnapshot): boolean => phase === 'live';

/**
 * With its name. `status` does not show it: one more request, and no reason to fail where that gets
 * no response.
 */
async function named(api: TaskApi, task: ChosenTask, { snapshot }: Reading): Promise<ChosenTask> {
	let name = snapshot.name || task.name;
	try {
		name ||= (await api.list()).find(({ model }) => model.task_id === task.id)?.model.name;
	} catch (error) {
		dsmErrorOf(error);
	}
	return name ? { ...task, name, title: name } : task;
}

type AtTimeLimit = { at_time_limit: string; at_time_limit_error?: string };

/**
 * The action chosen for the time limit. The run may end in that very moment: then its outcome is
 * what counts.
 */
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
		await act(invocation, task, onTimeLimit, { state: stateOf(waited.last?.row ?? {}) });
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
	{ api, attempt }: Invocation,
	task: ChosenTask,
	{ failOn, includeLog }: WaitSettings,
	waited: Waited,
	extra: AtTimeLimit | undefined,
): Promise<IDataObject[]> {
	const report = await waitReport(api, task, waited, includeLog);
	const { outcome } = waited;
	const fails = failOn.includes(outcome) || (outcome === 'unknown' && failOn.includes('failed'));
	return reportOrFail(attempt, { ...report, ...extra }, fails);
}

/** The run that is waited for. */
interface Followed {
	/** The task before the run. */
	before: Reading;
	/** The run shows already. */
	underWay: boolean;
	/** This node has started it, so it may still be about to begin. */
	started: boolean;
}

function waitOf(
	{ context, api }: Invocation,
	task: ChosenTask,
	{ before, underWay }: Followed,
	settings: WaitSettings,
): Wait {
	const watch = new RunWatch(before.snapshot, { ...settings, underWay }, Date.now());
	return new Wait(context, api, task, watch, settings);
}

async function cancelRun(
	invocation: Invocation,
	task: ChosenTask,
	{ before, started }: Followed,
	wait: Wait,
	{ startTimeout }: WaitSettings,
): Promise<void> {
	const state = stateOf(before.row);
	const cancel = async (): Promise<boolean> => {
		const outcome = await wait.check();
		if (outcome !== undefined && outcome !== 'not_started') return true;
		if (!wait.canBeCanceled) return false;
		await act(invocation, task, 'cancel', { state, afterStop: true });
		return true;
	};
	await cancelAfterStop(cancel, { started, startTimeout });
}

async function follow(
	invocation: Invocation,
	task: ChosenTask,
	run: Followed,
	settings: WaitSettings,
): Promise<IDataObject[]> {
	const wait = waitOf(invocation, task, run, settings);
	const cancel = async () => await cancelRun(invocation, task, run, wait, settings);
	const over = await waitToEnd(invocation.context, wait, settings, cancel);
	if (over.outcome !== 'not_started') forgetAcceptedStart(invocation.api, task.id);
	const { waited, extra } = await atTimeLimit(invocation, task, settings, wait, over);
	return await finish(invocation, task, settings, waited, extra);
}

/**
 * Has the run started. If the response is lost in a stopped execution, it may begin all the same.
 */
async function start(
	invocation: Invocation,
	task: ChosenTask,
	run: Followed,
	settings: WaitSettings,
): Promise<void> {
	const { attempt, context } = invocation;
	attempt.responseLost = false;
	try {
		await act(invocation, task, 'run');
		attempt.accepted = true;
	} finally {
		if (attempt.accepted || attempt.responseLost) attempt.startedFrom = run.before;
		const unsure = attempt.responseLost && !attempt.accepted;
		if (unsure && isStopped(context) && settings.onStop === 'cancel') {
			const wait = waitOf(invocation, task, run, settings);
			await cancelRun(invocation, task, run, wait, settings);
		}
	}
}

async function alreadyRunning(
	invocation: Invocation,
	task: ChosenTask,
	run: Followed,
	settings: WaitSettings,
): Promise<IDataObject[]> {
	switch (settings.ifAlreadyRunning) {
		case 'wait':
			return await follow(invocation, task, run, settings);
		case 'skip': {
			const message = `Task ${labelOf(task)} was already running`;
			return [{ task_id: task.id, name: task.name ?? null, outcome: 'skipped', message }];
		}
		default:
			throw new TaskError(
				`Task ${labelOf(task)} was not started: a backup is already running`,
				"Choose in the option 'If Already Running' to wait for it or to skip.",
			);
	}
}

/** Starts a backup and waits for the end of this very run. */
export async function runAndWait(invocation: TaskInvocation): Promise<IDataObject[]> {
	const { api, task: chosen, attempt } = invocation;
	const settings = waitSettings(invocation);
	const now = await readFirst(api, chosen, 'was not started');
	const task = await named(api, chosen, now);
	const underWay = isLive(now.snapshot);
	const busy = underWay || now.snapshot.phase === 'queued';
	const { startedFrom, accepted } = attempt;
	// An earlier attempt of Retry On Fail has started this run: it is followed again.
	if (startedFrom && (accepted || busy)) {
		return await follow(
			invocation,
			task,
			{ before: startedFrom, underWay, started: true },
			settings,
		);
	}
	if (busy) {
		const run = { before: now, underWay, started: false };
		return await alreadyRunning(invocation, task, run, settings);
	}
	const run = { before: now, underWay: false, started: true };
	await start(invocation, task, run, settings);
	return await follow(invocation, task, run, settings);
}

/** Waits for the end of a run that was started elsewhere, or is about to be. */
export async function waitForCompletion(invocation: TaskInvocation): Promise<IDataObject[]> {
	const { api, task: chosen } = invocation;
	const settings = waitSettings(invocation);
	const before = await readFirst(api, chosen, 'could not be read');
	const task = await named(api, chosen, before);
	const run = { before, underWay: isLive(before.snapshot), started: false };
	return await follow(invocation, task, run, settings);
}
