import { runCode, valueOf } from './exampleWorkflow';
import { office, unreadable } from './summaries';

const FILE = 'heartbeat.json';

const event = (name: string, more: Record<string, unknown> = {}) => ({
	json: {
		event: name,
		message: `Task 'Nightly to USB': ${name}`,
		task: { task_id: '4', name: 'Nightly to USB' },
		...more,
	},
});

const pings = (...input: Array<ReturnType<typeof event>>) =>
	runCode(FILE, 'Build Task Ping', { input }).map(({ json }) => json);

describe('the ping of a task', () => {
	test.each([
		['backupStarted', '/start'],
		['backupSucceeded', ''],
		['backupFailed', '/fail'],
		['backupPartial', '/fail'],
		['backupCanceled', '/fail'],
		['backupOutcomeUnknown', '/fail'],
		['versionRotationFailed', '/fail'],
	])('for %s ends with "%s", and has the sentence of the event as its body', (name, suffix) => {
		expect(pings(event(name))).toEqual([
			{ check: '4-nightly-to-usb', suffix, body: `Task 'Nightly to USB': ${name}` },
		]);
	});

	test('is sent for each event of a poll, and never for a sample', () => {
		const sample = event('backupFailed', { test: true });
		expect(pings(event('backupStarted'), sample, event('backupFailed'))).toHaveLength(2);
	});

	test('names a check of its own for every task, in signs that an address may have', () => {
		const ids = ['1', '12', 'iscsi-vm', 'iSCSI-vm', 'iscsi vm', 'iscsi_vm', '"7"', 'ÄÖ', 'Ł', ' 1'];
		const names = ids.map((task_id) => {
			const [ping] = pings(
				event('backupStarted', { task: { task_id, name: 'The / same "name"' } }),
			);
			return String(ping!.check);
		});
		expect(new Set(names).size).toBe(ids.length);
		for (const name of names) expect(name).toMatch(/^[a-z0-9_-]+$/);
	});
});

describe('the ping of a tick', () => {
	const ping = (input: ReturnType<typeof office>) =>
		runCode(FILE, 'Build Tick Ping', { input })[0]!.json;

	test('is a success if the NAS could be read, whatever the tasks', () => {
		expect(ping(office())).toEqual({
			check: 'n8n',
			suffix: '',
			body: expect.stringContaining('2 need attention') as string,
		});
	});

	test('is a failure with the reason if not', () => {
		expect(ping(unreadable('No route to the NAS'))).toEqual({
			check: 'n8n',
			suffix: '/fail',
			body: 'The NAS could not be read: No route to the NAS',
		});
	});
});

test('Ping sends the body as text', () => {
	expect(valueOf(FILE, 'Ping', 'body', { input: [{ json: { body: 'Why' } }] })).toBe('Why');
});
