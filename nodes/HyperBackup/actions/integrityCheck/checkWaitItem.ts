import type { IDataObject } from 'n8n-workflow';
import type { CheckFacts } from '../../hyperBackup/integrity/checkFacts';
import { describeCheckOutcome } from '../../hyperBackup/integrity/checkOutcome';
import type { JudgedCheck } from '../../hyperBackup/integrity/checkReport';
import type { TaskApi } from '../../hyperBackup/task/TaskApi';
import { labelOf, type ChosenTask } from '../../n8n/chosenTask';
import type { Waited } from '../waiting/waitForRun';
import type { CheckWaitOutcome } from './settings';

interface Ended {
	waited: Waited<string>;
	facts: CheckFacts;
	check: JudgedCheck;
	outcome: CheckWaitOutcome;
}

function describe(outcome: CheckWaitOutcome): string {
	if (outcome === 'not_started') return 'no integrity check started';
	if (outcome === 'timed_out') return 'the integrity check was still running at the time limit';
	return describeCheckOutcome(outcome);
}

/** Unix seconds. Where the log shows none, what n8n saw of the check stands in. */
function timesOf({ waited, check, outcome }: Ended): {
	started: number | null;
	ended: number | null;
} {
	if (outcome === 'not_started') return { started: null, ended: null };
	const { runningSince, endedAt } = waited;
	const seen = runningSince === undefined ? null : Math.round(runningSince / 1000);
	const started = check.began ?? seen;
	if (outcome === 'timed_out') return { started, ended: null };
	return { started, ended: check.entry?.time ?? Math.round(endedAt / 1000) };
}

/** What a check is reported as when the wait is over. */
export function checkWaitItem(
	api: TaskApi,
	task: ChosenTask,
	ended: Ended,
): IDataObject & { message: string } {
	const { waited, facts, check, outcome } = ended;
	const { started, ended: finished } = timesOf(ended);
	const { clock } = facts;
	return {
		task_id: task.id,
		name: task.name ?? null,
		nas: api.nas,
		outcome,
		message: `Task ${labelOf(task)}: ${describe(outcome)}`,
		started_time: started,
		started_at: clock.toIso(started),
		finished_time: finished,
		finished_at: clock.toIso(finished),
		duration: started === null || finished === null ? null : Math.max(0, finished - started),
		evidence: check.evidence,
		polls: waited.polls,
	};
}
