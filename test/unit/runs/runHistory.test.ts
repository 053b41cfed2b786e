import fc from 'fast-check';
import {
	packHistory,
	storedFigure,
	unpackHistory,
} from '../../../nodes/HyperBackup/hyperBackup/runs/packedHistory';
import { deviationOf, withRun } from '../../../nodes/HyperBackup/hyperBackup/runs/runHistory';
import type { RunSample } from '../../../nodes/HyperBackup/hyperBackup/runs/RunSample';

const usual = (value: number, spread: number) =>
	fc.array(fc.integer({ min: value - spread, max: value + spread }), {
		minLength: 7,
		maxLength: 14,
	});

test('nothing is usual with fewer than seven runs', () => {
	expect(deviationOf([600, 600, 600, 600, 600, 600], 60_000, 60)).toBeUndefined();
	expect(deviationOf([600, 600, 600, 600, 600, 600, 600], 60_000, 60)).toMatchObject({ runs: 7 });
});

test('any run that takes three times as long as steady ones is five spreads off', () => {
	fc.assert(
		fc.property(usual(3600, 180), (history) => {
			expect(deviationOf(history, 3 * 3600, 60)!.deviation).toBeGreaterThanOrEqual(5);
			expect(deviationOf(history, 1200, 60)!.deviation).toBeLessThanOrEqual(-5);
		}),
	);
});

test('no run within a quarter of steady ones is five spreads off', () => {
	fc.assert(
		fc.property(usual(3600, 180), fc.integer({ min: 2700, max: 4500 }), (history, value) => {
			expect(Math.abs(deviationOf(history, value, 60)!.deviation)).toBeLessThan(5);
		}),
	);
});

test('three odd runs among ten do not change what is usual', () => {
	const steady = [600, 610, 590, 605, 595, 600, 602];
	const odd = [...steady, 90_000, 80_000, 1];
	expect(deviationOf(odd, 600, 1)).toMatchObject({ usual: 601 });
	expect(deviationOf(odd, 3600, 1)!.deviation).toBeGreaterThan(5);
});

test('runs that differ by less than can be measured are alike', () => {
	expect(deviationOf(Array<number>(7).fill(10), 300, 60)!.deviation).toBeLessThan(5);
	expect(deviationOf(Array<number>(7).fill(10), 310, 60)!.deviation).toBe(5);
});

test('a figure that is not known is neither compared nor counted among the runs', () => {
	const six = [null, 600, 600, 600, null, 600, 600, 600];
	expect(deviationOf(six, 60_000, 60)).toBeUndefined();
	expect(deviationOf([...six, 600], 60_000, 60)).toMatchObject({ usual: 600, runs: 7 });
	expect(deviationOf([...six, 600], null, 60)).toBeUndefined();
	expect(deviationOf([...six, 600], 0, 60)!.deviation).toBeLessThan(-5);
});

const run = (more: Partial<RunSample>): RunSample => ({
	duration: null,
	size: null,
	changes: null,
	withDeleted: false,
	...more,
});

test('the last fourteen runs are kept', () => {
	let history: RunSample[] | undefined;
	for (let duration = 1; duration <= 20; duration++) history = withRun(history, run({ duration }));
	expect(history!.map(({ duration }) => duration)).toEqual(
		Array.from({ length: 14 }, (_, index) => index + 7),
	);
});

test('a run of which nothing is known is not kept', () => {
	expect(withRun([run({ size: 5 })], run({}))).toEqual([run({ size: 5 })]);
	expect(withRun(undefined, run({ changes: 0 }))).toEqual([run({ changes: 0 })]);
});

const figure = fc.option(fc.oneof(fc.nat(2000), fc.nat(2 ** 31), fc.double({ min: 0, max: 9e10 })));
const sample: fc.Arbitrary<RunSample> = fc.record({
	duration: figure,
	size: figure,
	changes: figure,
	withDeleted: fc.boolean(),
});

test('what is kept is stored in seven bytes for each run, and read back as it was', () => {
	fc.assert(
		fc.property(fc.array(sample, { maxLength: 20 }), (runs) => {
			const history = runs.reduce<RunSample[] | undefined>(withRun, undefined) ?? [];
			const text = packHistory(history);
			expect(unpackHistory(text)).toEqual(history);
			expect(JSON.stringify(text)).toHaveLength(2 + 7 * history.length);
			expect(text).not.toMatch(/[|~\n]/);
		}),
	);
});

test('a stored figure is exact below a thousand, and above to three digits', () => {
	fc.assert(
		fc.property(fc.double({ min: 0, max: 9.9e10, noNaN: true }), (value) => {
			const stored = storedFigure(value)!;
			if (value < 999) expect(stored).toBe(Math.round(value));
			else expect(Math.abs(stored / value - 1)).toBeLessThan(0.0051);
		}),
	);
	expect([3600, 7200, 86_400].map(storedFigure)).toEqual([3600, 7200, 86_400]);
});

test.each([null, -1, NaN, Infinity, 1e12])('%p is stored as not known', (value) => {
	expect(storedFigure(value)).toBeNull();
});

test.each(['n', 'nAAAAA"', 'nAAAAAé', 'nAAAAAA\n'])('a damaged history %j is refused', (text) => {
	expect(() => unpackHistory(text)).toThrow('damaged');
});
