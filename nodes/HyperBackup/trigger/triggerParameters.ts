import type { INode, IPollFunctions } from 'n8n-workflow';
import { DEFAULT_TIMEOUT } from '../dsm/session/ConnectionOptions';
import { LEVELS, type Level } from '../hyperBackup/logs/levels';
import { STATUSES, type Status } from '../hyperBackup/task/statusMapping';
import { MAY_HOLD_EXPRESSION } from '../n8n/expressions';
import { ownNode } from '../n8n/ownNode';
import { EVENTS, isChosen, type EventName } from './eventNames';
import type { Muting } from './muting';
import { mutingOf } from './muteParameters';
import { limitsOf } from './limitParameters';
import { DEFAULTS, flag, list, Options, positive, whole, wordsOf } from './readParameter';
import type { TaskEvent } from './taskEvents';
import type { Limits } from './thresholds';

export interface TriggerParameters {
	events: EventName[];
	/** IDs or names. Empty means all. */
	tasks: string[];
	fromStatus: Status[];
	toStatus: Status[];
	/** For *Log Entry*: at or above this level. */
	logLevel: Level;
	limits: Limits;
	failureRows: FailureRows;
	/** Failed and partial runs are delivered with what the log says of them. */
	includeLog: boolean;
	/** For *No Integrity Check*. */
	checkOverdueDays: number;
	vaultOverdueHours: number;
	/** Failed polls in a row after which the NAS counts as unreachable. */
	unreachableAfter: number;
	/** For *Unusual Run*, undefined if it is not chosen: times the usual spread. */
	deviationThreshold?: number;
	muting: Muting;
	/** What lasts is reported again after so many hours; 0: never. */
	remindHours: number;
	/** Milliseconds for one request. */
	requestTimeout: number;
	/** Milliseconds since 1970, n8n's clock: this poll has to be over by then. */
	deadline: number;
}

/** Milliseconds that n8n gives a poll, for an n8n that does not say so (before 2.38). */
const DEFAULT_BUDGET = 5 * 60_000;

/** n8n's durable scheduler abandons a poll after 45 seconds, and lets nodes know of 36. */
function budgetOf(context: IPollFunctions): number {
	const { getPollBudgetMs } = context as Partial<IPollFunctions>;
	return getPollBudgetMs?.() ?? DEFAULT_BUDGET;
}

/** For *Backup Failed*: which failures of a row are reported. */
export interface FailureRows {
	/** The first one that is. */
	first: number;
	/** After that one each so many; 0: none. */
	every: number;
}

function failureRows(options: Options, events: EventName[]): FailureRows {
	if (!events.includes('backupFailed')) return { first: 1, every: 1 };
	return {
		first: whole(options, 'failuresInARow', 'After Failures in a Row', 1),
		every: whole(options, 'thenEvery', 'Then Every (Failures)', 0),
	};
}

/** What does not change from poll to poll, unless an expression gives it. */
type Chosen = Omit<TriggerParameters, 'deadline'>;

function readParameters(context: IPollFunctions): Chosen {
	const options = new Options(context);
	const events = wordsOf(list(context, 'events'), EVENTS, 'Trigger On');
	const [logLevel = 'warn'] = wordsOf(list(context, 'logLevel'), LEVELS, 'Minimum Level');
	return {
		events,
		logLevel,
		tasks: list(context, 'tasks')
			.map((entry) => String(entry).trim())
			.filter((entry) => entry !== ''),
		fromStatus: wordsOf(list(context, 'fromStatus'), STATUSES, 'From Status'),
		toStatus: wordsOf(list(context, 'toStatus'), STATUSES, 'To Status'),
		limits: limitsOf(options, events),
		failureRows: failureRows(options, events),
		includeLog: flag(options, 'includeLog', 'Include Log'),
		checkOverdueDays: events.includes('integrityCheckOverdue')
			? positive(
					options,
					'checkOverdueDays',
					'No Integrity Check After (Days)',
					DEFAULTS.checkOverdueDays,
				)
			: DEFAULTS.checkOverdueDays,
		vaultOverdueHours: events.includes('vaultTargetOverdue')
			? positive(
					options,
					'vaultOverdueHours',
					'Vault Target Overdue After (Hours)',
					DEFAULTS.vaultOverdueHours,
				)
			: DEFAULTS.vaultOverdueHours,
		unreachableAfter: Math.ceil(
			positive(options, 'unreachableAfter', 'Unreachable After (Polls)', DEFAULTS.unreachableAfter),
		),
		deviationThreshold: events.includes('unusualRun')
			? positive(options, 'deviationThreshold', 'Deviation Threshold', DEFAULTS.deviationThreshold)
			: undefined,
		muting: mutingOf(options),
		remindHours: whole(options, 'remindHours', 'Remind Every (Hours)', 0),
		requestTimeout: positive(
			options,
			'requestTimeout',
			'Request Timeout (Milliseconds)',
			DEFAULT_TIMEOUT,
		),
	};
}

const chosenOf = new WeakMap<INode, Chosen>();

/** Read and checked before anything is sent. Throws a TaskError that says what to correct. */
export function triggerParameters(context: IPollFunctions): TriggerParameters {
	const node = ownNode(context);
	let chosen = chosenOf.get(node);
	if (!chosen) {
		chosen = readParameters(context);
		if (!MAY_HOLD_EXPRESSION.test(JSON.stringify(node.parameters))) chosenOf.set(node, chosen);
	}
	return { deadline: Date.now() + budgetOf(context), ...chosen };
}

const FAILURE_EVENTS: string[] = ['backupFailed', 'backupOutcomeUnknown'];

const isReported = (failures: number, { first, every }: FailureRows): boolean =>
	failures === first || (failures > first && every > 0 && (failures - first) % every === 0);

/**
 * Whether this event was chosen. Of failures in a row those that the options name are delivered. A
 * change of status counts if any step of the way from one poll to the next fits both filters.
 */
export function delivers(
	{ event, changes, failures }: Pick<TaskEvent, 'event' | 'changes' | 'failures'>,
	{ events, fromStatus, toStatus, failureRows: rows }: TriggerParameters,
): boolean {
	if (!isChosen(event, events)) return false;
	if (FAILURE_EVENTS.includes(event) && failures !== undefined) return isReported(failures, rows);
	if (event !== 'statusChanged' || changes === undefined) return true;
	const fits = (chosen: Status[], status: string): boolean =>
		chosen.length === 0 || chosen.includes(status as Status);
	return changes.some(([from, to]) => fits(fromStatus, from) && fits(toStatus, to));
}
