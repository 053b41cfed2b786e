import { runCode, type Item } from './exampleWorkflow';
import { branch, office, summaryOf, taskNamed, unreadable } from './summaries';

function digest(first: Item[], second: Item[]) {
	const [item] = runCode('daily-digest.json', 'Build Digest', {
		others: { 'First NAS': first, 'Second NAS': second },
	});
	return item!.json as { subject: string; text: string; html: string };
}

const healthy = (): Item[] => summaryOf([taskNamed('Nightly')]);

describe('the daily digest', () => {
	test.each<[string, Item[], Item[]]>([
		['nothing needs attention (2 tasks)', healthy(), healthy()],
		['nothing needs attention (1 task)', healthy(), summaryOf([])],
		['attention needed for 4 of 8 tasks', office(), branch()],
		['Second NAS could not be read', healthy(), unreadable('No route')],
		['First NAS could not be read; attention needed for 2 of 3 tasks', [], branch()],
		['there are no backup tasks', summaryOf([]), summaryOf([])],
	])('has the subject: %s', (text, first, second) => {
		expect(digest(first, second).subject).toBe(`Backups: ${text}`);
	});

	test('has the text and the HTML of each summary under the name of its NAS', () => {
		const { text, html } = digest(office(), branch());
		expect(text).toBe(
			`First NAS\n${String(office()[0]!.json.text)}\n\n` +
				`Second NAS\n${String(branch()[0]!.json.text)}`,
		);
		expect(html).toContain(`>First NAS</h2>${String(office()[0]!.json.html)}`);
		expect(html).toContain(`>Second NAS</h2>${String(branch()[0]!.json.html)}`);
	});

	test('says of a NAS that could not be read why, with the error escaped', () => {
		const { text, html } = digest(unreadable('No <route>'), healthy());
		expect(text).toContain('so its backups are unknown: No <route>');
		expect(html).toContain('so its backups are unknown: No &#60;route&#62;');
	});
});
