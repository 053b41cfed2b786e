import {
	summarize,
	type TaskSummary,
} from '../../../nodes/HyperBackup/hyperBackup/summary/summarize';
import type { Task } from '../../../nodes/HyperBackup/hyperBackup/task/Task';

const HOUR = 3600;
const NOW = Date.UTC(2026, 10, 24, 12) / 1000;
const iso = (time: number): string => new Date(time * 1000).toISOString();

/** A task of a DSM whose last run ended well ten hours ago and whose next one is due tonight. */
function task(more: Partial<Task> = {}): Task {
	const last = more.last_backup_time === undefined ? NOW - 10 * HOUR : more.last_backup_time;
	const next = more.next_backup_time === undefined ? NOW + 10 * HOUR : more.next_backup_time;
	const name = more.name ?? 'Nightly';
	return {
		task_id: '1',
		name,
		status: 'idle',
		last_result: 'success',
		message: `Task '${name}': it is idle`,
		destination: '',
		nas: 'Office',
		...more,
		last_backup_time: last,
		last_backup_at: last === null ? null : iso(last),
		next_backup_time: next,
		next_backup_at: next === null ? null : iso(next),
	};
}

/** As a NAS with the documented API shows it: without a result. */
function documented(more: Partial<Task>): Task {
	const { last_result: _none, ...rest } = task(more);
	return rest as Task;
}

const one = (more: Partial<Task>): TaskSummary => summarize([task(more)], 'Office', NOW).tasks[0]!;

test.each<[string, Partial<Task>, TaskSummary['attention']]>([
	['a backup that completed', {}, null],
	['a backup under way', { status: 'running', last_result: 'running' }, null],
	['a failed backup', { status: 'error', last_result: 'failed' }, 'error'],
	['a bad destination after a good backup', { status: 'error' }, 'error'],
	['a state that is not known', { status: 'unknown' }, 'unknown'],
	['a suspended backup', { status: 'suspended', last_result: 'suspended' }, 'suspended'],
	['a backup that was canceled or interrupted', { last_result: 'canceled' }, 'interrupted'],
	['a discarded backup', { last_result: 'discarded' }, 'interrupted'],
	['a task that never ran', { last_result: 'never', last_backup_time: null }, 'never_ran'],
	['a scheduled time long past', { next_backup_time: NOW - 3 * HOUR }, 'late'],
	['a scheduled time just past', { next_backup_time: NOW - HOUR }, null],
	['a late backup that has begun', { status: 'running', next_backup_time: NOW - 9 * HOUR }, null],
	['a task without a schedule', { next_backup_time: null }, null],
])('%s needs attention: %s', (_what, more, attention) => {
	expect(one(more).attention).toBe(attention);
});

test.each<[string, Task, TaskSummary['attention']]>([
	['idle after a backup', documented({}), null],
	['idle without any', documented({ last_backup_time: null }), 'never_ran'],
	['with an error', documented({ status: 'error' }), 'error'],
	['suspended', documented({ status: 'suspended' }), 'suspended'],
])('in the documented API a task that is %s is judged by its status and time', (_what, it, is) => {
	expect(summarize([it], null, NOW).tasks[0]!.attention).toBe(is);
});

test('a LUN task, whose times DSM does not show, is judged by its result', () => {
	const lun = { lun: true, last_backup_time: null, next_backup_time: null };
	expect(one({ ...lun, last_result: 'success' }).attention).toBeNull();
	expect(one({ ...lun, last_result: 'never' }).attention).toBe('never_ran');
});

test('says since when: the end of the run, or the time at which a late one was due', () => {
	expect(one({ status: 'error', last_result: 'failed' }).since_time).toBe(NOW - 10 * HOUR);
	const late = one({ next_backup_time: NOW - 3 * HOUR });
	expect(late).toMatchObject({ since_time: NOW - 3 * HOUR, since_at: iso(NOW - 3 * HOUR) });
	expect(late.message).toBe(
		"Task 'Nightly': the backup scheduled for 2026-11-24 09:00 did not start",
	);
	expect(one({}).since_time).toBeNull();
});

const MIXED: Task[] = [
	task({ task_id: '1', name: 'Good' }),
	task({ task_id: '2', name: 'Older', last_backup_time: NOW - 30 * HOUR }),
	task({ task_id: '3', name: 'Held', status: 'suspended', last_result: 'suspended' }),
	task({ task_id: '4', name: 'Bad', status: 'error', last_result: 'failed' }),
	task({
		task_id: '5',
		name: 'Worse',
		status: 'error',
		last_result: 'failed',
		last_backup_time: NOW - 99 * HOUR,
	}),
];

test('lists the worst task first, and of two failures the older one', () => {
	const { tasks } = summarize(MIXED, 'Office', NOW);
	expect(tasks.map(({ name }) => name)).toEqual(['Worse', 'Bad', 'Held', 'Good', 'Older']);
});

test('counts tasks by status, and those that need attention', () => {
	expect(summarize(MIXED, 'Office', NOW)).toMatchObject({
		total: 5,
		needs_attention: 3,
		by_status: { idle: 2, running: 0, suspended: 1, error: 2, unknown: 0 },
	});
});

test('names the oldest success, failures left aside', () => {
	const time = NOW - 30 * HOUR;
	expect(summarize(MIXED, 'Office', NOW).oldest_success).toEqual({
		task_id: '2',
		name: 'Older',
		time,
		at: iso(time),
	});
	expect(summarize([MIXED[3]!], 'Office', NOW).oldest_success).toBeNull();
});

test.each<[Task[], string | null, string]>([
	[[], 'Office', "There is no backup task on 'Office'"],
	[[], null, 'There is no backup task'],
	[[task()], 'Office', "1 backup task on 'Office': nothing needs attention"],
	[
		[task(), task({ status: 'error', message: "Task 'Nightly': its last backup failed" })],
		null,
		"2 backup tasks: 1 needs attention. Task 'Nightly': its last backup failed",
	],
	[MIXED, 'Office', "5 backup tasks on 'Office': 3 need attention. Task 'Worse': it is idle"],
])('has one sentence for the whole NAS (%#)', (tasks, nas, message) => {
	expect(summarize(tasks, nas, NOW).message).toBe(message);
});

test('has a text with a line for each task, those that need attention marked', () => {
	expect(summarize(MIXED.slice(2, 4), 'Office', NOW).text).toBe(
		[
			"2 backup tasks on 'Office': 2 need attention. Task 'Bad': it is idle",
			"! Task 'Bad': it is idle (last backup 2026-11-24 02:00)",
			"! Task 'Held': it is idle (last backup 2026-11-24 02:00)",
		].join('\n'),
	);
});

test('calls only a task that has never run never backed up', () => {
	const lun = task({ lun: true, last_backup_time: null, last_backup_at: null });
	const { text, html } = summarize([lun, { ...lun, last_result: 'never' }], null, NOW);
	expect(text).toContain("- Task 'Nightly': it is idle (last backup at an unknown time)");
	expect(text).toContain("! Task 'Nightly': it is idle (last backup never)");
	expect(html.match(/<td[^>]*>(?:no time reported|never)</g)).toHaveLength(2);
});

test('keeps a name of several lines on its line', () => {
	const { text } = summarize([task({ name: 'Two\nlines', message: 'Two\nlines' })], null, NOW);
	expect(text.split('\n')).toHaveLength(2);
});

test('escapes what comes from the NAS in its HTML', () => {
	const message = `<img src=x onerror="alert('1')"> & more`;
	const { html } = summarize([task({ status: 'error', message })], '<b>', NOW);
	expect(html).not.toContain('<img');
	expect(html).not.toContain('<b>');
	expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; more');
});
