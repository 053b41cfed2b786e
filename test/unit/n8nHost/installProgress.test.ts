import { installedShare, linesPerTenth, packagesText } from '../../../n8n-host/installProgress';

const counts = (resolved: number, fetched = 0, installed = 0, toInstall = 0) => ({
	resolved,
	fetched,
	installed,
	toInstall,
});

describe('the share of an install', () => {
	test('grows from nothing to everything', () => {
		const course = [
			counts(0),
			counts(50),
			counts(98, 0, 0, 110),
			counts(98, 1, 0, 110),
			counts(98, 40, 30, 110),
			counts(98, 98, 50, 110),
			counts(98, 98, 110, 110),
		].map((at) => installedShare(at, 100));
		expect(course).toEqual([...course].sort((a, b) => a - b));
		expect(new Set(course).size).toBe(course.length);
		expect(course[0]).toBe(0);
		expect(course.at(-1)).toBeCloseTo(1);
	});

	test('is never more than everything, however many packages there are', () => {
		expect(installedShare(counts(500), 100)).toBeLessThan(0.5);
		expect(installedShare(counts(500, 600, 700, 650), 100)).toBeCloseTo(1);
	});
});

test.each([
	[counts(0), 'finding out which versions to install, 0 of about 1889'],
	[counts(900), 'finding out which versions to install, 900 of about 1889'],
	[counts(1900), 'finding out which versions to install, 1900 of about 1900'],
	[counts(1900, 812, 0, 2206), '812 of about 1900 packages fetched'],
	[counts(1900, 812, 17, 2206), '812 of about 1900 packages fetched, 17 of 2206 folders written'],
])('the text for %j is "%s"', (at, text) => {
	expect(packagesText(at, 1889)).toBe(text);
});

test('tests and benchmarks print a line per tenth of n8n, and none for its parts', () => {
	const lines: string[] = [];
	const progress = linesPerTenth((line) => lines.push(line), 100);
	progress.begin('n8n');
	progress.packages('driver', counts(100, 100, 100, 100));
	for (let found = 1; found <= 100; found++) progress.packages('n8n', counts(found));
	for (let done = 1; done <= 100; done++) progress.packages('n8n', counts(100, done, done, 100));
	progress.end('n8n');
	expect(lines.length).toBeGreaterThanOrEqual(9);
	expect(lines.length).toBeLessThanOrEqual(10);
	expect(lines[0]).toMatch(/^ {2}\.\.\. finding out which versions to install, \d+ of about 100$/);
	expect(lines.at(-1)).toMatch(/^ {2}\.\.\. \d+ of about 100 packages fetched, \d+ of 100 folders/);
});
