import { startNas } from '../simulator';
import { ActiveTrigger, runNode } from '../testing/engine';
import { credentialsFor } from '../testing/nas';

/** Requests of each operation and of a poll, a session being there. */
export async function countRequests(): Promise<Record<string, number>> {
	const nas = await startNas({
		timeZone: 'UTC',
		tasks: [
			{ id: 1, name: 'Nightly', durationSeconds: 3600 },
			{ id: 2, name: 'Remote', lastRun: { result: 'suspend', endedAt: Date.UTC(2026, 10, 20) } },
			{ id: 3, name: 'Photos', lastRun: { result: 'suspend', endedAt: Date.UTC(2026, 10, 20) } },
		],
	});
	const credentials = credentialsFor(nas);
	const byId = (value: string) => ({ __rl: true, mode: 'id', value });
	await runNode(credentials, { operation: 'getAll' });
	const counts: Record<string, number> = {};
	const count = async (name: string, work: () => Promise<unknown>): Promise<void> => {
		nas.resetRequests();
		await work();
		counts[name] = nas.requests.length;
	};
	for (const [operation, task] of [
		['getAll', '1'],
		['get', '1'],
		['getStatus', '1'],
		['run', '1'],
		['suspend', '1'],
		['resume', '2'],
		['cancel', '2'],
		['discard', '3'],
	] as const) {
		if (operation === 'suspend') nas.advance({ seconds: 1800 });
		await count(operation, async () => {
			const { error } = await runNode(credentials, { operation, taskId: byId(task) });
			if (error) throw new Error(`${operation}: ${error.message}`);
		});
	}
	await count(
		'diagnose',
		async () => await runNode(credentials, { resource: 'nas', operation: 'diagnose' }),
	);
	const trigger = new ActiveTrigger(credentials, { events: ['statusChanged'] });
	await trigger.poll();
	await count('poll', async () => await trigger.poll());
	await nas.close();
	return counts;
}
