import type { IDataObject } from 'n8n-workflow';
import type { Nas, TaskSpec } from '../../simulator';
import { ActiveTrigger } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas } from '../../testing/nas';
import { whenPausing } from '../support/pauses';

/** Milliseconds: what n8n's durable scheduler lets nodes know, and when it abandons a poll. */
const BUDGET = 36_000;
const ABANDONED = 45_000;

const START = Date.UTC(2026, 10, 24, 8, 0, 0);
const nightly: TaskSpec = {
	id: 1,
	name: 'Nightly',
	durationSeconds: 600,
	lastRun: { result: 'done', endedAt: START - 3_600_000 },
	nextOutcomes: ['failed'],
};

/** All kinds of requests that a poll makes: list, details, clock, log, checks. */
const EVERYTHING = [
	'statusChanged',
	'backupFailed',
	'backupOverdue',
	'integrityCheckOverdue',
	'logEntry',
];

let now = START;
/** Milliseconds until a response comes; a request whose time limit is shorter times out. */
let slowness = 0;

/** Time passes by requests and pauses alone: what it comes to is how long a poll takes. */
beforeEach(() => {
	now = START;
	const held = AbortSignal.timeout.bind(AbortSignal);
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((limit) => {
		now += Math.min(limit, slowness);
		return limit < slowness ? AbortSignal.abort() : held(limit);
	});
	whenPausing((milliseconds) => void (now += milliseconds));
});

afterEach(async () => {
	jest.restoreAllMocks();
	whenPausing(() => undefined);
	await closeAll();
});

/** A poll: what it emits, and how long it takes. */
async function timed(trigger: ActiveTrigger): Promise<{ events: string[]; took: number }> {
	const started = now;
	const items = await trigger.poll().catch((): IDataObject[] => []);
	return { events: (items ?? []).map(({ event }) => String(event)), took: now - started };
}

function triggerOf(nas: Nas, options: IDataObject = {}): ActiveTrigger {
	const trigger = new ActiveTrigger(credentialsFor(nas), {
		events: EVERYTHING,
		options: { includeLog: true, ...options },
	} as never);
	trigger.budget = BUDGET;
	return trigger;
}

describe.each(['dsm', 'documented'] as const)('a slow NAS (%s dialect)', (dialect) => {
	test.each([1, 3, 5, 8, 10, 12, 18, 25, 31, 60, 200])(
		'that takes %i seconds for each response: no poll is longer than its budget, cold start included',
		async (seconds) => {
			for (const requestTimeout of [30_000, 120_000]) {
				const { nas } = await givenNas({ dialect, tasks: [nightly] });
				slowness = seconds * 1000;
				const trigger = triggerOf(nas, { requestTimeout });
				const took: number[] = [];
				for (let poll = 0; poll < 6; poll++) {
					if (poll === 3) {
						nas.task(1).accept();
						nas.advance({ minutes: 11 });
					}
					took.push((await timed(trigger)).took);
				}
				expect(Math.max(...took)).toBeLessThanOrEqual(BUDGET);
				// Without a limit for the whole poll, a cold start alone would be abandoned.
				if (seconds >= 25) expect(Math.max(...took)).toBeGreaterThan(BUDGET / 2);
				await closeAll();
			}
			expect(BUDGET).toBeLessThan(ABANDONED);
		},
	);

	test('whose first poll is cut off: the next ones go on from there, and a failure is reported once', async () => {
		const { nas } = await givenNas({ dialect, tasks: [nightly] });
		slowness = 11_000;
		const trigger = triggerOf(nas, { includeLog: false });
		const events: string[] = [];
		for (let poll = 0; poll < 8; poll++) {
			if (poll === 4) {
				nas.task(1).accept();
				nas.advance({ minutes: 11 });
			}
			events.push(...(await timed(trigger)).events);
		}
		expect(events.filter((event) => event === 'backupFailed')).toHaveLength(1);
	});
});

test('after the budget nothing more is sent', async () => {
	const { nas } = await givenNas({ tasks: [nightly] });
	slowness = BUDGET;
	const trigger = triggerOf(nas, { requestTimeout: 120_000 });
	await timed(trigger);
	expect(nas.requests).toHaveLength(1);
	expect(now - START).toBe(BUDGET);
});

test('an n8n that names no budget gives five minutes', async () => {
	const { nas } = await givenNas({ tasks: [nightly] });
	slowness = 100_000;
	const trigger = triggerOf(nas, { requestTimeout: 1_000_000 });
	trigger.budget = undefined as never;
	await timed(trigger);
	expect(now - START).toBe(300_000);
});
