import { DateTime } from 'luxon';
import { calendarMail, history, task, type Given, type Run } from './calendarHistory';
import { runCode, valueOf, nodesOf, type Item } from './exampleWorkflow';

const FILE = 'backup-calendar.json';
const NOW = DateTime.fromISO('2026-11-24T07:00', { zone: 'Europe/Berlin' });
const seconds = (daysAgo: number): number =>
	Math.floor(NOW.minus({ days: daysAgo, hours: 2 }).toSeconds());
const ran = (task_id: string, outcome: string, daysAgo = 0): Run => ({
	task_id,
	outcome,
	at: seconds(daysAgo),
});
const mail = (given: Omit<Given, 'now'>) => calendarMail({ now: NOW, ...given });
const cell = ({ rows }: ReturnType<typeof mail>, row: number, daysAgo: number) =>
	rows[row]!.cells[34 - daysAgo]!.outcome;

describe('the subject of the backup calendar', () => {
	test.each<[string, Omit<Given, 'now'>]>([
		[
			'nothing needs attention (2 tasks)',
			{ tasks: [task('1'), task('2')], runs: [ran('1', 'succeeded'), ran('2', 'succeeded', 6)] },
		],
		[
			'nothing needs attention (1 task)',
			{ tasks: [task('1')], runs: [ran('1', 'failed', 7), ran('1', 'succeeded')] },
		],
		[
			'attention needed for 1 of 2 tasks',
			{
				tasks: [task('1'), task('2')],
				runs: [ran('1', 'succeeded'), ran('2', 'failed', 6), ran('2', 'succeeded')],
			},
		],
		['there are no backup tasks', {}],
		['the NAS could not be read, runs may be missing', { failure: 'No route to host' }],
	])('says: %s', (text, given) => {
		const nas = given.tasks ? 'DiskStation' : 'Synology NAS';
		expect(mail(given).subject).toBe(`Backups on ${nas}: ${text}`);
	});
});

describe('the tasks that need attention', () => {
	const at = seconds(1);
	test.each<[string, string, Record<string, unknown>, Run[]]>([
		['a failure of the last 7 days', 'failed on Fri 20 Nov', {}, [ran('1', 'failed', 4)]],
		['an incomplete backup', 'partially completed on Sun 22 Nov', {}, [ran('1', 'partial', 2)]],
		[
			'an unknown outcome',
			'ended with an unknown outcome on Mon 23 Nov',
			{},
			[ran('1', 'unknown', 1)],
		],
		[
			'a canceled backup, even after a success',
			'canceled by a user or interrupted on Mon 23 Nov',
			{},
			[ran('1', 'succeeded', 2), ran('1', 'canceled', 1)],
		],
		[
			'a canceled last run that the trigger did not see',
			'canceled by a user or interrupted on Mon 23 Nov',
			{ last_result: 'canceled', last_backup_time: at },
			[ran('1', 'succeeded', 2)],
		],
		[
			'a problem of the destination',
			'destination offline',
			{ status: 'error', problem: 'destination_offline' },
			[ran('1', 'succeeded')],
		],
		[
			'a suspended task',
			'its status is suspended',
			{ status: 'suspended' },
			[ran('1', 'succeeded')],
		],
		['a task that never ran', 'has never run', { last_result: 'never' }, []],
		[
			'a success of a week ago',
			'no success in the last 7 days',
			{ last_backup_time: seconds(8) },
			[],
		],
		[
			'a canceled LUN task',
			'canceled by a user or interrupted',
			{ last_result: 'canceled' },
			[ran('1', 'succeeded', 1)],
		],
	])('%s', (_what, reason, more, runs) => {
		expect(mail({ tasks: [task('1', more)], runs }).reasons).toEqual([`<b>Task 1</b>: ${reason}`]);
	});

	test('a LUN task without times whose last result is success is not among them', () => {
		const { reasons, rows, html } = mail({ tasks: [task('iscsi-vm')] });
		expect(reasons).toEqual([]);
		expect(rows[0]!.lastSuccess).toBe('yes, DSM reports no time');
		expect(html).not.toContain('no success');
	});

	test('a deleted task keeps its row while it has runs, and needs no attention', () => {
		const given = { tasks: [task('1')], runs: [ran('1', 'succeeded'), ran('gone', 'failed', 1)] };
		const made = mail(given);
		expect(made.rows.map(({ name }) => name)).toEqual(['Task 1', 'Task gone (deleted)']);
		expect(cell(made, 1, 1)).toBe('failed');
		expect(made.reasons).toEqual([]);
		const old = mail({ ...given, runs: [ran('1', 'succeeded'), ran('gone', 'failed', 40)] });
		expect(old.rows).toHaveLength(1);
	});

	test('a NAS that cannot be read is named with the error, above the saved runs', () => {
		const made = mail({ failure: 'The NAS <x> timed out', runs: [ran('1', 'succeeded', 3)] });
		expect(made.subject).toBe(
			'Backups on DiskStation: the NAS could not be read, runs may be missing',
		);
		expect(made.reasons).toEqual(['The NAS &#60;x&#62; timed out']);
		expect(cell(made, 0, 3)).toBe('succeeded');
	});
});

describe('the table of the backup calendar', () => {
	test('shows the worst outcome of a day, on the day in the zone of the workflow', () => {
		const late = Math.floor(NOW.startOf('day').plus({ minutes: 10 }).toSeconds());
		const made = mail({
			tasks: [task('1')],
			runs: [
				ran('1', 'succeeded', 1),
				ran('1', 'failed', 1),
				{ ...ran('1', 'succeeded'), at: late },
			],
		});
		expect([cell(made, 0, 0), cell(made, 0, 1), cell(made, 0, 2)]).toEqual([
			'succeeded',
			'failed',
			null,
		]);
		expect(made.rows[0]!.lastSuccess).toBe('Tue 24 Nov 2026, 00:10 UTC+01:00');
		expect(made.html).toContain('Days and times: Europe/Berlin.');
	});

	test('a run that is saved and is the last run of the task is one run', () => {
		const both = mail({
			tasks: [task('1', { last_backup_time: seconds(1) })],
			runs: [ran('1', 'succeeded', 1)],
		});
		expect(both.rows[0]!.cells.filter(({ outcome }) => outcome !== null)).toHaveLength(1);
	});

	test('says each outcome with a sign of its own, not with color alone', () => {
		const { legend, html } = mail(history(6, NOW));
		expect(new Set(legend.map(({ symbol }) => symbol)).size).toBe(6);
		for (const { symbol, color, words } of legend) {
			expect(html).toContain(`style="background:${color};color:#fff"`);
			expect(html).toContain(`${symbol}&nbsp;</span> ${words}`);
		}
		expect(html).toContain('title="Thu 19 Nov: canceled">C</td>');
		expect(html.match(/<th scope="row"/g)).toHaveLength(8);
		expect(html.match(/<th scope="col"/g)).toHaveLength(37);
	});

	test('is readable on light and dark backgrounds: every colored cell has its own text color', () => {
		const channel = (value: number): number =>
			value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
		const contrastWithWhite = (color: string): number => {
			const [r, g, b] = [1, 3, 5].map((at) => channel(parseInt(color.slice(at, at + 2), 16) / 255));
			return 1.05 / (0.2126 * r! + 0.7152 * g! + 0.0722 * b! + 0.05);
		};
		const { legend, html } = mail(history(6, NOW));
		for (const { color } of legend) expect(contrastWithWhite(color)).toBeGreaterThan(4.5);
		expect(html).toContain('<meta name="color-scheme" content="light dark">');
		expect(html.match(/background:/g)).toHaveLength(html.match(/color:#fff/g)!.length);
	});

	test.each([
		[
			`<img src=x onerror="alert('1')">&`,
			'&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38;',
		],
		[
			"$& $' $` {{ $json.zone }}",
			'&#36;&#38; &#36;&#39; &#36;` &#123;&#123; &#36;json.zone &#125;&#125;',
		],
	])('shows the name %s as it is', (name, escaped) => {
		const { html } = mail({ tasks: [task('1', { name })], runs: [ran('1', 'failed')] });
		expect(html).toContain(`<b>${escaped}</b>: failed on Tue 24 Nov`);
		expect(html).not.toContain('<img');
		expect(html).not.toContain('{{');
	});

	test('is smaller than the size at which Gmail cuts off, with the tasks that need attention', () => {
		const tasks = Array.from({ length: 80 }, (_, index) => task(String(index + 100)));
		const runs = tasks.flatMap(({ task_id }) =>
			Array.from({ length: 35 }, (_, ago) => ran(task_id, 'succeeded', ago)),
		);
		const made = mail({ tasks, runs: [...runs, ran('179', 'failed', 1)] });
		expect(made.subject).toBe('Backups on DiskStation: attention needed for 1 of 80 tasks');
		expect(made.rows.map(({ name }) => name)).toContain('Task 179');
		expect(made.html).toContain('And 50 more tasks.');
		const worst = runs.map((run) => ({ ...run, outcome: 'canceled' }));
		for (const { html } of [made, mail({ tasks, runs: worst })])
			expect(Buffer.byteLength(html)).toBeLessThan(102_000);
	});
});

describe('Build Row', () => {
	const event = (more: Record<string, unknown> = {}): Item => ({
		json: {
			event: 'backupFailed',
			nas: 'DiskStation',
			detected_at: '2026-11-24T08:31:07.120Z',
			task: { task_id: '4', name: 'Web server' },
			run: { outcome: 'failed', finished_at: 1795506060 },
			...more,
		},
	});
	const rows = (items: Item[], mode?: 'test') =>
		runCode(FILE, 'Build Row', { others: { 'When a Backup Ends': items }, mode }).map(
			({ json }) => json,
		);

	test('makes one row of a run, with the same key each time the run is reported', () => {
		const [row] = rows([event()]);
		expect(row).toEqual({
			key: 'wf1|4|1795506060|failed',
			workflow: 'wf1',
			nas: 'DiskStation',
			task_id: '4',
			name: 'Web server',
			outcome: 'failed',
			at: 1795506060,
		});
		expect(rows([event({ detected_at: '2026-11-24T08:40:00.000Z' })])).toEqual([row]);
		const iso = { outcome: 'failed', finished_at: '2026-11-24T08:41:00+01:00' };
		expect(rows([event({ run: iso })])).toEqual([row]);
	});

	test('makes a row of each event of a poll', () => {
		const second = event({ task: { task_id: 'iscsi-vm', name: 'iscsi-vm' } });
		expect(rows([event(), second]).map(({ task_id }) => task_id)).toEqual(['4', 'iscsi-vm']);
	});

	test('takes the time of the poll for a run without a time, as of a LUN task', () => {
		const run = { outcome: 'succeeded', finished_at: null };
		expect(rows([event({ run })])[0]).toMatchObject({ outcome: 'succeeded', at: 1795509067 });
	});

	test('saves neither an event without a run nor a sample', () => {
		expect(rows([event({ run: null }), event({ task: null }), event({ test: true })])).toEqual([]);
		expect(rows([event()], 'test')).toEqual([]);
	});
});

test('Delete Old Rows deletes rows of this workflow that are older than 60 days', () => {
	const { filters } = nodesOf(FILE).find(({ name }) => name === 'Delete Old Rows')!.parameters as {
		filters: { conditions: Array<Record<string, string>> };
	};
	expect(filters.conditions.map(({ keyName, condition }) => [keyName, condition])).toEqual([
		['workflow', 'eq'],
		['at', 'lt'],
	]);
	expect(filters.conditions[1]!.keyValue).toBe(
		'={{ Math.floor($now.minus({ days: 60 }).toSeconds()) }}',
	);
});

test('the email has the subject of the calendar', () => {
	const others = { 'Build Calendar': [{ json: { subject: 'Backups on DiskStation: ...' } }] };
	expect(valueOf(FILE, 'Send Email', 'subject', { others })).toBe('Backups on DiskStation: ...');
});
