import type { DateTime } from 'luxon';
import { renderHtml, runCode, type Item } from './exampleWorkflow';

export interface Run {
	task_id: string;
	name?: string;
	outcome: string;
	at: number;
}

export interface Given {
	tasks?: Array<Record<string, unknown>>;
	runs?: Run[];
	failure?: string;
	now: DateTime;
}

export const task = (task_id: string, more: Record<string, unknown> = {}) => ({
	task_id,
	name: `Task ${task_id}`,
	nas: 'DiskStation',
	status: 'idle',
	last_result: 'success',
	problem: null,
	last_backup_time: null,
	...more,
});

export interface CalendarMail {
	subject: string;
	reasons: string[];
	rows: Array<{ name: string; lastSuccess: string; cells: Array<{ outcome: string | null }> }>;
	legend: Array<{ symbol: string; color: string; words: string }>;
	more: number;
	html: string;
}

/** The mail that the workflow makes of saved runs and of what Get Many returns. */
export function calendarMail({ tasks = [], runs = [], failure, now }: Given): CalendarMail {
	const listed: Item[] = failure
		? [{ json: { error: failure } }]
		: // Get Many without a task still puts out one empty item: Always Output Data.
			(tasks.length > 0 ? tasks : [{}]).map((json) => ({ json }));
	const saved = runs.map((run, index) => ({
		json: { key: String(index), nas: 'DiskStation', name: `Task ${run.task_id}`, ...run },
	}));
	const items = runCode('backup-calendar.json', 'Build Calendar', {
		input: saved.length > 0 ? saved : [{ json: {} }],
		others: {
			'Get Tasks': listed,
			'Open Table': [{ json: { createdAt: '2026-11-01T06:00:00.000Z' } }],
		},
		now,
	});
	const html = renderHtml('backup-calendar.json', 'Render Email', items);
	return { ...(items[0]!.json as unknown as CalendarMail), html };
}

/** The outcome by task and day: every task with its pattern, the same each time. */
const PATTERNS: Array<[name: string, outcome: (daysAgo: number, weekday: number) => string]> = [
	['Nightly to USB', (ago) => (ago === 17 ? 'partial' : 'succeeded')],
	['Photos to C2', () => 'succeeded'],
	['Web server', (ago) => (ago < 3 ? 'failed' : ago === 23 ? 'partial' : 'succeeded')],
	['Weekly archive', (ago, day) => (day !== 7 ? '' : ago > 20 ? 'suspended' : 'succeeded')],
	['Home directories', (ago) => (ago === 5 ? 'canceled' : ago > 30 ? 'unknown' : 'succeeded')],
	['Music', (ago) => (ago > 11 ? 'succeeded' : '')],
];

/** A history with everything in it, as documentation shows it. */
export function history(count: number, now: DateTime): Given {
	const runs: Run[] = [];
	const tasks = Array.from({ length: count }, (_, index) => {
		const task_id = String(index + 1);
		const [title, outcomeOf] = PATTERNS[index % PATTERNS.length]!;
		const name = index < PATTERNS.length ? title : `${title} ${index}`;
		for (let ago = 34; ago >= 0; ago -= 1) {
			const day = now.startOf('day').minus({ days: ago });
			const outcome = outcomeOf(ago, day.weekday);
			const at = Math.floor(day.set({ hour: 2, minute: 12 }).toSeconds());
			if (outcome !== '') runs.push({ task_id, name, outcome, at });
		}
		const last_backup_time = runs.filter((run) => run.task_id === task_id).pop()?.at ?? null;
		const last_result = index % PATTERNS.length === 2 ? 'failed' : 'success';
		return task(task_id, { name, last_backup_time, last_result });
	});
	const never = task('never', { name: 'New task', last_result: 'never' });
	const lun = task('iscsi-vm', { name: 'iscsi-vm' });
	return { tasks: [...tasks, never, lun], runs, now };
}
