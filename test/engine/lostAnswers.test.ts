import type { NasOptions, TaskSpec } from '../../simulator';
import { runNode } from '../../testing/engine';
import { closeAll, givenNas } from '../../testing/nas';
import { whenPausing } from '../support/pauses';

afterEach(closeAll);

const one = { __rl: true, mode: 'id', value: '1' };
const suspended: TaskSpec['lastRun'] = { result: 'suspend', endedAt: Date.UTC(2026, 10, 20) };

/** A NAS whose task is in the state the action needs, and a node that has a session. */
async function given(action: string, options: NasOptions = {}) {
	const task: TaskSpec = {
		id: 1,
		name: 'Nightly',
		durationSeconds: 3600,
		...(['resume', 'discard'].includes(action) ? { lastRun: suspended } : {}),
	};
	const { nas, credentials } = await givenNas({ tasks: [task], ...options });
	whenPausing((milliseconds) => nas.advance(milliseconds));
	await runNode(credentials, { operation: 'getAll' });
	if (['cancel', 'suspend'].includes(action)) {
		nas.task(1).accept();
		nas.advance({ seconds: 1200 });
	}
	nas.resetRequests();
	return { nas, credentials };
}

const WIRE: Record<string, string> = {
	run: 'backup',
	cancel: 'cancel',
	suspend: 'suspend',
	resume: 'resume',
	discard: 'discard',
};
const NOT_DONE: Record<string, string> = {
	run: 'was not started',
	cancel: 'was not canceled',
	suspend: 'was not suspended',
	resume: 'was not resumed',
	discard: 'was not discarded',
};

describe.each(Object.keys(WIRE))('%s, whose response is lost', (action) => {
	test.each(['resetAfterAccept', 'truncated', 'hangAfterAccept'] as const)(
		'accepted by the NAS (%s): the item says so, and nothing is sent twice',
		async (kind) => {
			const { nas, credentials } = await given(action);
			nas.fault({ kind, api: 'SYNO.Backup.Task', apiMethod: WIRE[action], times: 1 });
			const { items, error } = await runNode(credentials, { operation: action, taskId: one });
			expect(error).toBeUndefined();
			expect(items[0]!.json).toEqual({
				task_id: '1',
				name: 'Nightly',
				success: true,
				response_lost: true,
			});
			expect(nas.count('SYNO.Backup.Task', WIRE[action])).toBe(1);
		},
	);

	test.each(['reset', 'http502'] as const)(
		'not accepted (%s): an error says so with the state, after three readings',
		async (kind) => {
			const { nas, credentials } = await given(action);
			nas.fault({ kind, api: 'SYNO.Backup.Task', apiMethod: WIRE[action] });
			const { error } = await runNode(credentials, { operation: action, taskId: one });
			expect(error?.message).toMatch(
				new RegExp(
					`^Task '1' ${NOT_DONE[action]}: the response of the NAS was lost, and the task shows that '${action}' was not accepted: `,
				),
			);
			expect(error?.description).toBe('The request was not repeated. You can try it again.');
			expect(nas.count('SYNO.Backup.Task', WIRE[action])).toBe(1);
			expect(nas.count('SYNO.Backup.Task', 'status')).toBe(3);
		},
	);

	test('is unknown: the NAS is gone', async () => {
		const { nas, credentials } = await given(action);
		nas.fault({
			kind: 'resetAfterAccept',
			api: 'SYNO.Backup.Task',
			apiMethod: WIRE[action],
			times: 1,
		});
		const run = runNode(credentials, { operation: action, taskId: one });
		// The reads that follow get no response.
		if (action === 'run')
			nas.fault({ kind: 'reset', api: 'SYNO.Backup.Task', apiMethod: 'status' });
		else
			nas.afterNext('SYNO.Backup.Task', WIRE[action]!, () =>
				nas.fault({ kind: 'reset', api: 'SYNO.Backup.Task', apiMethod: 'status' }),
			);
		const { error } = await run;
		expect(error?.message).toContain(
			`Task '1': it is not known whether the NAS accepted '${action}'`,
		);
		expect(error?.description).toContain("Read the task with 'Get Status'");
		expect(nas.count('SYNO.Backup.Task', WIRE[action])).toBe(1);
	});
});

test('a request that was never sent is no lost response', async () => {
	const { nas, credentials } = await given('run');
	const { host } = new URL(nas.url);
	await nas.close();
	const { error } = await runNode(credentials, { operation: 'run', taskId: one });
	expect(error?.message).toBe(`Task '1' was not started. '${host}' refused the connection`);
});

test('a read is tried three times, within its time limit, and an action once', async () => {
	const { nas, credentials } = await given('run');
	nas.fault({ kind: 'reset', times: 2 });
	expect(
		(await runNode(credentials, { operation: 'getStatus', taskId: one })).error,
	).toBeUndefined();
	expect(nas.requests).toHaveLength(3);
	nas.resetRequests();
	nas.fault({ kind: 'reset' });
	expect(
		(await runNode(credentials, { operation: 'getStatus', taskId: one })).error?.message,
	).toContain('closed the connection');
	expect(nas.requests).toHaveLength(3);
});
