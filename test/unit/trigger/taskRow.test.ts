import { fromRow, toRow } from '../../../nodes/HyperBackup/trigger/taskRow';
import type { TrackedTask } from '../../../nodes/HyperBackup/trigger/TrackedTask';
import { stored, NOW, HOUR, LIVE, FAILED, UNCLEAR, type Row } from './storedTask';

const reread = (task: TrackedTask): TrackedTask => fromRow(toRow(task));

test.each<[string, Row]>([
	['healthy', {}],
	['with the times of DSM 6', { run: { start: '', end: '2026/11/01 02:10' } }],
	['without times', { run: { start: '', end: '' }, success: undefined, next: '' }],
	['running', { ...LIVE, open: { since: NOW } }],
	['over, its result hidden', { ...LIVE, phase: 'pending', open: { since: NOW, pending: true } }],
	['failed', { ...FAILED, settledResult: 'failed', problem: 'backup_failed' }],
	['contradicting itself', { ...UNCLEAR, unclear: 2, endedEarly: NOW }],
	['of the documented API', { result: undefined, resultWord: '', settledResult: undefined }],
	['that settled otherwise', { result: 'running', resultWord: 'backingup' }],
	['missing', { missing: 2, offset: -3600 }],
	['chosen by a name', { chosenBy: 'Night' }],
	['with a version', { version: '213' }],
	['with another success', { success: '2026/10/30 02:10:00' }],
	['that missed its time', { missedAt: NOW, missedText: 'x', ranSinceMissed: true }],
	['that missed a time by text alone', { missedAt: NOW, ranSinceMissed: false }],
	['with a time that had passed', { due: { text: '2026/11/02 02:00', at: NOW, stale: true } }],
	['with a time that cannot be read', { due: { text: '2026/11/02 02:00' } }],
	['with the time before', { due: { text: '2026/11/01 02:00', at: NOW } }],
	['that deletes versions', { rotatesReported: true }],
	[
		'with a history of runs',
		{
			history: [
				{ duration: 600, size: 1_000_000, changes: 0, withDeleted: true },
				{ duration: null, size: null, changes: 61, withDeleted: false },
			],
		},
	],
	['with bad runs', { streak: { worst: 'partial', since: NOW - HOUR, failures: 3 } }],
])('a task %s is read as it was stored', (_what, row) => {
	expect(reread(stored(row))).toEqual(stored(row));
});

test('names may hold the characters that separate fields and tasks', () => {
	const task = stored({ id: 'a|b', name: 'x~0|y\nz~', chosenBy: '|"', target: 'a,b' });
	expect(reread(task)).toEqual(task);
});

test.each([
	'',
	'1|Nightly||',
	'1|Nightly|||s',
	'1|Nightly|||f',
	'1|Nightly|||fNaN!',
	'1|Nightly|||f1|hgone',
	'1|Nightly|||f1|o',
	'1|Nightly|||f1|D1,1',
	'1|Nightly|||f1|d',
	'1|Nightly|||f1|m',
	'1|Nightly|||f1|j9,1,1',
	'1|Nightly|||f1|j0,1',
	'1|Nightly|||f1|xa',
])('what is damaged is not read: %j', (row) => {
	expect(() => fromRow(row)).toThrow('damaged');
});

test('a healthy task of DSM 7.2 takes at most 150 bytes', () => {
	const task = stored({
		version: '213',
		run: { start: '2026/11/01 02:00:00', end: '2026/11/01 02:10:00' },
	});
	expect(JSON.stringify(toRow(task)).length).toBeLessThanOrEqual(150);
});
