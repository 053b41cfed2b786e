import { tasksNow } from '../../../nodes/HyperBackup/trigger/watches/checkOverdueState';
import type { ListedTask, WatchInput } from '../../../nodes/HyperBackup/trigger/watches/Watch';

const NOW = Date.UTC(2026, 10, 24, 8, 0, 0);
const listed = (name: string, previousName?: string): ListedTask => ({
	id: '1',
	name,
	...(previousName === undefined ? {} : { previousName }),
	watched: true,
});
const STORED = { name: 'Nightly', firstSeen: 1, readAt: 2, checkedAt: 3, reported: true };

const now = (state: unknown, tasks: ListedTask[] = [listed('Nightly')], sameNas = true) => [
	...tasksNow({ state, sameNas, now: NOW } as WatchInput, tasks),
];

test('what is stored of a task goes on', () => {
	expect(now([['1', { ...STORED, missing: 2 }]])).toEqual([['1', STORED]]);
});

test('a renamed task is the same', () => {
	const tasks = [listed('Nightly 2', 'Nightly')];
	expect(now([['1', STORED]], tasks)).toEqual([['1', { ...STORED, name: 'Nightly 2' }]]);
});

test('another task with the number of an old one begins anew, and ends what was reported', () => {
	expect(now([['1', STORED]], [listed('New')])).toEqual([
		['1', { name: 'New', firstSeen: NOW, reported: true }],
	]);
});

test('of another NAS only what was reported is taken over', () => {
	const state = [
		['1', STORED],
		['2', { ...STORED, reported: undefined }],
	];
	expect(now(state, [], false)).toEqual([
		['1', { name: 'Nightly', firstSeen: 1, reported: true, missing: 1 }],
	]);
});

test.each([
	undefined,
	null,
	7,
	'text',
	{},
	[[1]],
	[['1']],
	[['1', null]],
	[['1', { name: 3, firstSeen: 1 }]],
	[['1', { name: 'Nightly', firstSeen: 'x' }]],
	[[null, STORED]],
])('damaged state %j begins anew', (state) => {
	expect(now(state)).toEqual([['1', { name: 'Nightly', firstSeen: NOW }]]);
});

test('damaged fields are dropped one by one', () => {
	const state = [['1', { ...STORED, readAt: 'x', checkedAt: -1, reported: 'yes', missing: null }]];
	expect(now(state)).toEqual([['1', { name: 'Nightly', firstSeen: 1 }]]);
});
