import { runCode } from './exampleWorkflow';

interface Morning {
	/** How many files the last run changed; null where the NAS does not say. */
	changed?: number | null;
	/** The same of the runs before, as the table has them. */
	before?: number[];
	/** A row of this very run is in the table already. */
	known?: boolean;
	statistics?: Record<string, unknown>;
}

const AT = '2026-11-25T02:10:00+01:00';

function compared({ changed = 0, before = [], known = false, statistics }: Morning) {
	const rows = before.map((count, index) => ({
		task_id: '1',
		finished_at: `run ${index}`,
		files_changed: count,
	}));
	const ofOthers = { task_id: '2', finished_at: AT, files_changed: 100_000 };
	const same = known ? [{ task_id: '1', finished_at: AT, files_changed: 1 }] : [];
	const latest = { finished_at: AT, files_changed: changed };
	const others = {
		'Get Tasks': [{ json: { task_id: '1', name: 'Nightly', nas: 'NAS' } }],
		'Get Statistics': [{ json: statistics ?? { latest } }],
		'Get History': [...rows, ofOthers, ...same].map((json) => ({ json })),
	};
	return runCode('unusual-change.json', 'Compare', { others })[0]!.json;
}

const WEEK = [10, 12, 9, 11, 10, 13, 10];

test.each<[string, Morning, string, boolean]>([
	['the first run', { changed: 10 }, 'no_baseline', true],
	['the seventh run', { changed: 10, before: WEEK.slice(1) }, 'no_baseline', true],
	['as many as usual', { changed: 11, before: WEEK }, 'usual', true],
	['some more, where there are few', { changed: 25, before: WEEK }, 'usual', true],
	['far more', { changed: 500, before: WEEK }, 'unusual', true],
	['one odd run in the past', { changed: 500, before: [...WEEK, 9000] }, 'unusual', true],
	['none, where there are many', { changed: 0, before: WEEK.map((n) => n * 100) }, 'unusual', true],
	['none, as always', { changed: 0, before: WEEK.map(() => 0) }, 'usual', true],
	['a run that is known already', { changed: 500, before: WEEK, known: true }, 'no_new_run', false],
	['no figure', { changed: null, before: WEEK }, 'no_statistics', false],
	['no run yet', { statistics: { latest: null }, before: WEEK }, 'no_statistics', false],
	['an error', { statistics: { error: 'No route' }, before: WEEK }, 'no_statistics', false],
])('unusual change, %s: the right outcome', (_what, morning, outcome, isNew) => {
	const result = compared(morning);
	expect(result).toMatchObject({ outcome, new_run: isNew, task_id: '1', nas: 'NAS' });
	expect(result.message).toMatch(/^Task 'Nightly': \w+/);
	expect(result.message).not.toMatch(/undefined|null|NaN|\[object/);
});
