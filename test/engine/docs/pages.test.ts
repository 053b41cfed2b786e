import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentialSection } from '../../../tools/docs/credential';
import {
	eventContradictions,
	eventFieldsSection,
	eventsOverview,
	eventsSection,
	playEvents,
	triggerParametersSection,
	type EventExamples,
} from '../../../tools/docs/events';
import { fillSections, namesOfSections } from '../../../tools/docs/markers';
import {
	operationContradictions,
	operationsOverview,
	operationsSection,
	outputSection,
	playOperations,
	type Operation,
} from '../../../tools/docs/operations';
import {
	documentedStatusSection,
	statusSection,
	wordsSection,
} from '../../../tools/docs/statusTables';
import { compatibilitySection, testedSection } from '../../../tools/docs/testedVersions';
import { expectFile, ROOT } from './generatedFile';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const PAGES = [
	'README.md',
	...readdirSync(join(ROOT, 'docs'))
		.filter((name) => name.endsWith('.md'))
		.map((name) => `docs/${name}`),
].filter((path) => namesOfSections(read(path)).length > 0);

let operations: Operation[];
let events: EventExamples;
let sections: Record<string, string>;

beforeAll(async () => {
	operations = await playOperations();
	events = await playEvents();
	sections = {
		'credential-fields': credentialSection(),
		'operations-overview': operationsOverview(operations),
		operations: operationsSection(operations),
		output: outputSection(operations),
		'trigger-parameters': triggerParametersSection(),
		'event-fields': eventFieldsSection(events),
		'events-overview': eventsOverview(),
		events: eventsSection(events),
		status: statusSection(),
		'documented-status': documentedStatusSection(),
		words: wordsSection(),
		compatibility: compatibilitySection(read('.github/workflows/ci.yml')),
		tested: testedSection(read('.github/workflows/ci.yml')),
	};
});

test.each(PAGES)('%s is what the nodes say', (path) => {
	expectFile(path, fillSections(read(path), sections));
});

test('every section stands on a page', () => {
	const used = PAGES.flatMap((path) => namesOfSections(read(path)));
	expect([...new Set(used)].sort()).toEqual(Object.keys(sections).sort());
});

test('the examples have the fields that the pages describe, and no others', () => {
	expect([...operationContradictions(operations), ...eventContradictions(events)]).toEqual([]);
});

/** Fields that people read, wherever they are in an item. */
function sentencesIn(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([field, inner]) =>
		typeof inner === 'string' && ['message', 'text', 'html', 'error', 'hint'].includes(field)
			? [inner]
			: sentencesIn(inner),
	);
}

test('no sentence has a time that only machines read', () => {
	const sentences = [
		...operations.flatMap(({ examples }) => examples),
		...Object.values(events),
	].flatMap(sentencesIn);
	expect(sentences.length).toBeGreaterThan(40);
	expect(sentences.filter((sentence) => /\dT\d\d:\d\d/.test(sentence))).toEqual([]);
	expect(sentences.filter((sentence) => /\d{4}-\d\d-\d\d \d\d:\d\d/.test(sentence))).not.toEqual(
		[],
	);
});

test('the requests are those that were measured', () => {
	const { requestsPerOperation } = JSON.parse(read('docs/benchmarks.json')) as {
		requestsPerOperation: Record<string, number>;
	};
	const plain = Object.fromEntries(
		operations
			// Other resources have operations of the same names.
			.filter(({ resource }) => ['task', 'nas'].includes(String(resource.value)))
			.flatMap(({ operation, examples }) =>
				examples
					.filter(({ waits }) => !waits)
					.map(({ requests }) => [String(operation.value), requests]),
			),
	);
	const { poll, ...measured } = requestsPerOperation;
	expect(poll).toBe(1);
	expect(plain).toMatchObject(measured);
});
