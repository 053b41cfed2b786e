import {
	parseAgain,
	parseResponse,
	RESPONSE_LIMITS,
	type LastResponse,
	type ResponseLimits,
} from '../../../nodes/HyperBackup/dsm/http/parseResponse';

const within = (more: Partial<ResponseLimits>): ResponseLimits => ({ ...RESPONSE_LIMITS, ...more });
const withData = (data: string): string => `{"success":true,"data":${data}}`;

describe('bounds of a response', () => {
	test.each<[string, Partial<ResponseLimits>, string, string]>([
		['a list', { listLength: 3 }, '[1,2,3]', '[1,2,3,4]'],
		['a list inside a list', { listLength: 3 }, '[[1,2,3]]', '[[1,2,3,4]]'],
		['a list of objects', { listLength: 2 }, '{"task_list":[{},{}]}', '{"task_list":[{},{},{}]}'],
		['levels', { depth: 3 }, '[[1]]', '[[[1]]]'],
		['levels of objects', { depth: 3 }, '{"a":{"b":1}}', '{"a":{"b":{"c":1}}}'],
		['values', { values: 6 }, '[1,2,3]', '[1,2,3,4]'],
		['fields', { values: 6 }, '{"a":1,"b":2,"c":3}', '{"a":1,"b":2,"c":3,"d":4}'],
	])('%s: up to the limit, and not one more', (_what, limits, allowed, refused) => {
		expect(parseResponse(withData(allowed), undefined, within(limits))).toEqual({
			success: true,
			data: JSON.parse(allowed),
		});
		expect(() => parseResponse(withData(refused), undefined, within(limits))).toThrow(
			expect.objectContaining({ kind: 'notDsm' }),
		);
	});

	test('too many values are refused before any of them is created', () => {
		const parse = jest.spyOn(JSON, 'parse');
		try {
			expect(() => parseResponse(withData('[{},{},{}]'), undefined, within({ values: 5 }))).toThrow(
				'too many values',
			);
			expect(parse).not.toHaveBeenCalled();
		} finally {
			parse.mockRestore();
		}
	});

	test('8 MB of empty objects have too many values', () => {
		const rows = '{},'.repeat(Math.floor(RESPONSE_LIMITS.bytes / 3) - 20);
		expect(() => parseResponse(withData(`{"task_list":[${rows}{}]}`))).toThrow('too many values');
	});

	test('a list of 10,000 tasks with forty fields each is within the bounds', () => {
		const task = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`field_${i}`, i]));
		const data = { task_list: Array.from({ length: 10_000 }, () => task) };
		expect(parseResponse(JSON.stringify({ success: true, data }))).toMatchObject({
			success: true,
		});
	});
});

describe('a response that comes over and over', () => {
	const parse = (text: string, last: LastResponse) => parseAgain(text, () => [], last);
	const dataOf = (text: string, last: LastResponse) => {
		const envelope = parse(text, last);
		return envelope.success ? envelope.data : envelope;
	};

	test('is parsed once while it reads the same', () => {
		const last = {};
		expect(dataOf(withData('[1]'), last)).toBe(dataOf(withData('[1]'), last));
	});

	test('is parsed anew when it reads otherwise, if only in length', () => {
		const last = {};
		expect(dataOf(withData('[1]'), last)).toEqual([1]);
		expect(dataOf(withData('[2]'), last)).toEqual([2]);
		expect(dataOf(withData('[2] '), last)).toEqual([2]);
		expect(dataOf(withData('[1]'), last)).toEqual([1]);
	});

	test('is not taken from before a refusal, and no refusal is kept', () => {
		const last: LastResponse = {};
		const before = dataOf(withData('[1]'), last);
		expect(dataOf('{"success":false,"error":{"code":105}}', last)).toMatchObject({ code: 105 });
		expect(last).toEqual({});
		expect(dataOf(withData('[1]'), last)).not.toBe(before);
	});

	test('is refused as often as it is damaged, and the last good one stays', () => {
		const last = {};
		const good = dataOf(withData('[1]'), last);
		for (let time = 0; time < 2; time++)
			expect(() => parse(withData('[1'), last)).toThrow('cut off or damaged');
		expect(dataOf(withData('[1]'), last)).toBe(good);
	});

	test('is not kept where it is long', () => {
		const last: LastResponse = {};
		const text = withData(`"${'x'.repeat(1024 * 1024)}"`);
		expect(dataOf(text, last)).toHaveLength(1024 * 1024);
		expect(last.text).toBeUndefined();
	});
});
