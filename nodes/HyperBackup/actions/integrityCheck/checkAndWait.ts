import { sleep, type IDataObject } from 'n8n-workflow';
import { isStopped } from '../../dsm/DsmContext';
import { dsmErrorOf } from '../../dsm/errors/DsmError';
import { fetchCheckFacts, type CheckFacts } from '../../hyperBackup/integrity/checkFacts';
import { isChecking } from '../../hyperBackup/integrity/checkReadiness';
import {
	baselineOf,
	judgeCheckSince,
	type CheckBefore,
	type JudgedCheck,
} from '../../hyperBackup/integrity/checkReport';
import { CheckWatch, type CheckWatchResult } from '../../hyperBackup/integrity/CheckWatch';
import { TaskError } from '../../hyperBackup/task/TaskError';
import { labelOf, withTaskContext, type ChosenTask } from '../../n8n/chosenTask';
import { waitForAcceptedStart } from '../acceptedStarts';
import type { Invocation, TaskInvocation } from '../Invocation';
import { cancelAfterStop, reportOrFail, waitToEnd } from '../waiting/endOfWait';
import { Wait, type Waited } from '../waiting/waitForRun';
import { cancelCheck } from './cancelCheck';
import { checkWaitItem } from './checkWaitItem';
import { checkWaitSettings, type CheckWaitOutcome, type CheckWaitSettings } from './settings';
import { checksData, NOT_CHECKED, rejectBusy, startCheck } from './startCheck';

interface FollowedCheck {
	before: CheckBefore;
	underWay: boolean;
	/** This node has started it, so it may still be about to begin. */
	started: boolean;
}

/** Milliseconds: DSM may write the time and the log a moment after the check has gone. */
const READINGS = [0, 5000, 10_000];

const PROVEN = ['passed', 'damaged', 'failed_to_run', 'canceled'];

/** What the check left behind. Read again while it proves nothing. */
async function judge(
	{ api }: Invocation,
	task: ChosenTask,
	{ baseline }: CheckBefore,
): Promise<{ facts: CheckFacts; check: JudgedCheck }> {
	let read: { facts: CheckFacts; check: JudgedCheck } | undefined;
	for (const [index, pause] of READINGS.entries()) {
		if (pause > 0) await sleep(pause);
		try {
			const facts = await fetchCheckFacts(api, task.id);
			read = { facts, check: judgeCheckSince(baseline, facts) };
			if (PROVEN.includes(read.check.outcome)) break;
		} catch (error) {
			const failure = dsmErrorOf(error);
			const last = index === READINGS.length - 1 && read === undefined;
			if (last || !failure.transient) throw failure;
		}
	}
	return read!;
}

/** A check that never showed may have been a short one, or have failed to run: the log knows. */
function outcomeOf(end: CheckWatchResult | 'timed_out', check: JudgedCheck): CheckWaitOutcome {
	if (end === 'timed_out') return 'timed_out';
	const left = check.entry !== undefined || check.evidence.last_check_is_new === true;
	return end === 'over' || left ? check.outcome : 'not_started';
}

async function atTimeLimit(
	invocation: Invocation,
	task: ChosenTask,
	{ onTimeLimit }: CheckWaitSettings,
): Promise<IDataObject> {
	if (onTimeLimit === 'leave') return {};
	try {
		await cancelCheck(invocation, task);
		return { at_time_limit: 'canceled' };
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		return { at_time_limit: 'cancel_failed', at_time_limit_error: message };
	}
}

async function finish(
	invocation: Invocation,
	task: ChosenTask,
	before: CheckBefore,
	settings: CheckWaitSettings,
	waited: Waited<CheckWatchResult | 'timed_out'>,
): Promise<IDataObject[]> {
	const limit = waited.outcome === 'timed_out' ? await atTimeLimit(invocation, task, settings) : {};
	const { facts, check } = await judge(invocation, task, before);
	const outcome = outcomeOf(waited.outcome, check);
	const report = checkWaitItem(invocation.api, task, { waited, facts, check, outcome });
	const fails = settings.failOn.includes(outcome);
	return reportOrFail(invocation.attempt, { ...report, ...limit }, fails);
}

async function cancelFollowed(
	invocation: Invocation,
	task: ChosenTask,
	{ started }: FollowedCheck,
	wait: Wait<CheckWatchResult>,
	{ startTimeout }: CheckWaitSettings,
): Promise<void> {
	const cancel = async (): Promise<boolean> => {
		if ((await wait.check()) !== undefined) return true;
		if (!wait.watch.hasBegun) return false;
		await cancelCheck(invocation, task, true);
		return true;
	};
	await cancelAfterStop(cancel, { started, startTimeout });
}

async function follow(
	invocation: Invocation,
	task: ChosenTask,
	check: FollowedCheck,
	settings: CheckWaitSettings,
): Promise<IDataObject[]> {
	const { context, api } = invocation;
	const { before, underWay } = check;
	const watch = new CheckWatch(before.snapshot, { ...settings, underWay }, Date.now());
	const wait = new Wait<CheckWatchResult>(context, api, task, watch, settings, 'integrity check');
	const cancel = async () => await cancelFollowed(invocation, task, check, wait, settings);
	const over = await waitToEnd(context, wait, settings, cancel);
	return await finish(invocation, task, before, settings, over);
}

/** The task with its name, and what the NAS shows of its checks. One request. */
async function readBefore(
	{ api, task: chosen }: TaskInvocation,
	consequence: string,
): Promise<{ task: ChosenTask; before: CheckBefore }> {
	const work = fetchCheckFacts(api, chosen.id);
	const facts = await withTaskContext(api, chosen, consequence, work);
	const { name, dialect, snapshot } = facts;
	const task = name === null ? chosen : { ...chosen, name, title: name };
	if (!dialect.statusAddsToList) {
		throw new TaskError(
			`Task ${labelOf(task)} ${consequence}: this NAS does not show whether an integrity ` +
				'check is running',
			"Switch off 'Wait for Completion', and use 'Get Last' later.",
		);
	}
	return { task, before: { baseline: baselineOf(facts), snapshot } };
}

async function alreadyRunning(
	invocation: Invocation,
	task: ChosenTask,
	before: CheckBefore,
	settings: CheckWaitSettings,
): Promise<IDataObject[]> {
	switch (settings.ifAlreadyRunning) {
		case 'wait': {
			const check = { before, underWay: true, started: false };
			return await follow(invocation, task, check, settings);
		}
		case 'skip': {
			const message = `Task ${labelOf(task)}: an integrity check was already running`;
			return [{ task_id: task.id, name: task.name ?? null, outcome: 'skipped', message }];
		}
		default:
			throw new TaskError(
				`Task ${labelOf(task)} ${NOT_CHECKED}: an integrity check is already running`,
				"Choose in the option 'If Already Running' to wait for it or to skip.",
			);
	}
}

/** If the response is lost in a stopped execution, the check may begin all the same. */
async function start(
	invocation: Invocation,
	task: ChosenTask,
	check: FollowedCheck,
	settings: CheckWaitSettings,
): Promise<void> {
	const { context, api, attempt } = invocation;
	attempt.responseLost = false;
	try {
		await startCheck(invocation, task, checksData(invocation));
		attempt.accepted = true;
	} finally {
		if (attempt.accepted || attempt.responseLost) attempt.checkedFrom = check.before;
		const unsure = attempt.responseLost && !attempt.accepted;
		if (unsure && isStopped(context) && settings.onStop === 'cancel') {
			const { snapshot } = check.before;
			const watch = new CheckWatch(snapshot, { ...settings, underWay: false }, Date.now());
			const wait = new Wait<CheckWatchResult>(context, api, task, watch, settings);
			await cancelFollowed(invocation, task, check, wait, settings);
		}
	}
}

/** Starts a check and waits for the end of this very check. */
export async function checkAndWait(invocation: TaskInvocation): Promise<IDataObject[]> {
	const { attempt } = invocation;
	const settings = checkWaitSettings(invocation);
	let { task, before } = await readBefore(invocation, NOT_CHECKED);
	// A backup that was just accepted may not show yet.
	if (await waitForAcceptedStart(invocation.context, invocation.api, task.id))
		({ task, before } = await readBefore(invocation, NOT_CHECKED));
	const underWay = isChecking(before.snapshot);
	const { checkedFrom, accepted } = attempt;
	// An earlier attempt of Retry On Fail has started this check: it is followed again.
	if (checkedFrom && (accepted || underWay)) {
		const check = { before: checkedFrom, underWay, started: true };
		return await follow(invocation, task, check, settings);
	}
	if (underWay) return await alreadyRunning(invocation, task, before, settings);
	rejectBusy(task, before.snapshot);
	const check = { before, underWay: false, started: true };
	await start(invocation, task, check, settings);
	return await follow(invocation, task, check, settings);
}

/** Waits for the end of a check that was started elsewhere, or is about to be. */
export async function waitForCheck(invocation: TaskInvocation): Promise<IDataObject[]> {
	const settings = checkWaitSettings(invocation);
	const { task, before } = await readBefore(invocation, 'could not be waited for');
	const check = { before, underWay: isChecking(before.snapshot), started: false };
	return await follow(invocation, task, check, settings);
}
