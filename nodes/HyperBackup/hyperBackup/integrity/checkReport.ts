import type { IDataObject } from 'n8n-workflow';
import { markOf, MarkReader, type LogMark } from '../logs/logMark';
import { lastErrorCode } from '../task/errorCode';
import { wordOf } from '../task/statusMapping';
import type { TaskSnapshot } from '../task/TaskSnapshot';
import type { CheckFacts } from './checkFacts';
import { belongsTo, isEnd, type CheckEntry } from './checkLog';
import { checkOutcome, type CheckOutcome, type CheckSigns } from './checkOutcome';

/** The NAS before a check that is waited for: what is new afterwards belongs to the check. */
export interface CheckBaseline {
	lastCheck: CheckFacts['lastCheck'];
	/** undefined if the log could not be read: then no sentence proves anything. */
	mark?: LogMark;
}

/** The task before the check that is waited for. */
export interface CheckBefore {
	baseline: CheckBaseline;
	snapshot: TaskSnapshot;
}

/** An outcome, and all that it rests on. */
export interface JudgedCheck {
	outcome: CheckOutcome;
	evidence: IDataObject;
	/** The sentence of the log that it rests on. */
	entry?: CheckEntry;
	/** When the log says that this check began. */
	began: number | null;
}

export const baselineOf = ({ lastCheck, log }: CheckFacts): CheckBaseline => ({
	lastCheck,
	mark:
		log &&
		markOf(
			log.map(({ raw }) => raw),
			true,
		),
});

function judged(
	facts: CheckFacts,
	entry: CheckEntry | undefined,
	began: number | null,
	signs: Pick<CheckSigns, 'timeShows'>,
): JudgedCheck {
	const { row, dialect, lastCheck, clock } = facts;
	// The documented API shows neither.
	const state = dialect.statusAddsToList ? wordOf(row.state) : undefined;
	const result = dialect.statusAddsToList ? wordOf(row.last_bkp_result) : undefined;
	const errorCode = lastErrorCode(row.last_bkp_error_code);
	const outcome = checkOutcome({ state, result, errorCode, logged: entry?.kind, ...signs });
	return {
		outcome,
		entry,
		began,
		evidence: {
			task_state: state ?? null,
			task_result: result ?? null,
			error_code: errorCode,
			log_phrase: entry?.sentence ?? null,
			logged_time: entry?.time ?? null,
			logged_at: clock.toIso(entry?.time ?? null),
			last_check_time: lastCheck.time,
			last_check_at: clock.toIso(lastCheck.time),
			last_check_is_new: signs.timeShows,
		},
	};
}

/** Of the check that began after `before` was read. */
export function judgeCheckSince(before: CheckBaseline, facts: CheckFacts): JudgedCheck {
	const { lastCheck, log = [] } = facts;
	const reader = before.mark && new MarkReader(before.mark);
	const fresh = reader ? log.filter(({ raw }) => reader.isNew(raw)) : [];
	const began = fresh.find(({ kind }) => kind === 'check_started')?.time ?? null;
	const known = lastCheck.shown === 'time' && before.lastCheck.shown !== 'unreadable';
	const timeShows = known && lastCheck.text !== before.lastCheck.text;
	return judged(facts, fresh.find(isEnd), began, { timeShows });
}

/** Of the newest check that the NAS shows anything of. */
export function judgeLastCheck(facts: CheckFacts): JudgedCheck {
	const { lastCheck, log = [] } = facts;
	const newest = log.find(isEnd);
	const { time } = lastCheck;
	if (newest === undefined) return judged(facts, undefined, null, { timeShows: time !== null });
	const belongs = time !== null && belongsTo(log, newest, time);
	// An attempt that failed or was canceled after the last check has no time of its own.
	const later = newest.time !== null && (time === null || newest.time > time);
	const attempt = later && newest.kind !== 'check_passed';
	const entry = belongs || attempt ? newest : undefined;
	const timeShows = belongs || (entry === undefined && time !== null);
	return judged(facts, entry, null, { timeShows });
}
