import { conditionOf, runCode, valueOf, type Item } from './exampleWorkflow';

const task = { task_id: '1', name: 'Nightly' };
const event = (name: string, more: Record<string, unknown> = {}): Item => ({
	json: { event: name, nas: 'NAS', task, previous: task, message: 'Sentence', ...more },
});
const failure = (failures_in_a_row: number, more = {}) =>
	event('backupFailed', { run: { failures_in_a_row }, ...more });
const recovery = (failures: number) => event('backupRecovered', { ended: { failures } });

/** What a node of the workflow sends. */
const sent = (file: string, node: string, item: Item) =>
	JSON.parse(String(valueOf(file, node, 'jsonBody', { input: [item] }))) as Record<string, unknown>;

describe('recovered', () => {
	const kept = (...input: Item[]) =>
		runCode('recovered.json', 'Drop Second All-Clear', { input }).map(({ json }) => json.event);

	test('ends an overdue backup with one message, not with two', () => {
		expect(kept(event('backupRecovered'), event('backupOverdueEnded'))).toEqual([
			'backupRecovered',
		]);
	});

	test('ends an overdue backup that did not succeed too', () => {
		const other = { task: null, previous: { task_id: '2', name: 'Deleted' } };
		expect(kept(event('backupOverdueEnded'))).toEqual(['backupOverdueEnded']);
		expect(kept(event('backupRecovered'), event('backupOverdueEnded', other))).toHaveLength(2);
	});

	test.each([
		['backupFailed', 'Check the backup: Nightly (NAS)', 4],
		['backupOverdue', 'Check the backup: Nightly (NAS)', 4],
		['backupRecovered', 'All clear: Nightly (NAS)', 3],
		['backupOverdueEnded', 'All clear: Nightly (NAS)', 3],
	])('%s: %s', (name, title, priority) => {
		const notification = sent('recovered.json', 'Notify', event(name));
		expect(notification).toMatchObject({ title, priority, message: 'Sentence' });
	});
});

describe('escalation', () => {
	const escalates = ({ json }: Item, rule = { escalate_after: 3, then_every: 3 }) =>
		Boolean(conditionOf('escalation.json', 'Does It Escalate?', { json: { ...json, ...rule } }));
	const escalated = (rule?: { escalate_after: number; then_every: number }) =>
		[1, 2, 3, 4, 5, 6, 7, 8, 9].filter((failures) => escalates(failure(failures), rule));

	test('comes with the third failure in a row, and with every third one after that', () => {
		expect(escalated()).toEqual([3, 6, 9]);
	});

	test('has the numbers of the rule', () => {
		expect(escalated({ escalate_after: 2, then_every: 5 })).toEqual([2, 7]);
		expect(escalated({ escalate_after: 4, then_every: 0 })).toEqual([4]);
	});

	test('is not missed where the third failure was held and only a later one comes', () => {
		expect(escalates(failure(4, { muted: { count: 3 } }))).toBe(true);
		expect(escalates(failure(4, { muted: { count: 1 } }))).toBe(false);
		expect(escalates(failure(2, { muted: { count: 2 } }))).toBe(false);
	});

	test('ends with an all-clear for those who were woken, and only for them', () => {
		expect([1, 2, 3, 7].filter((failures) => escalates(recovery(failures)))).toEqual([3, 7]);
	});

	test('does not come with what is no run', () => {
		expect(escalates(event('versionRotationFailed', { run: null }))).toBe(false);
	});

	test('goes to another topic with the highest priority, and says how many failed', () => {
		expect(sent('escalation.json', 'Notify On-Call', failure(3))).toMatchObject({
			topic: 'backups-on-call',
			title: '3 failures in a row: Nightly (NAS)',
			priority: 5,
		});
		expect(sent('escalation.json', 'Notify Chat', failure(2))).toMatchObject({
			topic: 'backups',
			message: 'Sentence (failure 2 in a row)',
			priority: 3,
		});
	});
});
