import { PassThrough } from 'node:stream';
import { readCommandLine } from '../../../tools/probe/commandLine';
import { openTerminal } from '../../../tools/probe/terminal';

/** A terminal, or a pipe, and everything that it shows. */
function given(isTTY: boolean) {
	const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => undefined });
	const output = new PassThrough();
	const chunks: string[] = [];
	output.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
	const terminal = openTerminal(input as never, output);
	return { input, terminal, shown: () => chunks.join('') };
}

describe.each([
	['a terminal', true],
	['a pipe', false],
])('at %s', (_name, isTTY) => {
	test('what is typed as a password is not shown', async () => {
		const { input, terminal, shown } = given(isTTY);
		const password = terminal.askHidden('Password (not shown):');
		input.write('correct horse\r\n');
		expect(await password).toBe('correct horse');
		terminal.close();
		expect(shown()).toContain('Password (not shown):');
		expect(shown()).not.toMatch(/correct|horse/);
	});

	test('lines that were pasted at once go to one question each', async () => {
		const { input, terminal } = given(isTTY);
		input.write('nas.example.com\nalice\n');
		expect(await terminal.ask('Address:')).toBe('nas.example.com');
		expect(await terminal.ask('Account:')).toBe('alice');
		terminal.close();
	});

	test('an input that ends is an error, not a wait without end', async () => {
		const { input, terminal } = given(isTTY);
		const asked = terminal.ask('Address:');
		input.end();
		await expect(asked).rejects.toThrow('The input ended');
	});
});

describe('the command line', () => {
	test('takes no address, account or password', () => {
		for (const option of ['--address', '--account', '--password', '--otp'])
			expect(() => readCommandLine([option, 'x'])).toThrow('Unknown option');
		expect(() => readCommandLine(['secret'])).toThrow('Unexpected argument');
	});

	test('leaves destinations alone and verifies certificates by default', () => {
		expect(readCommandLine([])).toEqual({
			help: false,
			out: 'probe-captures',
			destinations: false,
			insecure: false,
			showUnknown: false,
		});
	});

	test.each(['0', '-5', 'often', ''])('--every %j is refused', (every) => {
		expect(() => readCommandLine([`--every=${every}`])).toThrow('--every is a number above 0');
	});
});
