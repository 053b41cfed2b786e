import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { COLOURS, draw, EMPTY, task, type Run } from './drawing';
import { partOf } from './codeNode';
import { specimen } from './specimenTasks';

const BERLIN = 'Europe/Berlin';
const time = (text: string, zone = BERLIN): DateTime => DateTime.fromISO(text, { zone });
const NOW = time('2026-11-24T07:00');
const run = (outcome: string, at: string, task_id = '1', zone = BERLIN): Run => ({
	task_id,
	outcome,
	at: Math.floor(time(at, zone).toSeconds()),
});
const WHITE = '#ffffff';

describe('the cells of the backup calendar', () => {
	test('every outcome has its colour, and no two the same', () => {
		const outcomes = ['succeeded', 'partial', 'failed', 'unknown', 'suspended', 'canceled'];
		const { cell } = draw({
			now: NOW,
			tasks: [task('1')],
			runs: outcomes.map((outcome, back) => run(outcome, `2026-11-${24 - back}T04:00`)),
		});
		expect(outcomes.map((_, back) => cell(0, back))).toEqual(
			outcomes.map((outcome) => COLOURS[outcome]),
		);
		expect(new Set([...Object.values(COLOURS), EMPTY, WHITE]).size).toBe(outcomes.length + 2);
		expect(cell(0, 6)).toBe(EMPTY);
	});

	test('a discarded run looks like a canceled one', () => {
		expect(
			draw({ now: NOW, tasks: [task('1')], runs: [run('discarded', '2026-11-24T04:00')] }).cell(
				0,
				0,
			),
		).toBe(COLOURS.canceled);
	});

	test('the worst run of a day shows, in whatever order they came', () => {
		const order = ['failed', 'unknown', 'partial', 'suspended', 'canceled', 'succeeded'];
		const pairs = order.flatMap((first) => order.map((second) => [first, second] as const));
		const runs = pairs.flatMap(([first, second], index) => [
			run(first, '2026-11-23T04:00', String(index + 100)),
			run(second, '2026-11-23T16:00', String(index + 100)),
		]);
		const { cell } = draw({
			now: NOW,
			tasks: pairs.map((_, index) => task(String(index + 100))),
			runs,
		});
		for (const [index, pair] of pairs.entries())
			expect([...pair, cell(index, 1)]).toEqual([
				...pair,
				COLOURS[order.find((one) => pair.includes(one))!],
			]);
	});

	test('several runs of a day are marked, one is not', () => {
		const { png } = draw({
			now: NOW,
			tasks: [task('1')],
			runs: [
				run('succeeded', '2026-11-24T01:00'),
				run('succeeded', '2026-11-24T04:00'),
				run('succeeded', '2026-11-23T04:00'),
			],
		});
		const HEAD = partOf<number>('Draw', 'HEAD');
		// Two dots left and right of the middle, near the lower edge: only on today.
		const at = (x: number): string => {
			const start = ((HEAD + 12) * 2 * png.width + x) * 4;
			return `#${png.data.subarray(start, start + 3).toString('hex')}`;
		};
		const today = png.width - (24 + 70 + 58 + 15) * 2;
		expect([at(today + 12), at(today + 18)]).toEqual([WHITE, WHITE]);
		expect(at(today - (17 + 3) * 2 + 12)).toBe(COLOURS.succeeded);
	});

	test.each([
		['words that nobody knows', [run('teleported', '2026-11-24T04:00')], task('1')],
		['an outcome that could not be learnt', [run('unknown', '2026-11-24T04:00')], task('1')],
		[
			'an unknown last result, after a success of the same time',
			[run('succeeded', '2026-11-24T04:00')],
			task('1', { last_result: 'unknown', last_backup_time: run('', '2026-11-24T04:00').at }),
		],
		[
			'a last result that nobody knows',
			[],
			task('1', { last_result: 'odd', last_backup_time: run('', '2026-11-24T04:00').at }),
		],
		[
			'a task that is idle and running at once',
			[],
			task('1', {
				status: 'unknown',
				last_result: 'running',
				last_backup_time: run('', '2026-11-24T04:00').at,
			}),
		],
	])('never green: %s', (_, runs, given) => {
		const { cell, subject } = draw({ now: NOW, tasks: [given], runs });
		expect(cell(0, 0)).toBe(COLOURS.unknown);
		expect(subject).toBe('Backups: 1 of 1 task had problems in the last 7 days');
	});

	test('days without a run are empty, days before the calendar was begun are not even that', () => {
		const { cell } = draw({
			now: NOW,
			tasks: [task('1')],
			runs: [run('succeeded', '2026-11-24T04:00')],
			since: '2026-11-21T23:30:00.000Z',
		});
		// 23:30 in UTC is the 22nd in Berlin.
		expect([cell(0, 0), cell(0, 2), cell(0, 3), cell(0, 34)]).toEqual([
			COLOURS.succeeded,
			EMPTY,
			WHITE,
			WHITE,
		]);
	});

	test('35 days, and no more', () => {
		const { cell } = draw({
			now: NOW,
			tasks: [task('1')],
			runs: [run('failed', '2026-10-21T00:00'), run('failed', '2026-10-20T23:59')],
		});
		expect(cell(0, 34)).toBe(COLOURS.failed);
		expect(cell(0, 33)).toBe(EMPTY);
	});
});

describe('the day a run belongs to', () => {
	test("is told by the workflow's time zone, to the second", () => {
		const runs = [run('failed', '2026-11-22T23:59:59'), run('succeeded', '2026-11-23T00:00:00')];
		const { cell } = draw({ now: NOW, tasks: [task('1')], runs });
		expect([cell(0, 2), cell(0, 1)]).toEqual([COLOURS.failed, COLOURS.succeeded]);
		const there = draw({ now: NOW.setZone('America/New_York'), tasks: [task('1')], runs });
		expect([there.cell(0, 2), there.cell(0, 1)]).toEqual([COLOURS.failed, EMPTY]);
	});

	test.each([
		['when the clock goes back', '2026-10-26T07:00', '2026-10-25'],
		['when the clock goes forward', '2026-03-30T07:00', '2026-03-29'],
	])('%s', (_, now, changed) => {
		const before = time(changed).minus({ days: 1 }).toISODate()!;
		const runs = [
			run('partial', `${before}T23:59`),
			run('succeeded', `${changed}T00:00`),
			run('failed', `${changed}T23:59`),
			run('canceled', `${now.slice(0, 10)}T00:00`),
		];
		const { cell } = draw({ now: time(now), tasks: [task('1')], runs });
		expect([cell(0, 2), cell(0, 1), cell(0, 0)]).toEqual([
			COLOURS.partial,
			COLOURS.failed,
			COLOURS.canceled,
		]);
	});

	test('just after midnight there is a column for the new day', () => {
		const { cell, fileName } = draw({
			now: time('2026-11-24T00:00:01'),
			tasks: [task('1')],
			runs: [run('succeeded', '2026-11-23T23:59:30')],
		});
		expect([cell(0, 0), cell(0, 1), fileName]).toEqual([
			EMPTY,
			COLOURS.succeeded,
			'backup-calendar-2026-11-24.png',
		]);
	});
});

describe('what the NAS itself tells of the last run', () => {
	const last = (last_result: string, at = '2026-11-24T04:00'): Record<string, unknown> =>
		task('1', { last_result, last_backup_time: run('', at).at });

	test.each([
		['success', 'succeeded'],
		['partial', 'partial'],
		['failed', 'failed'],
		['canceled', 'canceled'],
		['discarded', 'canceled'],
		['suspended', 'suspended'],
	])('%s is drawn as %s, though the trigger did not see it', (result, outcome) => {
		expect(draw({ now: NOW, tasks: [last(result)] }).cell(0, 0)).toBe(COLOURS[outcome]);
	});

	test('is no second run where the trigger saw it', () => {
		const seen = draw({
			now: NOW,
			tasks: [last('failed')],
			runs: [run('failed', '2026-11-24T04:00')],
		});
		expect(seen.file.equals(draw({ now: NOW, tasks: [last('failed')] }).file)).toBe(true);
	});

	test('is worse than what the trigger saw, if DSM has changed its mind', () => {
		expect(
			draw({
				now: NOW,
				tasks: [last('failed')],
				runs: [run('succeeded', '2026-11-24T04:00')],
			}).cell(0, 0),
		).toBe(COLOURS.failed);
	});

	test('says nothing while it runs, or if it never ran', () => {
		expect(
			draw({
				now: NOW,
				tasks: [
					task('1', {
						status: 'running',
						last_result: 'running',
						last_backup_time: run('', '2026-11-24T04:00').at,
					}),
				],
			}).cell(0, 0),
		).toBe(EMPTY);
		expect(draw({ now: NOW, tasks: [task('1')] }).cell(0, 0)).toBe(EMPTY);
	});

	test.each([
		['idle', 'succeeded'],
		['error', 'failed'],
		['unknown', 'unknown'],
	])('without a result, as in the documented API: %s is %s', (status, outcome) => {
		const { last_result, ...rest } = task('1', {
			status,
			last_backup_time: run('', '2026-11-24T04:00').at,
		});
		expect(last_result).toBe('never');
		expect(draw({ now: NOW, tasks: [rest] }).cell(0, 0)).toBe(COLOURS[outcome]);
	});
});

test('the picture in the documentation is what the code draws', () => {
	expect(
		draw(specimen(9, NOW)).file.equals(
			readFileSync(join(__dirname, '../../../docs/images/backup-calendar.png')),
		),
	).toBe(true);
});
