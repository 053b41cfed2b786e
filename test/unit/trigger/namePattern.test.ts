import { fitsPattern } from '../../../nodes/HyperBackup/trigger/namePattern';

test.each([
	['Nightly', 'Nightly'],
	[' nightly', 'NIGHTLY '],
	['*', ''],
	['*', 'anything'],
	['Night*', 'Nightly'],
	['*ly', 'Nightly'],
	['*ght*', 'Nightly'],
	['N*t*y', 'Nightly'],
	['a*a', 'aa'],
	['a**b', 'axb'],
	['(Office) [1]', '(Office) [1]'],
])("'%s' fits '%s'", (pattern, name) => {
	expect(fitsPattern(pattern, name)).toBe(true);
});

test.each([
	['Nightly', 'Nightly 2'],
	['Night', 'Nightly'],
	['*x*', 'Nightly'],
	['a*a', 'a'],
	['ab*ba', 'aba'],
	['a*b*b', 'ab'],
	['N.ghtly', 'Nightly'],
])("'%s' does not fit '%s'", (pattern, name) => {
	expect(fitsPattern(pattern, name)).toBe(false);
});
