import type { DateTime } from 'luxon';
import type { Task } from '../../../nodes/HyperBackup/hyperBackup/task/Task';
import { runCode, type Item } from './exampleWorkflow';
import { statusPage, type Saved, type SavedRun } from './statusPage';
import { hoursAgo, NOW, summaryOf, taskNamed, unreadable } from './summaries';

const daysAgo = (days: number): DateTime => NOW.minus({ days });
const ran = (outcome: string, days: number, more: Partial<SavedRun> = {}): SavedRun => ({
	nas: 'DiskStation',
	task_id: 'Nightly',
	outcome,
	at: Math.floor(daysAgo(days).toSeconds()),
	...more,
});

/** A task whose last run DSM does not show. */
const without = { last_backup_time: null, last_result: 'never' } as const;
const calendarOf = (
	saved: Saved,
	task: Partial<Task> = without,
	second: Item[] = summaryOf([], 'Second'),
) => statusPage(summaryOf([taskNamed('Nightly', task)]), second, saved).nases[0]!.tasks[0]!.days;

/** The day in the five weeks that begin on a Monday; today is a Tuesday. */
const cell = (days: ReturnType<typeof calendarOf>, ago: number) => days[29 - ago]!;

describe('the calendar of a task on the status page', () => {
	test('has five weeks from Monday to Sunday, with the days to come empty', () => {
		const days = calendarOf({});
		expect(days).toHaveLength(35);
		expect(days[0]!.label).toMatch(/^Mon 26 Oct/);
		expect(cell(days, 0).label).toBe('Tue 24 Nov: no backup seen');
		expect(days.slice(30).map(({ kind, sign }) => kind + sign)).toEqual(
			Array.from({ length: 5 }, () => 'future'),
		);
	});

	test.each([
		['succeeded', 'ok', '✓'],
		['partial', 'warn', 'P'],
		['failed', 'bad', '✗'],
		['canceled', 'soft', 'C'],
		['suspended', 'busy', 'S'],
		['unknown', 'bad', '?'],
		['anything else', 'bad', '?'],
		['future', 'bad', '?'],
	])('shows a day with a backup that was %s', (outcome, kind, sign) => {
		expect(cell(calendarOf({ runs: [ran(outcome, 3)] }), 3)).toMatchObject({ kind, sign });
	});

	test('shows the worst backup of a day', () => {
		const runs = ['succeeded', 'failed', 'partial', 'succeeded'].map((one) => ran(one, 5));
		expect(cell(calendarOf({ runs }), 5).label).toBe('Thu 19 Nov: failed');
	});

	test('shows the last backup that DSM itself reports, though no trigger saw it', () => {
		const shown = (more: Partial<Task>) => cell(calendarOf({}, more), 0).kind;
		expect(shown({})).toBe('ok');
		expect(shown({ status: 'error', last_result: 'failed' })).toBe('bad');
		expect(shown({ last_result: 'partial', status: 'error' })).toBe('warn');
		expect(shown({ last_result: 'discarded' })).toBe('soft');
		expect(shown({ status: 'running', last_result: 'running' })).toBe('none');
		expect(shown({ last_backup_time: null, lun: true })).toBe('none');
	});

	test('takes a problem of the destination for no failed backup', () => {
		const offline = { status: 'error', problem: 'destination_offline' } as const;
		expect(cell(calendarOf({}, offline), 0).kind).toBe('ok');
	});

	test('shows runs of this task on this NAS alone', () => {
		const runs = [ran('failed', 2, { nas: 'Other' }), ran('failed', 2, { task_id: 'Other' })];
		expect(cell(calendarOf({ runs }), 2).kind).toBe('none');
	});
});

describe('days of which nothing is known', () => {
	const kinds = (days: ReturnType<typeof calendarOf>) => new Set(days.map(({ kind }) => kind));

	test('are those before the workflow was published, but for saved and reported backups', () => {
		const since = daysAgo(10).toUTC().toISO()!;
		const last = { last_backup_time: hoursAgo(24 * 20) };
		const days = calendarOf({ since, runs: [ran('failed', 12)] }, last);
		expect([20, 19, 12, 11, 10, 9].map((ago) => cell(days, ago).kind)).toEqual([
			'ok',
			'unseen',
			'bad',
			'unseen',
			'unseen',
			'none',
		]);
	});

	test('are all where the history cannot be read, never a success', () => {
		const days = calendarOf({ error: 'Data table <x> not found' }, {});
		expect(kinds(days)).toEqual(new Set(['unseen', 'future']));
		const failed = { status: 'error', last_result: 'failed' } as const;
		expect(cell(calendarOf({ error: 'x' }, failed), 0).kind).toBe('bad');
		const { html } = statusPage(summaryOf([]), unreadable('x'), {
			error: 'Data table <x> is gone',
		});
		expect(html).toContain('weeks are unknown: Data table &#60;x&#62; is gone');
	});

	test('are all where two NASes have the same name, so that their runs cannot be separated', () => {
		const runs = [ran('succeeded', 2)];
		const same = summaryOf([taskNamed('Nightly')]);
		expect(kinds(calendarOf({ runs }, {}, same))).toEqual(new Set(['unseen', 'future']));
		expect(statusPage(same, same).history).toContain('two credentials have the same name');
	});

	test('are no days at all where the NAS cannot be read', () => {
		const { nases, html } = statusPage(unreadable('x'), summaryOf([]), {
			runs: [ran('succeeded', 1)],
		});
		expect(nases[0]!.tasks).toEqual([]);
		expect(html).not.toContain('<ol');
	});
});

describe('a backup that ended', () => {
	const rowsOf = (trigger: string, json: Record<string, unknown>, mode?: 'test') =>
		runCode('status-page.json', 'Build Row', { others: { [trigger]: [{ json }] }, mode });
	const event = {
		nas: 'NAS',
		task: { task_id: '1' },
		run: { outcome: 'failed', finished_time: 1_700_000_000 },
		detected_at: '2026-11-24T08:00:00.000Z',
	};

	test.each(['First NAS Runs', 'Second NAS Runs'])('of %s is one row', (trigger) => {
		expect(rowsOf(trigger, event)).toEqual([
			{
				json: {
					key: 'wf1|NAS|1|1700000000|failed',
					workflow: 'wf1',
					nas: 'NAS',
					task_id: '1',
					outcome: 'failed',
					at: 1_700_000_000,
				},
			},
		]);
	});

	test('counts for the time of the poll where DSM shows none', () => {
		const run = { outcome: 'succeeded', finished_time: null, finished_at: null };
		const [row] = rowsOf('First NAS Runs', { ...event, run });
		expect(row!.json.at).toBe(Date.UTC(2026, 10, 24, 8) / 1000);
	});

	test('is not saved where it is none, or a sample', () => {
		expect(rowsOf('First NAS Runs', { ...event, run: null })).toEqual([]);
		expect(rowsOf('First NAS Runs', event, 'test')).toEqual([]);
	});
});
