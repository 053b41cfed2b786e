import { readCommandLine } from '../../../simulator/commandLine';

describe('the command line', () => {
	test('without anything it is lenient and offers the demo', () => {
		const given = readCommandLine([]);
		expect(given).toMatchObject({ speed: 1, fleet: 1, help: false });
		expect(given).not.toHaveProperty('tasks');
		expect(given.options).toMatchObject({ port: 5000, dsm: '7.2', lenientQuoting: true });
		expect(given.options).not.toHaveProperty('vault');
	});

	test.each([
		[['--quoting', 'strict'], { lenientQuoting: false }],
		[['--vault', '--no-client'], { hyperBackup: 'missing', vault: { targets: expect.any(Array) } }],
		[['--rotation-result', 'word'], { rotationResult: 'word' }],
		[['--state-during-check', 'error_detect'], { stateDuringCheck: 'error_detect' }],
		[
			['--unknown', 'fileList=array', '--unknown', 'unknownTaskCode=4401'],
			{ unknowns: { fileList: 'array', unknownTaskCode: 4401 } },
		],
	])('%j', (args, options) => {
		expect(readCommandLine(args).options).toMatchObject(options);
	});

	test.each([
		[['--dsm', '8'], '--dsm is 6.2, 7.0, 7.1, 7.2 or 7.4, not 8'],
		[['--quoting', 'loose'], '--quoting is lenient or strict, not loose'],
		[['--port', 'x'], '--port is a number, not x'],
		[['--unknown', 'fileList'], '--unknown is NAME=VALUE, not fileList'],
		[['--unknown', 'toString=1'], '--unknown knows unknownTaskCode,'],
		[['--unknown', 'fileList=tree'], '--unknown fileList is object or array, not tree'],
		[['--nothing'], 'Unknown option'],
	])('%j is refused', (args, sentence) => {
		expect(() => readCommandLine(args)).toThrow(sentence);
	});
});
