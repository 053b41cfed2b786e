import {
	durationOf,
	isSameRun,
	isSameTime,
	liesWithin,
	mayHideRun,
	NO_TIMES,
	readRunTimes,
	sameTexts,
	type RunTimes,
} from '../../../nodes/HyperBackup/hyperBackup/runs/runTimes';

const START = '2026/11/02 02:00:00';
const END = '2026/11/02 02:10:00';
const LATER = '2026/11/02 02:30:00';

const times = (start: string, end: string): RunTimes => ({ start, end });

describe('the times of the last run', () => {
	test.each([
		['Hyper Backup 4.2 and newer: start and end', START, END, times(START, END)],
		['DSM 6 to 7.1: the end twice, so the start is not known', END, END, times('', END)],
		['the end under the first name only', END, undefined, times('', END)],
		['the end under the second name only', undefined, END, times('', END)],
		['blanks around the texts', ` ${START} `, ` ${END}\n`, times(START, END)],
		['a start that cannot be read', 'N/A', END, times('', END)],
		['an end that cannot be read', START, 'N/A', NO_TIMES],
		['a task that never ran', '', '', NO_TIMES],
		['something other than text', 0, null, NO_TIMES],
	])('%s', (_what, first, end, expected) => {
		expect(readRunTimes({ last_bkp_time: first, last_bkp_end_time: end })).toEqual(expected);
	});

	test('no times are two empty texts', () => {
		expect(NO_TIMES).toEqual({ start: '', end: '' });
	});

	test.each([
		[START, END, true],
		['', END, false],
		[START, LATER, false],
	])('are the same texts only if both are: %p and %p: %p', (start, end, same) => {
		expect(sameTexts(times(START, END), times(start, end))).toBe(same);
	});
});

describe('one run, or two', () => {
	const RUN = times(START, END);

	test.each([
		['the same times', RUN, RUN, true],
		['a response without times', RUN, NO_TIMES, true],
		['the same end, and a start that is shown now', times('', END), RUN, true],
		[
			'the end to the minute, then with seconds',
			times('', '2026/11/02 02:10'),
			times('', '2026/11/02 02:10:30'),
			true,
		],
		[
			'the end with seconds, then to the minute',
			times('', '2026/11/02 02:10:30'),
			times('', '2026/11/02 02:10'),
			true,
		],
		['the next minute', times('', '2026/11/02 02:10'), times('', '2026/11/02 02:11:00'), false],
		['the next second', times('', END), times('', '2026/11/02 02:10:01'), false],
		['a later end after the same start', RUN, times(START, LATER), false],
		['the first run ever', NO_TIMES, RUN, false],
		['an end that cannot be read', RUN, times('', 'soon'), false],
	])('%s', (_what, before, now, same) => {
		expect(isSameRun(before, now)).toBe(same);
	});

	test.each([
		['a later end after the same start is the same run', RUN, times(START, LATER), true],
		['a later end without a start is the same run', times('', END), times('', LATER), true],
		['a later end after another start is another run', RUN, times(END, LATER), false],
		['an earlier end is another run', times(START, LATER), RUN, false],
		['an earlier end after another start is another run', times('', LATER), RUN, false],
	])('while DSM may rewrite the end, %s', (_what, before, now, same) => {
		expect(isSameRun(before, now, true)).toBe(same);
	});

	test.each([
		['2026/11/02 02:10', true],
		[END, false],
		['1793585400', false],
		['', true],
	])('a second run could show the very same end %p: %p', (end, hidden) => {
		expect(mayHideRun(times('', end))).toBe(hidden);
	});
});

describe('two texts are one time', () => {
	test.each([
		[END, END, true],
		[END, '2026/11/02 02:10', true],
		['2026/11/02 02:10', END, true],
		[END, '2026/11/02 02:10:01', false],
		[END, '2026/11/02 02:11', false],
		['soon', 'soon', true],
		['soon', 'later', false],
		['', END, false],
		[END, '', false],
	])('%j and %j: %p', (before, now, same) => {
		expect(isSameTime(before, now)).toBe(same);
	});
});

describe('a time within a run', () => {
	test.each([
		['its start', times(START, END), START, true],
		['between start and end', times(START, END), '2026/11/02 02:05:00', true],
		['its end', times(START, END), END, true],
		['the second before it', times(START, END), '2026/11/02 01:59:59', false],
		['the second after it', times(START, END), '2026/11/02 02:10:01', false],
		['the end of a run without a start', times('', END), END, true],
		['before the end of a run without a start', times('', END), START, false],
		['a time that cannot be read', times(START, END), '', false],
		['a run without times', NO_TIMES, END, false],
		['a run without an end', times(START, ''), START, false],
	])('%s', (_what, run, time, within) => {
		expect(liesWithin(run, time)).toBe(within);
	});
});

describe('the duration in seconds', () => {
	const AT = 1_793_584_800;
	const HOUR = 3600;

	test.each([
		['from start to end', AT, AT + 600, undefined, 600],
		['without a start', null, AT, undefined, null],
		['without an end', AT, null, undefined, null],
		['without a start, as n8n measured it', null, AT, 60, 60],
		['without an end, as n8n measured it', AT, null, 60, 60],
		['an end that is the start', AT, AT, undefined, null],
		['an end that is the start, as n8n measured it', AT, AT, 30, 30],
		['an end before the start', AT, AT - 100, undefined, null],
		['an end before the start, as n8n measured it', AT, AT - 100, 30, 30],
		['what the NAS shows counts more than what n8n measured', AT, AT + 600, 580, 600],
	])('%s', (_what, start, end, measured, seconds) => {
		expect(durationOf(start, end, measured)).toBe(seconds);
	});

	test.each([
		['one hour too long', HOUR + 600, 500, 600],
		['one hour too short', -HOUR + 600, 500, 600],
		['two hours too long', 2 * HOUR + 600, 500, 600],
		['two hours too short', -2 * HOUR + 600, 500, 600],
		['one hour too long after a long run', HOUR + 2000, 2000, 2000],
		['as near as five minutes above', HOUR + 900, 600, 900],
		['as near as five minutes below', HOUR + 300, 600, 300],
	])('clocks that change during the run: %s is taken out', (_what, shown, measured, seconds) => {
		expect(durationOf(AT, AT + shown, measured)).toBe(seconds);
	});

	test.each([
		['three hours too long', 3 * HOUR + 600, 500, 3 * HOUR + 600],
		['three hours too short', -3 * HOUR + 600, 500, 500],
		['more than five minutes above', HOUR + 901, 600, HOUR + 901],
		['more than five minutes below', HOUR + 299, 600, HOUR + 299],
	])('no change of the clocks: %s', (_what, shown, measured, seconds) => {
		expect(durationOf(AT, AT + shown, measured)).toBe(seconds);
	});
});
