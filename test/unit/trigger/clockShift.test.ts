import type { ClockReading } from '../../../nodes/HyperBackup/hyperBackup/clock/NasClock';
import { clockShift, type PollResult } from '../../../nodes/HyperBackup/trigger/fetchTasks';

const HOUR = 3_600_000;

/** A poll of a NAS with the documented API, by whose responses n8n's clock is this far ahead. */
const documented = (skew: number): PollResult =>
	({ dialect: { name: 'documented' }, api: { client: { skew } } }) as PollResult;

/** A poll of a DSM whose clock was read, or could not be. */
const dsm = (reading?: ClockReading): PollResult =>
	({
		dialect: { name: 'dsm' },
		clock: { reading },
		clockRead: reading !== undefined,
	}) as PollResult;

describe('how much too late a time from before may be read', () => {
	test('is nothing in the documented API while the clock of the NAS is left alone', () => {
		expect(clockShift(documented(0), {})).toBe(0);
		expect(clockShift(documented(HOUR), { skew: HOUR })).toBe(0);
	});

	test('is as far as the clock of the NAS went back in the documented API', () => {
		expect(clockShift(documented(HOUR), {})).toBe(HOUR);
		expect(clockShift(documented(HOUR), { skew: -HOUR })).toBe(2 * HOUR);
	});

	test('is as far as the clock of a DSM went back, or its zone: winter time', () => {
		const clock = { offset: 3600, skew: 0 };
		expect(clockShift(dsm(clock), { clock })).toBe(0);
		expect(clockShift(dsm({ offset: 0, skew: 0 }), { clock })).toBe(HOUR);
		expect(clockShift(dsm({ offset: 3600, skew: HOUR }), { clock })).toBe(HOUR);
	});

	test('is nothing where the clock went forward: what was written before is read earlier', () => {
		const clock = { offset: 3600, skew: 0 };
		expect(clockShift(dsm({ offset: 7200, skew: 0 }), { clock })).toBe(0);
		expect(clockShift(dsm({ offset: 3600, skew: -HOUR }), { clock })).toBe(0);
		expect(clockShift(documented(0), { skew: HOUR })).toBe(0);
	});

	test('is an hour at most to be expected where the clock was not read: summer time', () => {
		expect(clockShift(dsm(), { clock: { offset: 3600, skew: 0 } })).toBe(HOUR);
		expect(clockShift(dsm({ offset: 3600, skew: 0 }), {})).toBe(HOUR);
	});
});
