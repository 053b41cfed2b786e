import { encodeParameters } from '../../../nodes/HyperBackup/dsm/http/httpRequest';
import { taskIdValue } from '../../../nodes/HyperBackup/hyperBackup/task/Task';

describe('parameters on the wire', () => {
	test('with requestFormat JSON each value is a JSON literal', () => {
		expect(
			encodeParameters(
				{ task_id: 7, state: 'backupable', online: false, list: ['a', 1], nothing: null },
				true,
			),
		).toEqual({
			task_id: '7',
			state: '"backupable"',
			online: 'false',
			list: '["a",1]',
			nothing: 'null',
		});
	});

	test('without it strings go raw', () => {
		expect(encodeParameters({ task_id: 'My "LUN"', online: true }, false)).toEqual({
			task_id: 'My "LUN"',
			online: 'true',
		});
	});

	test('quotes, newlines and emoji in a name survive', () => {
		const name = 'a "b"\n\\ 💾';
		expect(JSON.parse(encodeParameters({ name }, true).name!)).toBe(name);
	});

	test.each([
		['7', 7],
		['dsmctl-lun-bkp2', 'dsmctl-lun-bkp2'],
		['"2024"', '2024'],
		['007x', '007x'],
	])('the task ID %p is sent as %p', (id, value) => {
		expect(taskIdValue(id)).toBe(value);
	});
});
