import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DateTime } from 'luxon';
import { build, CODE, WORKFLOW } from '../../../examples/backup-calendar/build';
import { runNode, type Item } from './codeNode';

const SOURCES = join(dirname(WORKFLOW), 'backup-calendar');
const text = readFileSync(WORKFLOW, 'utf8');
const nodes = (
	JSON.parse(text) as {
		nodes: Array<{
			name: string;
			parameters: {
				filters?: { conditions: Array<{ keyName: string; condition: string; keyValue: string }> };
			};
		}>;
	}
).nodes;

describe('the workflow file of the backup calendar', () => {
	test('is what its sources make', () => {
		expect(build(text)).toBe(text);
	});

	test('is small, and made of all the short files beside it', () => {
		expect(Buffer.byteLength(text)).toBeLessThan(60_000);
		expect(Object.values(CODE).flat().sort()).toEqual(
			readdirSync(SOURCES)
				.filter((file) => file.endsWith('.js'))
				.sort(),
		);
		for (const file of readdirSync(SOURCES))
			expect([file, readFileSync(join(SOURCES, file), 'utf8').split('\n').length < 151]).toEqual([
				file,
				true,
			]);
	});

	test("asks for no module, and keeps nothing in static data, which n8n's polling triggers overwrite", () => {
		expect(text).not.toMatch(/require\(|import |getWorkflowStaticData/);
	});

	test('forgets what is older than 60 days, of this workflow only', () => {
		const conditions = nodes.find(({ name }) => name === 'Forget Old Days')!.parameters.filters!
			.conditions;
		const now = DateTime.fromISO('2026-11-24T07:00', { zone: 'Europe/Berlin' });
		const value = (expression: string): unknown =>
			new Function('$now', '$workflow', `return ${/^=\{\{(.*)\}\}$/.exec(expression)![1]}`)(now, {
				id: 'wf1',
			});
		expect(
			conditions.map(({ keyName, condition, keyValue }) => [keyName, condition, value(keyValue)]),
		).toEqual([
			['workflow', 'eq', 'wf1'],
			[
				'at',
				'lt',
				Math.floor(DateTime.fromISO('2026-09-25T07:00', { zone: 'Europe/Berlin' }).toSeconds()),
			],
		]);
	});
});

describe('Remember', () => {
	const event = (more: Record<string, unknown>): Item => ({
		json: {
			event: 'backupFailed',
			detected_at: '2026-11-24T08:31:07.120Z',
			task: { task_id: '4', name: 'Web server' },
			run: { outcome: 'failed', finished_at: 1795506060 },
			...more,
		},
	});
	const remember = (items: Item[], mode?: 'test'): Array<Record<string, unknown>> =>
		runNode('Remember', { others: { 'When a Backup Ends': items }, mode }).map(({ json }) => json);

	test('one row of a run, with the same key whenever it is told', () => {
		const [row] = remember([event({})]);
		expect(row).toEqual({
			key: 'wf1|4|1795506060|failed',
			workflow: 'wf1',
			task_id: '4',
			name: 'Web server',
			outcome: 'failed',
			at: 1795506060,
		});
		expect(remember([event({ detected_at: '2026-11-24T08:40:00.000Z' })])).toEqual([row]);
	});

	test('several events of one poll are several rows', () => {
		const second = event({
			task: { task_id: 'iscsi-vm', name: 'iscsi-vm' },
			run: { outcome: 'succeeded', finished_at: 1795506000 },
		});
		expect(remember([event({}), second]).map(({ key }) => key)).toEqual([
			'wf1|4|1795506060|failed',
			'wf1|iscsi-vm|1795506000|succeeded',
		]);
	});

	test('a run of which DSM tells no time counts when it was noticed', () => {
		expect(remember([event({ run: { outcome: 'unknown', finished_at: null } })])[0]).toMatchObject({
			outcome: 'unknown',
			at: 1795509067,
		});
	});

	test('an event without a run, and a sample, are nothing to remember', () => {
		expect(
			remember([
				event({ event: 'taskRenamed', run: null }),
				event({ event: 'taskRemoved', task: null }),
			]),
		).toEqual([]);
		expect(remember([event({})], 'test')).toEqual([]);
	});
});
