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

/** Read and checked before anything is sent. Throws a sentence that says what to correct. */
export function waitSettings(where: Where): WaitSettings {
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
		includeLog: flagParameter(where, 'options.includeLog', 'Include Log'),
		withRotation: flagParameter(where, 'options.withRotation', 'Include Version Rotation'),
		failOn: wordsParameter(where, 'options.failOn', 'Fail On', FAILING, ['failed']),
		ifAlreadyRunning: wordParameter(
			where,
			'options.ifAlreadyRunning',
			'If Already Running',
			['fail', 'wait', 'skip'],
			'fail',
		),
		onTimeLimit: wordParameter(
			where,
			'options.onTimeLimit',
			'On Time Limit',
			['leave', 'cancel', 'suspend'],
			'leave',
		),
		onStop: wordParameter(where, 'options.onStop', 'On Stop', ['leave', 'cancel'], 'leave'),
	};
}

/** The wait acts on the backup by itself: on Stop, or at the time limit. */
export const mayAct = ({ onStop, onTimeLimit }: WaitSettings): boolean =>
	onStop !== 'leave' || onTimeLimit !== 'leave';
