import type { Task } from '../../../nodes/HyperBackup/hyperBackup/task/Task';
import type { Item } from './exampleWorkflow';
import { statusPage } from './statusPage';
import { branch, hoursAgo, office, summaryOf, taskNamed, unreadable } from './summaries';

const healthy = (): Item[] => summaryOf([taskNamed('Nightly')]);

describe('the title of the status page', () => {
	test.each<[string, string, Item[], Item[]]>([
		['nothing needs attention (2 tasks)', 'ok', healthy(), healthy()],
		['attention needed for 4 of 8 tasks', 'bad', office(), branch()],
		['attention needed for 1 of 2 tasks', 'warn', healthy(), summaryOf([neverRan()])],
		['attention needed for 1 of 1 task', 'bad', summaryOf([]), summaryOf([failed()])],
		['Second NAS could not be read', 'bad', healthy(), unreadable('No route to the NAS')],
		[
			'First NAS and Second NAS could not be read',
			'bad',
			unreadable('Timed out'),
			unreadable('Timed out'),
		],
		[
			'First NAS could not be read; attention needed for 2 of 3 tasks',
			'bad',
			unreadable('Timed out'),
			branch(),
		],
		['First NAS could not be read', 'bad', [], healthy()],
		['there are no backup tasks', 'warn', summaryOf([]), summaryOf([])],
	])('says: %s', (text, kind, first, second) => {
		expect(statusPage(first, second)).toMatchObject({ title: `Backups: ${text}`, kind });
	});
});

function neverRan(): Task {
	return taskNamed('New', { last_result: 'never', last_backup_time: null });
}

function failed(): Task {
	return taskNamed('Web', { status: 'error', last_result: 'failed', problem: 'backup_failed' });
}

describe('a NAS that could not be read', () => {
	const [nas] = statusPage(unreadable('No route to <nas>'), healthy()).nases;

	test('is shown with the error, and without a task', () => {
		expect(nas).toMatchObject({ isRead: false, tasks: [] });
		expect(nas!.message).toBe(
			'This NAS could not be read, so its backups are unknown: No route to &#60;nas&#62;',
		);
	});

	test('is nowhere called fine', () => {
		const { html } = statusPage(unreadable('x'), unreadable('y'));
		expect(html).toContain('<h1 class="bad">');
		const [page] = html.split('<ul class="legend">');
		expect(page).not.toMatch(/class="[^"]*\bok\b|OK|✓|nothing needs attention/);
	});
});

describe('a task on the status page', () => {
	const shown = (more: Partial<Task>) =>
		statusPage(summaryOf([taskNamed('Nightly', more)]), healthy()).nases[0]!.tasks[0]!;

	test.each<[string, string, string, Partial<Task>]>([
		['succeeded', 'ok', 'OK', {}],
		['running', 'busy', 'Running', { status: 'running', last_result: 'running' }],
		['failed', 'bad', 'Error', { status: 'error', last_result: 'failed' }],
		['partial', 'bad', 'Error', { status: 'error', last_result: 'partial' }],
		['unknown', 'bad', 'Unknown', { status: 'unknown', last_result: 'unknown' }],
		['late', 'bad', 'Late', { next_backup_time: hoursAgo(8) }],
		['suspended', 'warn', 'Suspended', { status: 'suspended', last_result: 'suspended' }],
		['canceled', 'warn', 'Interrupted', { last_result: 'canceled' }],
		['never ran', 'warn', 'Never ran', { last_result: 'never', last_backup_time: null }],
	])('that %s is %s: %s', (_what, kind, word, more) => {
		expect(shown(more)).toMatchObject({ kind, word });
	});

	test('has its sentence without its name, and the times of the NAS', () => {
		expect(shown({ status: 'error', problem: 'backup_failed' })).toMatchObject({
			message: 'Its last backup failed',
			since: '24 Nov 2026, 02:00',
			last: '24 Nov 2026, 02:00',
			next: '25 Nov 2026, 02:00',
		});
	});

	test('that is late says so without a time that only machines read', () => {
		const late = shown({ next_backup_time: hoursAgo(8) });
		expect(late).toMatchObject({
			message: 'Its scheduled backup did not start',
			since: '24 Nov 2026, 01:00',
		});
	});

	test('without times is not called never backed up', () => {
		const lun = { last_backup_time: null, next_backup_time: null, lun: true };
		expect(shown(lun)).toMatchObject({ last: 'no time reported', next: 'none reported' });
		expect(shown({ last_result: 'never', last_backup_time: null })).toMatchObject({
			last: 'never',
		});
	});

	test.each([
		[`<img src=x onerror="alert('1')">&`, '&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;'],
		["$& $' {{ $json.title }}", '&#36;&#38; &#36;&#39; &#123;&#123; &#36;json.title'],
	])('with the name %s shows it as it is', (name, escaped) => {
		const { html } = statusPage(summaryOf([taskNamed(name)]), healthy());
		expect(html).toContain(`<th scope="row">${escaped}`);
		expect(html).not.toMatch(/<img|\{\{/);
	});
});

test('the page loads nothing and runs no script', () => {
	const { html } = statusPage(office(), branch());
	expect(html).not.toMatch(/<script|src=|href=|url\(|@import/);
	expect(html).toContain('prefers-color-scheme: dark');
});
