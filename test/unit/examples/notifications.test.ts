import { EXAMPLES, nodesOf, valueOf, type Item } from './exampleWorkflow';

interface Notification {
	topic: string;
	title: string;
	message: string;
	priority: number;
	tags: string[];
}

function sent(
	file: string,
	json: Record<string, unknown>,
	others: Record<string, Item[]> = {},
	node = 'Notify',
): Notification {
	const text = valueOf(file, node, 'jsonBody', { input: [{ json }], others }) as string;
	return JSON.parse(text) as Notification;
}

const NAS = 'DiskStation';
const task = { task_id: '1', name: 'Nightly to USB', problem: null };
const event = (name: string, more: Record<string, unknown> = {}) => ({
	event: name,
	nas: NAS,
	task,
	run: null,
	message: `Task 'Nightly to USB': ${name}`,
	...more,
});

/** What the nodes put out in each example, and what comes before in the workflow. */
const SENT: Array<[string, Record<string, unknown>, Record<string, Item[]>?, string?]> = [
	...['backupFailed', 'backupPartial', 'backupCanceled', 'destinationProblem'].map(
		(name): [string, Record<string, unknown>] => ['alert-on-failure.json', event(name)],
	),
	...['backupOverdue', 'backupOverdueEnded', 'backupTooLong'].map(
		(name): [string, Record<string, unknown>] => ['overdue-watchdog.json', event(name)],
	),
	['overdue-watchdog.json', event('nasUnreachable', { task: null })],
	...['backupFailed', 'backupCanceled', 'backupOverdue', 'backupOverdueEnded'].map(
		(name): [string, Record<string, unknown>] => ['recovered.json', event(name)],
	),
	['recovered.json', event('backupRecovered', { ended: { event: 'backupOverdue' } })],
	['recovered.json', event('backupOverdueEnded', { task: null, previous: task })],
	...['Notify Chat', 'Notify On-Call'].flatMap((node): typeof SENT => [
		['escalation.json', event('backupFailed', { run: { failures_in_a_row: 3 } }), {}, node],
		['escalation.json', event('backupRecovered', { ended: { failures: 3 } }), {}, node],
	]),
	['escalation.json', event('versionRotationFailed'), {}, 'Notify Chat'],
	['run-and-notify.json', { outcome: 'succeeded', message: 'The backup succeeded', nas: NAS }],
	['run-and-notify.json', { error: 'No route to the NAS' }],
	[
		'nightly-chain.json',
		{ outcome: 'succeeded', message: 'Photos: succeeded' },
		{ 'Run Backup A': [{ json: { outcome: 'failed', message: 'Nightly: failed' } }] },
	],
	[
		'stop-service-and-back-up.json',
		{ ok: true },
		{ 'Run Backup': [{ json: { outcome: 'failed', message: 'Nightly: failed' } }] },
	],
	['quiet-hours.json', { task_id: '1', name: 'Nightly', nas: NAS }, { 'Get Running Tasks': [] }],
	['quiet-hours.json', { error: "Task '1' was not suspended" }],
	['restore-drill.json', { result: 'match', message: 'It is the same', file: 'homes/a' }],
	['restore-drill.json', { result: 'damaged', message: 'It is damaged', file: 'homes/a' }],
	[
		'unusual-change.json',
		{ name: 'Nightly', nas: NAS, message: 'It changed 900 files' },
		{},
		'Send Alert',
	],
	['wake-on-push.json', { nas: NAS, message: "Task 'Nightly': its last backup failed" }],
	['resume-suspended.json', { task_id: '1', success: true }],
	['resume-suspended.json', { task_id: '1', name: 'Nightly', attempt: 4 }, {}, 'Send Alert'],
];

describe('notifications', () => {
	test.each(
		SENT.map(([file, json, others = {}, node = 'Notify']) => ({ file, json, others, node })),
	)('$file with $json is what ntfy takes at its root URL', ({ file, json, others, node }) => {
		const notification = sent(file, json, others, node);
		expect(Object.keys(notification)).toEqual(['topic', 'title', 'message', 'priority', 'tags']);
		expect(notification.topic).toMatch(/^[-_A-Za-z0-9]{1,64}$/);
		expect(notification.title).not.toMatch(/undefined|null|\[object/);
		expect(notification.message).toMatch(/\w/);
		expect(notification.message).not.toMatch(/undefined|null|\[object/);
		expect([1, 2, 3, 4, 5]).toContain(notification.priority);
		expect(notification.tags.every((tag) => typeof tag === 'string')).toBe(true);
	});

	test('every example that sends JSON is covered, and its note shows Slack and Discord', () => {
		const sending = EXAMPLES.filter((file) =>
			nodesOf(file).some(({ parameters }) => parameters.jsonBody !== undefined),
		);
		expect([...new Set(SENT.map(([file]) => file))].sort()).toEqual(sending.sort());
		for (const file of sending) {
			const note = String(nodesOf(file)[0]!.parameters.content);
			expect([file, /Slack/.test(note), /Discord/.test(note)]).toEqual([file, true, true]);
		}
	});

	test("an alert carries the event's sentence and the name of the NAS", () => {
		expect(sent('alert-on-failure.json', event('backupFailed'))).toMatchObject({
			title: 'Check the backups on DiskStation',
			message: "Task 'Nightly to USB': backupFailed",
			priority: 4,
		});
	});

	test('a canceled backup is an alert, even without a sentence', () => {
		expect(nodesOf('alert-on-failure.json')[1]!.parameters.events).toContain('backupCanceled');
		expect(
			sent('alert-on-failure.json', event('backupCanceled', { message: undefined })),
		).toMatchObject({
			title: expect.stringMatching(/^Check/),
			message: 'Nightly to USB: backupCanceled',
		});
	});

	test('only a problem that is over is called resolved', () => {
		const titles = ['backupOverdue', 'backupOverdueEnded', 'nasUnreachable', 'nasReachable'].map(
			(name) => sent('overdue-watchdog.json', event(name)).title,
		);
		expect(titles).toEqual([
			'Check the backups on DiskStation',
			'Resolved on DiskStation',
			'Check the backups on DiskStation',
			'Resolved on DiskStation',
		]);
	});

	test.each(['failed', 'partial', 'canceled', 'suspended', 'not_started', 'timed_out', 'unknown'])(
		'a run with the outcome %s did not succeed',
		(outcome) => {
			const json = { outcome, message: 'Sentence', nas: NAS };
			expect(sent('run-and-notify.json', json)).toMatchObject({
				title: 'Backup did not succeed on DiskStation',
				message: 'Sentence',
				priority: 4,
			});
			expect(
				sent('nightly-chain.json', json, {
					'Run Backup A': [{ json: { outcome: 'succeeded', message: 'A' } }],
				}),
			).toMatchObject({ title: 'Not all backups succeeded', message: 'A\nSentence' });
		},
	);

	test('a service that cannot be started again is the most urgent notification', () => {
		const others = { 'Run Backup': [{ json: { outcome: 'succeeded', message: 'Sentence' } }] };
		expect(sent('stop-service-and-back-up.json', { error: 'refused' }, others)).toMatchObject({
			title: 'The service was NOT started again',
			priority: 5,
		});
	});
});

describe('the nodes', () => {
	const nodes = EXAMPLES.flatMap((file) => nodesOf(file).map((node) => ({ file, ...node })));

	test('are named in title case, by what they do', () => {
		const names = nodes.map(({ name }) => name);
		const words = names.flatMap((name) => name.split(' '));
		const small = ['a', 'an', 'at', 'is', 'or', 'the'];
		expect(words.filter((word) => /^[a-z]/.test(word) && !small.includes(word))).toEqual([]);
	});

	test.each(EXAMPLES)('of %s that are named in code and expressions exist', (file) => {
		const own = nodesOf(file);
		const names = own.map(({ name }) => name);
		const named = own.flatMap(({ parameters }) =>
			[...JSON.stringify(parameters).matchAll(/\$\('([^']+)'\)/g)].map(([, name]) => name!),
		);
		expect(named.filter((name) => !names.includes(name))).toEqual([]);
	});

	test('count a canceled backup wherever they wait for a failure', () => {
		const failOn = nodes
			.map(({ parameters }) => (parameters.options as { failOn?: string[] } | undefined)?.failOn)
			.filter((list) => list !== undefined);
		expect(failOn.length).toBeGreaterThan(0);
		for (const list of failOn) expect(list).toContain('canceled');
	});
});
