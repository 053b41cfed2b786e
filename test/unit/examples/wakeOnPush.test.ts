import { nodesOf, runCode, type Item } from './exampleWorkflow';
import { NOW, office, summaryOf, taskNamed, unreadable } from './summaries';

const FILE = 'wake-on-push.json';

const problems = (input: Item[], now = NOW) =>
	runCode(FILE, 'List Problems', { input, now }).map(({ json }) => json);
const keys = (input: Item[], now = NOW) => problems(input, now).map(({ key }) => key);

describe('what a push of DSM leads to', () => {
	test('is one item for each task that needs attention', () => {
		expect(problems(office()).map(({ message }) => message)).toEqual([
			"Task 'Web server': its last backup failed",
			"Task 'Mail to the second NAS': its backup is suspended",
		]);
		expect(problems(summaryOf([taskNamed('Nightly')]))).toEqual([]);
	});

	test('is the error if the NAS could not be read', () => {
		expect(problems(unreadable('No route'))).toEqual([
			expect.objectContaining({
				message: 'DSM sent a notification, but the NAS could not be read: No route',
			}),
		]);
	});

	test('is new for each failed run, and once a day where DSM shows no time', () => {
		const failed = (last_backup_time: number | null) =>
			summaryOf([taskNamed('Web', { status: 'error', last_result: 'failed', last_backup_time })]);
		expect(keys(failed(1000), NOW.plus({ days: 1 }))).toEqual(keys(failed(1000)));
		expect(keys(failed(2000))).not.toEqual(keys(failed(1000)));
		expect(keys(failed(null), NOW.plus({ minutes: 5 }))).toEqual(keys(failed(null)));
		expect(keys(failed(null), NOW.plus({ days: 1 }))).not.toEqual(keys(failed(null)));
	});

	test('depends on nothing that DSM wrote', () => {
		const texts = nodesOf(FILE)
			.filter(({ name }) => name !== 'Read Me')
			.map(({ parameters }) => JSON.stringify(parameters));
		expect(texts.filter((text) => /\$json\.(?:body|query|text)|DSM Calls'\)/.test(text))).toEqual(
			[],
		);
	});
});
