import type { EndedStreak } from '../hyperBackup/runs/badStreak';
import type { RunFigures } from '../hyperBackup/runs/runFigures';
import { outcomeOf, outcomeOfResult, type Outcome } from '../hyperBackup/runs/runOutcome';
import { mayHideRun, sameTexts } from '../hyperBackup/runs/runTimes';
import type { TaskSnapshot } from '../hyperBackup/task/TaskSnapshot';
import { hasSucceeded, isAnotherRun, rotationHidRun, showsResult, type Detail } from './anotherRun';
import type { EventName, FollowUp } from './eventNames';
import type { TrackedTask } from './TrackedTask';
import type { UnusualFigure } from './UnusualFigure';

export interface RunEvent {
	event: EventName | FollowUp;
	/** For events of a run that ended. */
	outcome?: Outcome;
	/** The run was not seen while it was under way. */
	unseen?: boolean;
	/** The NAS shows no times of this run. */
	withoutTimes?: boolean;
	/** For runs that ended: how many have failed since the last success. */
	failures?: number;
	/** For `backupRecovered`. */
	ended?: EndedStreak;
	/** For runs that ended, where they are known. */
	figures?: RunFigures;
	/** For `unusualRun`: the furthest first. */
	unusual?: UnusualFigure[];
}

type RunState = Pick<TrackedTask, 'open' | 'unclear' | 'endedEarly'>;

export interface Followed {
	events: RunEvent[];
	state: RunState;
	/** The response is not believed yet: everything else stays as it was, too. */
	held?: boolean;
}

export interface PollMoment {
	/** Milliseconds since 1970, n8n's clock. */
	now: number;
	/** The zone of the NAS is the same as at the last poll, so DSM has not written its times anew. */
	sameZone: boolean;
	/**
	 * Milliseconds by which a text from before the last poll may be read too late: the NAS's clock
	 * went back. One that went forward makes it too early, which does no harm.
	 */
	clockShift: number;
	/** The NAS's wall-clock text in milliseconds by n8n's clock; undefined if it cannot be read. */
	toLocalTime: (text: string) => number | undefined;
}

export const EVENT_OF: Record<Outcome, EventName | FollowUp> = {
	succeeded: 'backupSucceeded',
	partial: 'backupPartial',
	failed: 'backupFailed',
	canceled: 'backupCanceled',
	discarded: 'backupCanceled',
	suspended: 'backupSuspended',
	unknown: 'backupOutcomeUnknown',
};

/** Responses that contradict themselves before they are believed. */
const MAX_UNCLEAR = 2;

const MINUTE = 60_000;

const ended = (outcome: Outcome, more: Partial<RunEvent> = {}): RunEvent => ({
	event: EVENT_OF[outcome],
	outcome,
	...more,
});

/** Follows the runs of one task from one poll to the next. Pure: changes nothing. */
export function followRun(
	before: TrackedTask,
	now: TaskSnapshot,
	detail: Detail | undefined,
	moment: PollMoment,
): Followed {
	const another = isAnotherRun(before, now);
	const succeeded = hasSucceeded(before, now, detail, moment.sameZone);
	const facts: Facts = { before, now, another, succeeded, moment };
	switch (now.phase) {
		case 'unclear':
			return followUnclear(facts);
		case 'live':
			return followLive(facts);
		case 'pending':
			return followPending(facts);
		default:
			return followSettled(facts);
	}
}

interface Facts {
	before: TrackedTask;
	now: TaskSnapshot;
	/** The times shown are not those of the run before. */
	another: boolean;
	succeeded: boolean;
	moment: PollMoment;
}

/**
 * The end of a run that nobody saw begin, after a suspension or a discarded suspension, has no
 * beginning of its own.
 */
function unseenRun({ before, now, another }: Facts, outcome: Outcome): RunEvent[] {
	// The documented dialect's `error` may also be about the destination: no run is made up for it.
	const noRun = !another && now.resultWord === '';
	const continued = before.result === 'suspended' || outcome === 'discarded' || noRun;
	const end = ended(outcome, { unseen: true });
	return continued ? [end] : [{ event: 'backupStarted', unseen: true }, end];
}

/** "Idle" and "running now" at once, or no result at all: waited for once, then believed. */
function followUnclear({ before, now, another, moment }: Facts): Followed {
	const unclear = (before.unclear ?? 0) + 1;
	const { open, endedEarly } = before;
	const concerns = open !== undefined || another || now.result === 'running';
	if (!concerns || belongsToEarlyEnd({ before, now, another, moment })) {
		return { events: [], state: { open, endedEarly, unclear } };
	}
	if (unclear < MAX_UNCLEAR) {
		return { events: [], state: { open, endedEarly, unclear }, held: true };
	}
	// The run died, or the NAS no longer shows how it went.
	const end = ended('unknown', { unseen: open === undefined, withoutTimes: !another });
	const events: RunEvent[] = open ? [end] : [{ event: 'backupStarted', unseen: true }, end];
	return { events, state: { endedEarly: moment.now, unclear } };
}

function followLive(facts: Facts): Followed {
	const { before, now, another, succeeded, moment } = facts;
	const since = moment.now;
	const goesOn = before.open !== undefined && !before.open.pending && !another;
	if (goesOn) return { events: [], state: { open: before.open } };
	const begun: RunEvent = { event: isResumed(before, now) ? 'backupResumed' : 'backupStarted' };
	const state = { open: { since } };
	const outcome = succeeded ? 'succeeded' : 'unknown';
	if (before.open !== undefined) {
		return { events: [ended(outcome), { event: 'backupStarted' }], state };
	}
	if (another && !belongsToEarlyEnd(facts)) {
		return { events: [...unseenRun(facts, outcome), { event: 'backupStarted' }], state };
	}
	return { events: [begun], state };
}

/**
 * The backup is over, and the deletion of old versions hides its result. Deleting versions alone is
 * no run.
 */
function followPending(facts: Facts): Followed {
	const { before, another, moment } = facts;
	const { open, endedEarly } = before;
	const after = open?.after ?? (another ? before.run.end : undefined);
	if (open) return { events: [], state: { open: { ...open, pending: true, after }, endedEarly } };
	if (!another || belongsToEarlyEnd(facts)) return { events: [], state: { endedEarly } };
	return {
		events: [{ event: 'backupStarted', unseen: true }],
		state: { open: { since: moment.now, pending: true, after } },
	};
}

function followSettled(facts: Facts): Followed {
	const { before, now, another, succeeded, moment } = facts;
	const timesShown = !sameTexts(before.run, now.run) && now.run.end !== '';
	if (awaitsTime(facts)) {
		return { events: [], state: { open: before.open, unclear: 1 }, held: true };
	}
	if (before.open) {
		const newTimes = another || before.open.pending === true;
		const outcome = outcomeOf({ ...now, newTimes: another, succeeded });
		// DSM may show the result before it shows the times.
		const early = newTimes ? undefined : moment.now;
		return {
			events: [ended(outcome, { withoutTimes: !newTimes && outcome === 'unknown' })],
			state: { endedEarly: early },
		};
	}
	if (belongsToEarlyEnd(facts)) {
		return { events: [], state: { endedEarly: timesShown ? undefined : before.endedEarly } };
	}
	const hidden = rotationHidRun(before, now);
	if (!another && !hidden && !settledOtherwise(before, now)) return { events: [], state: {} };
	const outcome = outcomeOf({ ...now, newTimes: another || hidden, succeeded });
	// The result may show before the times do.
	const endedEarly = another || hidden ? undefined : moment.now;
	return { events: unseenRun(facts, outcome), state: { endedEarly } };
}

/**
 * The documented dialect shows a good run by its time alone, which may come a moment later: waited
 * for once.
 */
function awaitsTime({ before, now, another }: Facts): boolean {
	const idle = now.result === undefined && now.status === 'idle';
	return before.open !== undefined && idle && !another && before.unclear === undefined;
}

/** DSM says so; in the documented dialect it is a run after a suspension. */
function isResumed(before: TrackedTask, now: TaskSnapshot): boolean {
	if (now.activity === 'resuming') return true;
	return now.result === undefined && before.status === 'suspended';
}

/** What shows up now - times, a result - is what a run left that was reported as ended before. */
function belongsToEarlyEnd({ before, now, moment }: Omit<Facts, 'succeeded'>): boolean {
	if (before.endedEarly === undefined) return false;
	const died = before.phase === 'unclear' && before.result === 'running';
	// DSM writes the end of a run that died whenever it notices.
	if (died && showsResult(now) && now.result !== 'success') return true;
	if (sameTexts(before.run, now.run)) {
		return now.phase === 'unclear' || now.resultWord === before.resultWord;
	}
	// Another result than the one reported is that of another run.
	const sameResult = before.phase === 'unclear' || now.result === before.settledResult;
	if (showsResult(now) && !sameResult) return false;
	const end = moment.toLocalTime(now.run.end);
	// A time that cannot be read, or lies in the future, measures nothing.
	const unreadable = end === undefined || end > moment.now + MINUTE;
	if (unreadable) return !(now.phase === 'pending' && savedNothing(before));
	return end <= before.endedEarly + MINUTE + moment.clockShift;
}

/** Old versions are deleted after a run that made a new one: not after the one before. */
const savedNothing = ({ settledResult }: TrackedTask): boolean =>
	['failed', 'canceled', 'discarded'].includes(outcomeOfResult(settledResult) ?? '');

/**
 * The same times and another result: a second run within the minute to which DSM 6 to 7.1 write
 * times, or a task without times (LUN). Where times have seconds only a turn for the worse is a
 * run's; a result that turns good again is that of a check or of a deletion of versions.
 */
function settledOtherwise(before: TrackedTask, now: TaskSnapshot): boolean {
	if (!showsResult(before) || !showsResult(now)) return false;
	const was = before.result;
	if (before.resultWord === now.resultWord && was === now.result) return false;
	const outcome = outcomeOfResult(now.result);
	if (outcome === undefined) return false;
	const wasRun = was === undefined || was === 'never' || outcomeOfResult(was) !== undefined;
	if (!wasRun) return false;
	return outcome !== 'succeeded' || mayHideRun(now.run);
}
