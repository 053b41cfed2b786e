import type { WatchOptions, WatchOutcome } from '../../hyperBackup/runs/RunWatch';
import type { Where } from '../Invocation';
import { flagParameter, numberParameter, wordParameter, wordsParameter } from '../parameters';

export interface WaitSettings extends Omit<WatchOptions, 'underWay'> {
	/** Milliseconds. */
	timeLimit: number;
	/** Milliseconds between two checks at the most. */
	maxCheckInterval: number;
	/** Milliseconds for which the NAS may be unreachable. */
	outageTolerance: number;
	failOn: WatchOutcome[];
	/** The report says what the log has of the run. */
	includeLog: boolean;
	ifAlreadyRunning: 'fail' | 'wait' | 'skip';
	onTimeLimit: 'leave' | 'cancel' | 'suspend';
	onStop: 'leave' | 'cancel';
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const FAILING: WatchOutcome[] = [
	'canceled',
	'failed',
	'not_started',
	'partial',
	'suspended',
	'timed_out',
	'discarded',
	'unknown',
];

type Times = Pick<
	WaitSettings,
	'timeLimit' | 'maxCheckInterval' | 'outageTolerance' | 'startTimeout'
>;

/** How long and how often: the same for backups and integrity checks. */
export function waitTimes(where: Where): Times {
	const time = (name: string, label: string, fallback: number, min: number, unit: number): number =>
		numberParameter(where, `options.${name}`, { label, fallback, min }) * unit;
	return {
		timeLimit: time('timeLimit', 'Time Limit (Minutes)', 1440, 0, MINUTE),
		maxCheckInterval: Math.max(
			time('maxCheckInterval', 'Max Check Interval (Seconds)', 30, 0, SECOND),
			SECOND,
		),
		outageTolerance: time('outageTolerance', 'Outage Tolerance (Minutes)', 10, 0, MINUTE),
		startTimeout: time('startTimeout', 'Start Timeout (Minutes)', 2, 0, MINUTE),
	};
}

export const ifAlreadyRunning = (where: Where): WaitSettings['ifAlreadyRunning'] =>
	wordParameter(
		where,
		'options.ifAlreadyRunning',
		'If Already Running',
		['fail', 'wait', 'skip'],
		'fail',
	);

export const onStop = (where: Where): WaitSettings['onStop'] =>
	wordParameter(where, 'options.onStop', 'On Stop', ['leave', 'cancel'], 'leave');

/** Read and checked before anything is sent. Throws a sentence that says what to correct. */
export function waitSettings(where: Where): WaitSettings {
	return {
		...waitTimes(where),
		includeLog: flagParameter(where, 'options.includeLog', 'Include Log'),
		withRotation: flagParameter(where, 'options.withRotation', 'Include Version Rotation'),
		failOn: wordsParameter(where, 'options.failOn', 'Fail On', FAILING, ['failed']),
		ifAlreadyRunning: ifAlreadyRunning(where),
		onTimeLimit: wordParameter(
			where,
			'options.onTimeLimit',
			'On Time Limit',
			['leave', 'cancel', 'suspend'],
			'leave',
		),
		onStop: onStop(where),
	};
}

/** The wait acts on the backup or check by itself: on Stop, or at the time limit. */
export const mayAct = (settings: Pick<WaitSettings, 'onStop' | 'onTimeLimit'>): boolean =>
	settings.onStop !== 'leave' || settings.onTimeLimit !== 'leave';

/** What did not happen, where a wait could act with a read-only credential. */
export const WAIT_IS_READ_ONLY =
	"The wait did not begin: with a read-only credential 'On Time Limit' and 'On Stop' must be " +
	"'Leave It Running'";

/** Whether *Wait for Completion* of a start is on. */
export const waits = (where: Where): boolean =>
	flagParameter(where, 'waitForCompletion', 'Wait for Completion');
