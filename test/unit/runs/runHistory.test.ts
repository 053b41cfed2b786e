import fc from 'fast-check';
import { deviationOf, withRun } from '../../../nodes/HyperBackup/hyperBackup/runs/runHistory';

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

test('the last fourteen runs are kept', () => {
	let history: number[] | undefined;
	for (let run = 1; run <= 20; run++) history = withRun(history, run);
	expect(history).toEqual(Array.from({ length: 14 }, (_, index) => index + 7));
});
