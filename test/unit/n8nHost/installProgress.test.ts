import { installedShare, linesPerTenth, packagesText } from '../../../n8n-host/installProgress';

const counts = (resolved: number, fetched = 0, installed = 0) => ({ resolved, fetched, installed });

describe('the share of an install', () => {
	test('grows from nothing to everything', () => {
		const course = [
			counts(0),
			counts(50),
			counts(70, 1),
			counts(70, 100),
			counts(70, 100, 50),
			counts(70, 100, 100),
		].map((at) => installedShare(at, 100));
		expect(course).toEqual([...course].sort((a, b) => a - b));
		expect(new Set(course).size).toBe(course.length);
		expect(course[0]).toBe(0);
		expect(course.at(-1)).toBeCloseTo(1);
	});

	test('is never more than everything, however many packages there are', () => {
		expect(installedShare(counts(500, 400, 300), 100)).toBeCloseTo(1);
	});
});

test.each([
	[counts(0), 'finding out which versions to install, 0 packages so far'],
	[counts(900), 'finding out which versions to install, 900 packages so far'],
	[counts(900, 812), '812 of about 2350 packages fetched'],
	[counts(900, 2350, 17), '17 of about 2350 packages installed'],
	[counts(900, 2400, 2399), '2350 of about 2350 packages installed'],
])('the text for %j is "%s"', (at, text) => {
	expect(packagesText(at, 2350)).toBe(text);
});

test('tests and benchmarks print a line per tenth of n8n, and none for its parts', () => {
	const lines: string[] = [];
	const progress = linesPerTenth((line) => lines.push(line), 100);
	progress.begin('n8n');
	progress.packages('driver', counts(0, 100, 100));
	for (let fetched = 1; fetched <= 100; fetched++) progress.packages('n8n', counts(9, fetched));
	for (let done = 1; done <= 120; done++) progress.packages('n8n', counts(9, 100, done));
	progress.end('n8n');
	expect(lines.length).toBeGreaterThanOrEqual(9);
	expect(lines.length).toBeLessThanOrEqual(10);
	expect(lines.at(-1)).toBe('  ... 100 of about 100 packages installed');
});
