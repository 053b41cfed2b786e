import type { DetectionInput } from '../../../nodes/HyperBackup/trigger/detectionInput';
import { detections, lun, poll, type Words } from './story';
import { HOUR, NOW } from './storedTask';

/** Each row is one poll, an hour after the one before. The first one is the baseline. */
const lives = (rows: Words[], extra: Partial<DetectionInput> = {}) =>
	detections(...rows.map((row, index) => poll([row], { now: NOW + index * HOUR, ...extra })));

const ended = (day: number, result: string): Words => ({
	result,
	ended: `2026/11/${String(day).padStart(2, '0')} 02:10:00`,
});

const recovered = (rows: Words[], extra: Partial<DetectionInput> = {}) =>
	lives(rows, extra).map((events) => events.filter(({ event }) => event === 'backupRecovered'));

const OF = (worst: string, hours: number, failures: number, from = 1) => ({
	worst,
	since: NOW + from * HOUR,
	failures,
	until: NOW + (from + hours) * HOUR,
});

describe('Backup Recovered', () => {
	test.each([
		['failed', 'failed', 1],
		['partial', 'partial', 0],
		['cancel', 'canceled', 0],
	])('follows the first success after %s, once', (word, worst, failures) => {
		const [, , first, second] = recovered([
			ended(1, 'done'),
			ended(2, word),
			ended(3, 'done'),
			ended(4, 'done'),
		]);
		expect(first).toEqual([expect.objectContaining({ ended: OF(worst, 1, failures) })]);
		expect(second).toEqual([]);
	});

	test('names the gravest of several bad runs, and the time since the first one', () => {
		const rows = ['done', 'cancel', 'failed', 'partial', 'failed', 'done'];
		const polls = recovered(rows.map((word, index) => ended(index + 1, word)));
		expect(polls.flat()).toEqual([expect.objectContaining({ ended: OF('failed', 4, 2) })]);
	});

	test('counts a run that had failed before the first poll', () => {
		const polls = recovered([ended(1, 'failed'), ended(2, 'failed'), ended(3, 'done')]);
		expect(polls.flat()).toEqual([expect.objectContaining({ ended: OF('failed', 2, 2, 0) })]);
	});

	test('comes for a LUN task, which shows no times', () => {
		const rows = ['success', 'failed', 'success'].map((result) => lun('vm', { result }));
		expect(recovered(rows).flat()).toEqual([
			expect.objectContaining({ ended: OF('failed', 1, 1) }),
		]);
	});

	test('does not come for a first success, after a suspension, or while the run goes on', () => {
		const rows = [ended(1, 'done'), ended(2, 'suspend'), ended(3, 'done')];
		expect(recovered(rows).flat()).toEqual([]);
		expect(recovered([ended(1, 'none'), ended(2, 'done')]).flat()).toEqual([]);
		const running = { ...ended(2, 'backingup'), status: 'backup' };
		expect(recovered([ended(1, 'done'), ended(2, 'failed'), running]).flat()).toEqual([]);
	});

	test('follows a success that came while the workflow was inactive, at the next activation', () => {
		const rows = [ended(1, 'done'), ended(2, 'failed')].map((row, index) =>
			poll([row], { now: NOW + index * HOUR }),
		);
		const activated = poll([ended(3, 'done')], { now: NOW + 5 * HOUR, baseline: true });
		const [, , first, second] = detections(...rows, activated, activated);
		expect(first).toEqual([
			expect.objectContaining({ event: 'backupRecovered', ended: OF('failed', 4, 1) }),
		]);
		expect(second).toEqual([]);
	});

	test('waits for the next success if an activation shows the failed run again', () => {
		const rows = [ended(1, 'done'), ended(2, 'failed')].map((row) => poll([row]));
		const activated = poll([ended(2, 'failed')], { baseline: true });
		const polls = detections(...rows, activated, poll([ended(3, 'done')], { now: NOW + HOUR }));
		expect(polls.map((events) => events.map(({ event }) => event)).slice(2)).toEqual([
			[],
			expect.arrayContaining(['backupSucceeded', 'backupRecovered']),
		]);
		expect(polls[3]!.find(({ event }) => event === 'backupRecovered')!.ended).toMatchObject({
			failures: 1,
		});
	});

	test('ends an overdue backup', () => {
		const limits = { overdue: true, overdueHours: 26, lateHours: 2 };
		const at = (hours: number, words: Words) => poll([words], { now: NOW + hours * HOUR, limits });
		const polls = detections(
			at(0, ended(1, 'done')),
			at(30, ended(1, 'done')),
			at(31, { result: 'done', ended: '2026/11/02 19:00:00' }),
		);
		expect(polls[2]!.map(({ event }) => event)).toEqual([
			'statusChanged',
			'backupStarted',
			'backupSucceeded',
			'backupRecovered',
			'backupOverdueEnded',
		]);
		expect(polls[2]![3]!.ended).toEqual({
			worst: undefined,
			since: Date.UTC(2026, 10, 1, 2, 10),
			failures: 0,
			until: NOW + 31 * HOUR,
		});
	});
});

test('every run that ended carries how many have failed in a row', () => {
	const words = ['done', 'failed', 'cancel', 'failed', 'partial', 'done', 'failed'];
	const ends = lives(words.map((word, index) => ended(index + 1, word)))
		.flat()
		.filter(({ outcome, event }) => outcome !== undefined && event !== 'backupRecovered');
	expect(ends.map(({ outcome, failures }) => [outcome, failures])).toEqual([
		['failed', 1],
		['canceled', 1],
		['failed', 2],
		['partial', 2],
		['succeeded', 0],
		['failed', 1],
	]);
});
