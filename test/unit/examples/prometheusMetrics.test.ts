import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCode, type Item } from './exampleWorkflow';
import { parseGauges, type Sample } from './prometheusText';
import { branch, hoursAgo, office, summaryOf, taskNamed, unreadable } from './summaries';

const FILE = 'prometheus-metrics.json';

interface Reads {
	first: Item[];
	second?: Item[];
	/** What Get Status put out; not executed if not given. */
	statuses?: Item[];
}

function metricsOf({ first, second = summaryOf([]), statuses }: Reads): string {
	const [item] = runCode(FILE, 'Write Metrics', {
		others: {
			'First NAS': first,
			'Second NAS': second,
			...(statuses ? { 'First NAS Status': statuses } : {}),
		},
	});
	return String(item!.json.metrics);
}

const gauges = (reads: Reads): Sample[] => parseGauges(metricsOf(reads));

/** The values of one metric, by task or by NAS. */
function valuesOf(samples: Sample[], metric: string): Record<string, number> {
	return Object.fromEntries(
		samples
			.filter(({ name }) => name === `hyper_backup_${metric}`)
			.map(({ labels: { task, nas, status }, value }) => [
				[task ?? nas, status].filter(Boolean).join(' '),
				value,
			]),
	);
}

test('the metrics of two NASes follow the text format', () => {
	const samples = gauges({ first: office(), second: branch() });
	expect(valuesOf(samples, 'up')).toEqual({ 'First NAS': 1, 'Second NAS': 1 });
	expect(valuesOf(samples, 'tasks')).toEqual({ 'First NAS': 5, 'Second NAS': 3 });
	expect(valuesOf(samples, 'task_needs_attention')).toEqual({
		'Web server': 1,
		'Mail to the second NAS': 1,
		'iscsi-vm': 0,
		'Nightly to USB': 0,
		'Photos to C2': 0,
		'Home directories': 1,
		Archive: 1,
		Accounting: 0,
	});
});

test('a NAS that could not be read is down and has no task', () => {
	for (const second of [unreadable('No route to the NAS'), []]) {
		const samples = gauges({ first: summaryOf([taskNamed('Nightly')]), second });
		expect(valuesOf(samples, 'up')).toEqual({ 'First NAS': 1, 'Second NAS': 0 });
		expect(samples.filter(({ labels }) => labels.nas === 'Second NAS')).toHaveLength(1);
	}
});

test('a task has the value 1 for exactly one status', () => {
	const suspended = taskNamed('Mail', { status: 'suspended', last_result: 'suspended' });
	expect(valuesOf(gauges({ first: summaryOf([suspended]) }), 'task_status')).toEqual({
		'Mail idle': 0,
		'Mail running': 0,
		'Mail suspended': 1,
		'Mail error': 0,
		'Mail unknown': 0,
	});
});

describe('the time of the last success', () => {
	const failed = taskNamed('Web', { status: 'error', last_result: 'failed' });
	const lastSuccess = (reads: Reads) =>
		valuesOf(gauges(reads), 'task_last_success_timestamp_seconds');

	test('of a task that is fine is the time of its last backup', () => {
		expect(lastSuccess({ first: summaryOf([taskNamed('Web')]) })).toEqual({ Web: hoursAgo(7) });
	});

	test('of a task that failed is what Get Status says, not the failed backup', () => {
		const statuses = [{ json: { task_id: 'Web', last_success_time: hoursAgo(31) } }];
		expect(lastSuccess({ first: summaryOf([failed]), statuses })).toEqual({ Web: hoursAgo(31) });
	});

	test.each<[string, Item[]]>([
		['could not be read', [{ json: { error: 'Timed out' } }]],
		['is not known', [{ json: { task_id: 'Web', last_success_time: null } }]],
	])('that %s has no line', (_what, statuses) => {
		expect(lastSuccess({ first: summaryOf([failed]), statuses })).toEqual({});
	});

	test('takes one more request only for tasks that run or need attention', () => {
		const picked = runCode(FILE, 'First NAS Tasks', { input: office() });
		expect(picked.map(({ json }) => json.name)).toEqual([
			'Web server',
			'Mail to the second NAS',
			'Photos to C2',
		]);
		expect(runCode(FILE, 'Second NAS Tasks', { input: unreadable('Timed out') })).toEqual([]);
	});
});

test.each(['a\\', '"quoted"', 'two\nlines', '\\n', '{a="b"} 1', 'a,b="c"'])(
	'the name %j is escaped',
	(name) => {
		const samples = gauges({ first: summaryOf([taskNamed(name)]) });
		expect(samples.map(({ labels }) => labels.task).filter(Boolean)).toContain(name);
		expect(Object.keys(valuesOf(samples, 'task_needs_attention'))).toEqual([name]);
	},
);

describe('the check of the format', () => {
	const head = '# HELP a What.\n# TYPE a gauge\n';
	test.each([
		['no end of line', `${head}a{x="1"} 1`],
		['no type', '# HELP a What.\na{x="1"} 1\n'],
		['the same series twice', `${head}a{x="1"} 1\na{x="1"} 2\n`],
		['the same label twice', `${head}a{x="1",x="2"} 1\n`],
		['a quote that is not escaped', `${head}a{x="1"2"} 1\n`],
		['an unknown escape', `${head}a{x="\\t"} 1\n`],
		['a metric in two groups', `${head}a{x="1"} 1\n# HELP b W\n# TYPE b gauge\na{x="2"} 1\n`],
		['no number', `${head}a{x="1"} null\n`],
	])('refuses %s', (_what, text) => {
		expect(() => parseGauges(text)).toThrow();
	});
});

test('the Grafana dashboard shows only metrics that are there', () => {
	const path = join(__dirname, '../../../docs/monitoring/grafana-dashboard.json');
	const { panels } = JSON.parse(readFileSync(path, 'utf8')) as {
		panels: Array<{ targets: Array<{ expr: string }> }>;
	};
	const statuses = [{ json: { task_id: 'Web server', last_success_time: 1 } }];
	const there = gauges({ first: office(), second: branch(), statuses }).map(({ name }) => name);
	const used = panels
		.flatMap(({ targets }) => targets)
		.flatMap(({ expr }) => expr.match(/hyper_backup_\w+/g) ?? []);
	expect(used.filter((name) => !there.includes(name))).toEqual([]);
	expect(new Set(used)).toContain('hyper_backup_up');
});
