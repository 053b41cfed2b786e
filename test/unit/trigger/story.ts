import type { IDataObject } from 'n8n-workflow';
import { DIALECTS } from '../../../nodes/HyperBackup/hyperBackup/task/dialects';
import { detectEvents, type DetectedEvent } from '../../../nodes/HyperBackup/trigger/detectEvents';
import type {
	DetectionInput,
	ReportedConditions,
} from '../../../nodes/HyperBackup/trigger/detectionInput';
import { readStaticData, writeStaticData } from '../../../nodes/HyperBackup/trigger/staticData';
import type { Limits } from '../../../nodes/HyperBackup/trigger/thresholds';
import type { TrackedTasks } from '../../../nodes/HyperBackup/trigger/TrackedTask';

export const NO_LIMITS: Limits = { overdue: false, lateHours: 2 };

/**
 * A task as DSM lists it; what is not given is that of a healthy task. `undefined` leaves a field
 * out.
 */
export interface Words {
	id?: number | string;
	name?: string;
	state?: string;
	status?: string;
	result?: string;
	started?: string;
	ended?: string;
	next?: string;
	type?: string;
	target?: string;
}

const HEALTHY = {
	id: 1,
	name: 'Nightly',
	state: 'backupable',
	status: 'none',
	result: 'done',
	ended: '2026/11/01 02:10:00',
	next: '2026/11/02 02:00',
	type: 'image:image_local',
	target: 'nas_1.hbk',
};

export function snapshotOf(words: Words) {
	const all = { ...HEALTHY, ...words };
	return DIALECTS.dsm.snapshot({
		task_id: all.id,
		name: all.name,
		state: all.state,
		status: all.status,
		last_bkp_result: all.result,
		last_bkp_time: 'started' in words ? words.started : all.ended,
		last_bkp_end_time: all.ended,
		next_bkp_time: all.next,
		type: all.type,
		target_id: all.target,
	});
}

/** A LUN task: no state and no times. */
export const lun = (id: string, words: Words = {}): Words => ({
	id,
	name: id,
	state: undefined,
	result: 'success',
	started: undefined,
	ended: undefined,
	next: undefined,
	type: 'loclunbkp',
	target: undefined,
	...words,
});

export const wallAsUtc = (text: string): number | undefined => {
	const time = Date.parse(`${text.replace(/\//g, '-').replace(' ', 'T')}Z`);
	return Number.isNaN(time) ? undefined : time;
};

/** One poll: what the list shows. */
export const poll = (rows: Words[], extra: Partial<DetectionInput> = {}): DetectionInput => ({
	snapshots: rows.map(snapshotOf),
	chosenBy: new Map(),
	complete: true,
	baseline: false,
	now: wallAsUtc('2026/11/01 12:00:00')!,
	details: new Map(),
	limits: NO_LIMITS,
	unusual: {},
	sameZone: true,
	clockShift: 0,
	toLocalTime: wallAsUtc,
	lastDue: () => undefined,
	figuresOf: () => undefined,
	...extra,
});

/** What is stored goes through n8n's database between two polls. */
function stored(tasks: TrackedTasks, reported: ReportedConditions) {
	const data: IDataObject = {};
	writeStaticData(data, 'nas', { tasks, reported, reminders: [], selection: '' });
	const read = readStaticData(JSON.parse(JSON.stringify(data)) as IDataObject, 'nas');
	return { tasks: read.tasks!, reported: read.reported };
}

/** The detected events of a series of polls, the first of which is the baseline. */
export function detections(...polls: DetectionInput[]): DetectedEvent[][] {
	let state = { tasks: new Map() as TrackedTasks, reported: new Map() as ReportedConditions };
	return polls.map((next, index) => {
		const input = { ...next, baseline: next.baseline || index === 0 };
		const { events, tracked, reported } = detectEvents(state.tasks, state.reported, input);
		state = stored(tracked, reported);
		return events;
	});
}

/** Their names, without those of the baseline. */
export const story = (...polls: DetectionInput[]): string[][] =>
	detections(...polls)
		.slice(1)
		.map((events) => events.map(({ event }) => event));
