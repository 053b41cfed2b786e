import fc from 'fast-check';
import { Nas, SimulatedClock, type TaskSpec } from '../../simulator';
import { forgetSessions } from '../../nodes/HyperBackup/dsm/session/SessionManager';
import { forgetPollerStates } from '../../nodes/HyperBackup/trigger/pollerState';
import { PollingN8n } from './inProcess';
import { life, type Life, type Step } from './life';
import { Truth, type Verdict } from './truth';

/** The pauses between the attempts of a read take no time here. */
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

const EVENTS = [
	'statusChanged',
	'backupStarted',
	'backupSucceeded',
	'backupPartial',
	'backupFailed',
	'backupCanceled',
	'backupSuspended',
	'backupResumed',
	'integrityCheckStarted',
	'integrityCheckPassed',
	'integrityCheckFailed',
	'destinationProblem',
	'taskAdded',
	'taskRemoved',
	'taskRenamed',
];

const HISTORIES = Number(process.env.HISTORIES ?? 20_000);
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);

function tasksAt(start: number): TaskSpec[] {
	const endedAt = start - 3_600_000;
	return [
		{ id: 1, name: 'One', lastRun: { result: 'done', endedAt }, startDelaySeconds: 20 },
		{
			id: 2,
			name: 'Two',
			lastRun: { result: 'failed', endedAt: endedAt - 60_000 },
			rotationSeconds: 300,
		},
		{ id: 3, name: 'Three', lastRun: null, cancelSeconds: 90 },
		{
			id: 4,
			name: 'Four',
			lastRun: { result: 'suspend', endedAt },
			schedule: { hour: 2, minute: 0 },
		},
	];
}

function act(nas: Nas, step: Step): void {
	if ('task' in step) {
		const task = nas.tasks.find(({ id }) => id === step.task);
		if (!task) return;
		const idle = task.status === 'none' && !task.accepted;
		if (step.do === 'run' && idle && task.state === 'backupable' && task.result !== 'suspend') {
			task.willEnd({ result: step.outcome, durationSeconds: step.minutes * 60 });
			task.accept();
		}
		if (step.do === 'cancel' && task.status === 'backup') task.cancel();
		if (step.do === 'suspend' && task.status === 'backup') task.suspend();
		if (step.do === 'resume' && idle && task.result === 'suspend') task.resume();
		if (step.do === 'discard' && idle && task.result === 'suspend') task.discard();
		if (step.do === 'check' && idle && task.state === 'backupable')
			task.integrityCheck(600, step.damaged ? 'damaged' : 'passed');
		if (step.do === 'state' && idle) task.setState(step.state);
		if (step.do === 'rename') task.rename(step.name);
		if (step.do === 'remove' && nas.tasks.length > 1) nas.removeTask(step.task);
	}
	if (step.do === 'wait') nas.advance({ minutes: step.minutes });
	if (step.do === 'add') nas.addTask({ id: 100 + nas.history.length, name: 'New', lastRun: null });
	if (step.do === 'reboot') nas.reboot({ minutes: step.minutes });
	if (step.do === 'expire') nas.sessions.expire(step.code);
	if (step.do === 'clock') nas.setClockWrongBy({ hours: step.hours });
	if (step.do === 'zone') nas.setTimeZone(step.zone);
}

let lives = 0;

async function live({ dsm, zone, start, parallel, steps }: Life): Promise<Verdict> {
	forgetSessions();
	forgetPollerStates();
	const nas = new Nas({
		dsm,
		timeZone: zone,
		parallel,
		clock: new SimulatedClock(start),
		tasks: tasksAt(start),
	});
	jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
	const n8n = new PollingN8n(nas, `life ${lives++}`, EVENTS);
	const truth = new Truth(nas);
	let outage = 0;
	// Between two looks somebody sets either the clock or the zone: both at once leaves nothing to compare with.
	let meddled: 'clock' | 'zone' | undefined;
	const poll = async (): Promise<void> => {
		const items = await n8n.poll().catch(() => undefined);
		if (items === undefined || outage > 0 || !nas.isUp) {
			for (const item of items ?? [])
				truth.verdict.invented.push(`during an outage: ${String(item.event)}`);
			if (outage > 0 && --outage === 0) nas.clearFaults();
			return;
		}
		meddled = undefined;
		truth.fetchTasks(items);
	};
	await poll();
	n8n.save();
	truth.save();
	for (const step of steps) {
		if (step.do === 'poll') await poll();
		else if (step.do === 'outage' && outage === 0) {
			outage = step.polls;
			nas.fault({ kind: step.kind });
		} else if (step.do === 'restart') {
			if (step.saved) {
				n8n.save();
				truth.save();
			}
			forgetSessions();
			forgetPollerStates();
			n8n.restart();
			truth.restart();
		} else if (step.do === 'clock' || step.do === 'zone') {
			if (meddled === undefined || meddled === step.do) act(nas, step);
			meddled ??= step.do;
		} else act(nas, step);
		// A poll a minute at the most.
		if (step.do === 'poll') nas.advance({ minutes: 1 });
	}
	outage = 0;
	nas.clearFaults();
	nas.advance({ minutes: 21 });
	await poll();
	await poll();
	return truth.verdict;
}

test(`${HISTORIES} histories of a NAS: no event lost, repeated or invented`, async () => {
	const totals = { lost: 0, repeated: 0, invented: 0 };
	let run = 0;
	try {
		await fc.assert(
			fc.asyncProperty(life, async (one) => {
				run++;
				const verdict = await live(one);
				totals.lost += verdict.lost.length;
				totals.repeated += verdict.repeated.length;
				totals.invented += verdict.invented.length;
				expect(verdict).toEqual({ lost: [], repeated: [], invented: [] });
			}),
			{ numRuns: HISTORIES, seed: SEED, endOnFailure: false },
		);
	} finally {
		jest.restoreAllMocks();
		process.stdout.write(
			`seed ${SEED}\n${run} histories: lost ${totals.lost}, repeated ${totals.repeated}, invented ${totals.invented}\n`,
		);
	}
}, 3_600_000);
