import type { DsmClient } from '../../../nodes/HyperBackup/dsm/DsmClient';
import {
	forgetClocks,
	NasClock,
	offsetOf,
	parseWallTime,
	readClock,
	readingOf,
} from '../../../nodes/HyperBackup/hyperBackup/clock/NasClock';

const at = (iso: string): number => Date.parse(iso) / 1000;
/**
 * As Synology's clock API responds: Taipei, 21:33:50 local, eight hours ahead of the epoch it gives.
 */
const TAIPEI = {
	date: '2026/7/16',
	hour: 21,
	minute: 33,
	second: 50,
	timestamp: at('2026-07-16T13:33:50Z'),
	timezone: 'Taipei',
};

const clockOf = (ntp: unknown, zone: string): NasClock => {
	const now = Number((ntp as { timestamp?: unknown } | null)?.timestamp) * 1000 || Date.now();
	return new NasClock(zone, readingOf(ntp, now), now);
};

describe("the NAS's clock", () => {
	test('wall clock and epoch together give the offset', () => {
		expect(offsetOf(TAIPEI)).toBe(8 * 3600);
	});

	test.each([
		['with seconds', '2026/07/16 21:33:50', '2026-07-16T13:33:50Z'],
		['to the minute, as DSM 6 to 7.1 write', '2026/07/16 21:33', '2026-07-16T13:33:00Z'],
		['with dashes', '2026-07-16 21:33', '2026-07-16T13:33:00Z'],
	])('reads a date %s', (_form, text, iso) => {
		expect(clockOf(TAIPEI, 'UTC').toUnix(text)).toBe(at(iso));
	});

	test.each(['', 'N/A', 'yesterday', undefined, null, 0, '2026/07/16'])('%p is no date', (text) => {
		expect(clockOf(TAIPEI, 'UTC').toUnix(text)).toBeNull();
	});

	test("the workflow's zone is taken for the NAS's if its offset is the same now, and is right across a change of the clocks", () => {
		const summerInBerlin = {
			date: '2026/7/16',
			hour: 15,
			minute: 33,
			second: 50,
			timestamp: at('2026-07-16T13:33:50Z'),
		};
		expect(clockOf(summerInBerlin, 'Europe/Berlin').toUnix('2026/01/16 12:00')).toBe(
			at('2026-01-16T11:00:00Z'),
		);
	});

	test('otherwise the offset itself is used', () => {
		expect(clockOf(TAIPEI, 'Europe/Berlin').toUnix('2026/01/16 12:00')).toBe(
			at('2026-01-16T04:00:00Z'),
		);
	});

	test.each([
		undefined,
		null,
		{},
		{ date: 'x', hour: 1, minute: 2, second: 3, timestamp: 4 },
		{ ...TAIPEI, timestamp: 'soon' },
	])("without a readable clock (%p) the workflow's zone is used", (ntp) => {
		expect(clockOf(ntp, 'Europe/Berlin').toUnix('2026/07/16 15:00')).toBe(
			at('2026-07-16T13:00:00Z'),
		);
	});

	test('an hour that occurs twice, and one that does not occur, give a time within the hour', () => {
		const clock = new NasClock('Europe/Berlin');
		const berlin = (text: string) => clock.toUnix(text);
		expect(Math.abs(berlin('2026/10/25 02:30')! - at('2026-10-25T01:00:00Z'))).toBeLessThanOrEqual(
			1800,
		);
		expect(Math.abs(berlin('2026/03/29 02:30')! - at('2026-03-29T01:00:00Z'))).toBeLessThanOrEqual(
			1800,
		);
	});

	test('a half-hour zone keeps its half hour', () => {
		expect(new NasClock('UTC', { offset: 5.5 * 3600, skew: 0 }).toUnix('2026/07/16 21:30')).toBe(
			at('2026-07-16T16:00:00Z'),
		);
	});

	test('times are shown with the offset of the NAS', () => {
		expect(clockOf(TAIPEI, 'UTC').toIso(at('2026-07-16T13:33:50Z'))).toBe(
			'2026-07-16T21:33:50+08:00',
		);
		expect(new NasClock('America/St_Johns').toIso(at('2026-01-16T12:00:00Z'))).toBe(
			'2026-01-16T08:30:00-03:30',
		);
	});

	test('a clock that is wrong is measured against itself, and one that cannot be read measures nothing', () => {
		const now = at('2026-07-16T13:33:50Z') * 1000;
		const wrong = { ...TAIPEI, timestamp: at('2026-07-14T13:33:50Z'), date: '2026/7/14' };
		const clock = new NasClock('UTC', readingOf(wrong, now), now);
		expect(clock.toLocalTime('2026/07/14 21:33:50')).toBe(now);
		expect(new NasClock('UTC').toLocalTime('2026/07/14 21:33:50')).toBeUndefined();
	});
});

test.each([
	['2026/11/22 02:12', 60],
	['2026/11/22 02:12:30', 1],
	['1732788000', 1],
])('%s is read with its precision', (text, precision) => {
	expect(parseWallTime(text)?.precision).toBe(precision);
});

describe('a reading of the clock', () => {
	/** Half an hour before the clocks of Berlin go back by one hour. */
	const BEFORE = Date.parse('2026-10-25T00:30:00Z');
	const AFTER = BEFORE + 90 * 60_000;
	const BERLIN = { date: '2026/10/25', hour: 2, minute: 30, second: 0, timestamp: BEFORE / 1000 };

	const nas = () => {
		const call = jest.fn(() => Promise.resolve(BERLIN));
		return {
			call,
			client: { address: 'https://nas.example.com:5001', call } as unknown as DsmClient,
		};
	};

	beforeEach(() => forgetClocks());
	afterEach(() => jest.restoreAllMocks());

	test('is used for some hours, and once for each zone of a workflow', async () => {
		const { call, client } = nas();
		const now = jest.spyOn(Date, 'now').mockReturnValue(BEFORE);
		const first = await readClock(client, 'Europe/Berlin');
		now.mockReturnValue(AFTER);
		expect(await readClock(client, 'Europe/Berlin')).not.toBe(await readClock(client, 'UTC'));
		expect((await readClock(client, 'Europe/Berlin')).reading).toBe(first.reading);
		expect(call).toHaveBeenCalledTimes(1);
		now.mockReturnValue(BEFORE + 7 * 60 * 60_000);
		await readClock(client, 'Europe/Berlin');
		expect(call).toHaveBeenCalledTimes(2);
	});

	test("that fitted the workflow's zone still fits after the clocks have changed", async () => {
		const { client } = nas();
		const now = jest.spyOn(Date, 'now').mockReturnValue(BEFORE);
		await readClock(client, 'Europe/Berlin');
		now.mockReturnValue(AFTER);
		const clock = await readClock(client, 'Europe/Berlin');
		expect(clock.read('2026/10/25 04:10')).toEqual({
			time: at('2026-10-25T03:10:00Z'),
			at: '2026-10-25T04:10:00+01:00',
		});
	});

	test.each([
		['rows without a time need none', { hasWallTimes: true, needsClock: () => false }],
		['rows with Unix times need none', { hasWallTimes: false, needsClock: () => false }],
	])('%s', async (_what, dialect) => {
		const { call, client } = nas();
		await readClock(client, 'Europe/Berlin', { dialect, rows: [{}] });
		expect(call).not.toHaveBeenCalled();
	});

	test('reads each text once, and gives null for what is no time', async () => {
		const clock = await readClock(nas().client, 'Europe/Berlin');
		const shown = clock.read('2026/11/24 02:12:30');
		expect(shown).toEqual({ time: at('2026-11-24T01:12:30Z'), at: '2026-11-24T02:12:30+01:00' });
		expect(clock.read('2026/11/24 02:12:30')).toBe(shown);
		for (const text of ['', 'never', 'x'.repeat(50), undefined, 7]) {
			expect(clock.read(text)).toBeNull();
			expect(clock.read(text)).toBeNull();
		}
	});
});
