import fc from 'fast-check';
import { DIALECTS } from '../../../nodes/HyperBackup/hyperBackup/task/dialects';
import { detectEvents } from '../../../nodes/HyperBackup/trigger/detectEvents';
import type { DetectionInput } from '../../../nodes/HyperBackup/trigger/detectionInput';
import { quietDetection, quietList } from '../../../nodes/HyperBackup/trigger/quietPoll';
import type { ShownTasks } from '../../../nodes/HyperBackup/trigger/shownTasks';
import type { Limits } from '../../../nodes/HyperBackup/trigger/thresholds';
import type { TrackedTasks } from '../../../nodes/HyperBackup/trigger/TrackedTask';
import type { TriggerParameters } from '../../../nodes/HyperBackup/trigger/triggerParameters';
import { wantedDetails } from '../../../nodes/HyperBackup/trigger/wantedDetails';
import { EVENTS } from '../../../nodes/HyperBackup/trigger/eventNames';
import { NO_LIMITS, poll, wallAsUtc, type Words } from './story';

const START = wallAsUtc('2026/11/01 12:00:00')!;
const HOUR = 3_600_000;
const NEVER_RAN: Words = { id: 2, result: 'none', started: '', ended: '', next: '' };

const listed = ({ snapshots }: DetectionInput): ShownTasks => ({
	dialect: DIALECTS.dsm,
	fields: [],
	snapshots,
});

/** Two polls that show the same: what is known after them. */
function afterTwoPolls(rows: Words[], limits: Limits) {
	const first = poll(rows, { baseline: true, limits, now: START });
	const { tracked, reported } = detectEvents(new Map(), new Map(), first);
	const second = poll(rows, { limits, now: START + 60_000 });
	const detection = detectEvents(tracked, reported, second);
	const shown = listed(second);
	return { rows, shown, detection, quiet: quietList({ shown, tasks: tracked }, detection) };
}

const ask = (
	{ quiet, shown, detection }: ReturnType<typeof afterTwoPolls>,
	more: { shown?: ShownTasks; tasks?: TrackedTasks; input?: Partial<DetectionInput> } = {},
) =>
	quietDetection(
		quiet,
		{ shown: more.shown ?? shown, tasks: more.tasks ?? detection.tracked },
		detection.reported,
		poll([], { now: START + 120_000, ...more.input }),
	);

test('the same list, by which nothing had happened, leads to nothing', () => {
	const known = afterTwoPolls([{}, NEVER_RAN], NO_LIMITS);
	const { tracked } = known.detection;
	expect(ask(known)).toEqual({ events: [], tracked, reported: new Map() });
	expect(ask(known)!.tracked).toBe(tracked);
});

test('another list, other stored tasks, a baseline or a selection are compared', () => {
	const known = afterTwoPolls([{}], NO_LIMITS);
	expect(ask(known, { shown: { ...known.shown } })).toBeUndefined();
	expect(ask(known, { tasks: new Map(known.detection.tracked) })).toBeUndefined();
	expect(ask(known, { input: { baseline: true } })).toBeUndefined();
	expect(ask(known, { input: { complete: false } })).toBeUndefined();
});

test('a list by which a run is under way, or a task is missing, is compared each time', () => {
	const running = afterTwoPolls([{ status: 'backup', result: 'backingup' }], NO_LIMITS);
	expect(running.quiet).toBeUndefined();
	const both = detectEvents(new Map(), new Map(), poll([{}, NEVER_RAN], { baseline: true }));
	const one = poll([{}]);
	const missing = detectEvents(both.tracked, both.reported, one);
	expect(quietList({ shown: listed(one), tasks: both.tracked }, missing)).toBeUndefined();
});

const hours = fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined });
const limits: fc.Arbitrary<Limits> = fc.record({
	overdue: fc.boolean(),
	overdueHours: hours,
	lateHours: fc.integer({ min: 1, max: 5 }),
	neverRanHours: hours,
	tooLongHours: hours,
});

test('whatever the limits and the time: where it says nothing happened, nothing does', () => {
	const parameters = {
		events: [...EVENTS],
		fromStatus: [],
		toStatus: [],
		failureRows: { first: 1, every: 1 },
	} as unknown as TriggerParameters;
	let quiet = 0;
	let loud = 0;
	fc.assert(
		fc.property(limits, fc.integer({ min: 1, max: 100 }), fc.boolean(), (all, later, failed) => {
			const rows = [failed ? { result: 'failed' } : {}, NEVER_RAN];
			const known = afterTwoPolls(rows, all);
			const input = poll(rows, { limits: all, now: START + later * HOUR });
			const found = ask(known, { input: { limits: all, now: input.now } });
			const { tracked, reported } = known.detection;
			if (!found) return void loud++;
			quiet++;
			const compared = detectEvents(tracked, reported, input);
			expect(compared.events).toEqual([]);
			expect(compared.reported.size).toBe(0);
			expect([...compared.tracked]).toEqual([...found.tracked]);
			expect(wantedDetails(tracked, input, parameters, reported)).toBeUndefined();
		}),
		{ numRuns: 2000 },
	);
	expect(Math.min(quiet, loud)).toBeGreaterThan(100);
});
