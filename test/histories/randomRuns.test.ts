import fc from 'fast-check';
import type { Nas } from '../../simulator';
import { runNode } from '../../testing/engine';
import { closeAll, givenNas } from '../../testing/nas';
import { whenPausing } from '../support/pauses';
import { followRealTime, followTimeOf } from './currentTime';

const RUNS = Number(process.env.RUNS ?? 2000);
const SEED = Number(process.env.RUNS_SEED ?? Date.now() % 2 ** 31);
const START = Date.UTC(2026, 10, 24, 8, 0, 0);

afterAll(async () => {
	followRealTime();
	await closeAll();
});

const scenario = fc.record({
	outcome: fc.constantFrom(
		'done' as const,
		'done' as const,
		'failed' as const,
		'partial' as const,
		'dest_missing' as const,
	),
	seconds: fc.integer({ min: 3, max: 1200 }),
	delay: fc.constantFrom(0, 0, 1, 20, 60),
	rotation: fc.constantFrom(0, 0, 30, 3600),
	queuedBehind: fc.constantFrom(0, 0, 0, 200, 600),
	/** A part of the run's time after which a user or an accident intervenes. */
	accident: fc.option(
		fc.record({
			at: fc.double({ min: 0, max: 1, noNaN: true }),
			what: fc.constantFrom(
				'cancel' as const,
				'suspend' as const,
				'expire' as const,
				'outage' as const,
				'reboot' as const,
			),
		}),
		{ nil: undefined },
	),
});

const TRUTH: Record<string, string> = {
	done: 'succeeded',
	partial: 'partial',
	failed: 'failed',
	dest_missing: 'failed',
};

/** What the NAS's own log says became of the run. */
function truthOf(nas: Nas, from: number): string {
	const end = nas.history
		.slice(from)
		.find(
			({ kind, taskId }) => taskId === 1 && ['finished', 'canceled', 'suspended'].includes(kind),
		);
	if (!end) return 'none';
	return end.kind === 'finished' ? TRUTH[end.result!]! : end.kind;
}

test.each(['7.0', '7.2'] as const)(
	`${RUNS / 2} random runs on DSM %s: the outcome is what the NAS's own log says`,
	async (dsm) => {
		const { nas, credentials } = await givenNas({
			dsm,
			parallel: 1,
			tasks: [
				{ id: 1, name: 'Nightly', lastRun: { result: 'done', endedAt: START - 3_600_000 } },
				{ id: 2, name: 'Other' },
			],
		});
		followTimeOf(nas);
		const task = nas.task(1);
		await fc.assert(
			fc.asyncProperty(
				scenario,
				async ({ outcome, seconds, delay, rotation, queuedBehind, accident }) => {
					nas.clearFaults();
					if (task.result === 'suspend') task.discard();
					nas.advance({ hours: 3 });
					// A login pauses too: accidents are to meet the run, not what comes before it.
					whenPausing(() => undefined);
					await runNode(credentials, { operation: 'getAll' });
					Object.assign(task.spec, { startDelaySeconds: delay, rotationSeconds: rotation });
					task.willEnd({ result: outcome, durationSeconds: seconds });
					if (queuedBehind > 0) {
						nas.task(2).willEnd({ result: 'done', durationSeconds: queuedBehind });
						nas.task(2).accept();
					}
					const from = nas.history.length;
					nas.resetRequests();
					const due =
						accident === undefined
							? Infinity
							: nas.clock.now() + (delay + queuedBehind + accident.at * seconds) * 1000;
					let happened = false;
					whenPausing((milliseconds) => {
						nas.advance(milliseconds);
						// The node also pauses while it logs in: nothing has been started then.
						const started = nas.count('SYNO.Backup.Task', 'backup') > 0;
						if (happened || !started || nas.clock.now() < due) return;
						happened = true;
						if (accident!.what === 'cancel' && task.status === 'backup') task.cancel();
						if (accident!.what === 'suspend' && task.status === 'backup') task.suspend();
						if (accident!.what === 'expire') nas.sessions.expire(119);
						if (accident!.what === 'outage') nas.fault({ kind: 'http502', times: 9 });
						if (accident!.what === 'reboot') nas.reboot({ minutes: 2 });
					});
					const { items } = await runNode(credentials, {
						operation: 'run',
						waitForCompletion: true,
						taskId: { __rl: true, mode: 'id', value: '1' },
						options: { failOn: [] },
					} as never);
					expect(items[0]!.json.outcome).toBe(truthOf(nas, from));
				},
			),
			{ numRuns: RUNS / 2, seed: SEED },
		);
		process.stdout.write(
			`seed ${SEED}: ${RUNS / 2} runs on DSM ${dsm}, each as the NAS's log has it\n`,
		);
	},
	3_600_000,
);
