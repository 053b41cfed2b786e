import type { Nas, NasOptions } from '../../../simulator';
import { closeAll, givenNas } from '../../../testing/nas';
import { whenPausing } from '../../support/pauses';
import { probed } from './support/probing';

afterEach(async () => {
	whenPausing(() => undefined);
	await closeAll();
});

/** The probe with `--watch 1`. Between two polls the NAS's time passes, and the user does this. */
async function watching(options: NasOptions, atPoll: Record<number, (nas: Nas) => void>) {
	const { nas } = await givenNas(options);
	let polls = 0;
	whenPausing((milliseconds) => {
		nas.advance({ seconds: milliseconds / 1000 });
		atPoll[++polls]?.(nas);
	});
	const watch = { task: '1', everySeconds: 5, maxMinutes: 30 };
	const result = await probed(nas, { watch });
	const stored = result.files.map(({ name }) => name);
	return { nas, result, polls, stored };
}

const states = (stored: string[]): string[] =>
	stored
		.filter((file) => file.startsWith('backup-task-status-dsm72-backupable'))
		.map((file) => file.replace('backup-task-status-dsm72-backupable-', '').replace('.json', ''))
		.map((words) => words.replace(/-\d+$/, ''))
		.filter((words, index, all) => all.indexOf(words) === index);

const NIGHTLY = { id: 1, name: 'Nightly', durationSeconds: 60, rotationSeconds: 20 };

test('a run that the user starts is followed from before it to after its rotation', async () => {
	const { stored } = await watching({ tasks: [NIGHTLY] }, { 2: (nas) => nas.task(1).accept() });
	expect(states(stored)).toEqual(
		expect.arrayContaining(['none-done', 'backup-backingup', 'version-deleting-done']),
	);
});

test('it ends by itself once the task is idle again', async () => {
	const { polls } = await watching({ tasks: [NIGHTLY] }, { 2: (nas) => nas.task(1).accept() });
	expect(polls).toBeLessThan(60);
});

test('it ends after its minutes where nothing runs', async () => {
	const { polls } = await watching({ tasks: [NIGHTLY] }, {});
	expect(polls).toBe((30 * 60) / 5);
});

test.each<[string, Record<number, (nas: Nas) => void>, string]>([
	[
		'suspended',
		{ 2: (nas) => nas.task(1).accept(), 8: (nas) => nas.task(1).suspend() },
		'none-suspend',
	],
	[
		'canceled',
		{ 2: (nas) => nas.task(1).accept(), 8: (nas) => nas.task(1).cancel() },
		'none-cancel',
	],
	[
		'failed',
		{ 1: (nas) => nas.task(1).willEnd('failed'), 2: (nas) => nas.task(1).accept() },
		'none-failed',
	],
	['checked', { 2: (nas) => nas.task(1).integrityCheck(30) }, 'detect-done'],
])('a run that is %s gives the missing capture', async (_how, atPoll, words) => {
	const { stored } = await watching({ tasks: [NIGHTLY] }, atPoll);
	expect(states(stored)).toContain(words);
});

test('each distinct response is stored once, and only status and list are called', async () => {
	const { nas, result } = await watching({ tasks: [NIGHTLY] }, { 2: (at) => at.task(1).accept() });
	const contents = result.files
		.filter(({ name }) => name.startsWith('backup-task-status'))
		.map(({ content }) => content);
	expect(new Set(contents).size).toBe(contents.length);
	const polled = nas.requests.slice(-40, -1).map(({ apiMethod }) => apiMethod);
	expect([...new Set(polled)].sort()).toEqual(['list', 'status']);
});

test('a user who wants no more ends it, and what was found is there', async () => {
	const { nas } = await givenNas({ tasks: [NIGHTLY] });
	const watch = { task: '1', everySeconds: 5, maxMinutes: 30, isOver: () => true };
	const { files } = await probed(nas, { watch });
	expect(files.map(({ name }) => name)).toContain('INDEX.md');
});

test('a task that does not exist is not waited for', async () => {
	const { result, polls } = await watching({ tasks: [{ id: 2, name: 'Other' }] }, {});
	expect(polls).toBe(0);
	expect(result.said).toContainEqual(expect.stringMatching(/^The task cannot be watched: code 44/));
});
