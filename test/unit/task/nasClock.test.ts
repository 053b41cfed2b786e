import {
	inZone,
	nasClock,
	offsetOf,
	withOffset,
} from '../../../nodes/HyperBackup/hyperBackup/clock/nasClock';

const at = (iso: string): number => Date.parse(iso) / 1000;
/** As Synology's clock API answers: Taipei, 21:33:50 local, eight hours ahead of the epoch it gives. */
const TAIPEI = {
	date: '2026/7/16',
	hour: 21,
	minute: 33,
	second: 50,
	timestamp: at('2026-07-16T13:33:50Z'),
	timezone: 'Taipei',
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
		expect(nasClock(TAIPEI, 'UTC')(text)).toBe(at(iso));
	});

	test.each(['', 'N/A', 'yesterday', undefined, null, 0, '2026/07/16'])('%p is no date', (text) => {
		expect(nasClock(TAIPEI, 'UTC')(text)).toBeNull();
	});

	test("the workflow's zone is taken for the NAS's if its offset is the same now, and is right across a change of the clocks", () => {
		const summerInBerlin = {
			date: '2026/7/16',
			hour: 15,
			minute: 33,
			second: 50,
			timestamp: at('2026-07-16T13:33:50Z'),
		};
		expect(nasClock(summerInBerlin, 'Europe/Berlin')('2026/01/16 12:00')).toBe(
			at('2026-01-16T11:00:00Z'),
		);
	});

	test('otherwise the offset itself is used', () => {
		expect(nasClock(TAIPEI, 'Europe/Berlin')('2026/01/16 12:00')).toBe(at('2026-01-16T04:00:00Z'));
	});

	test.each([
		undefined,
		null,
		{},
		{ date: 'x', hour: 1, minute: 2, second: 3, timestamp: 4 },
		{ ...TAIPEI, timestamp: 'soon' },
	])("without a readable clock (%p) the workflow's zone is used", (ntp) => {
		expect(nasClock(ntp, 'Europe/Berlin')('2026/07/16 15:00')).toBe(at('2026-07-16T13:00:00Z'));
	});

	test('an hour that occurs twice, and one that does not occur, give a time within the hour', () => {
		const berlin = inZone('Europe/Berlin');
		expect(Math.abs(berlin('2026/10/25 02:30')! - at('2026-10-25T01:00:00Z'))).toBeLessThanOrEqual(
			1800,
		);
		expect(Math.abs(berlin('2026/03/29 02:30')! - at('2026-03-29T01:00:00Z'))).toBeLessThanOrEqual(
			1800,
		);
	});

	test('a half-hour zone keeps its half hour', () => {
		expect(withOffset(5.5 * 3600)('2026/07/16 21:30')).toBe(at('2026-07-16T16:00:00Z'));
	});
});
