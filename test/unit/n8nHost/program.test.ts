import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../../n8n-host/program';

const node = (source: string) => ({
	command: process.execPath,
	args: ['--eval', source],
	folder: '.',
});

describe('a program that is run', () => {
	test('ends with its exit code, and with what it printed on both streams', async () => {
		const { code, text } = await runProgram(
			node("console.log('one'); console.error('two'); process.exitCode = 3;"),
		);
		expect([code, text.split('\n').sort()]).toEqual([3, ['', 'one', 'two']]);
	});

	test('is read by the line, also where one comes in pieces with the other stream between', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'hyper-backup-program-'));
		const read = join(folder, 'read');
		const source = `
			const { existsSync, writeSync } = require('node:fs');
			writeSync(1, '{"status":');
			writeSync(2, 'a warning\\n');
			while (!existsSync(${JSON.stringify(read)}));
			writeSync(1, '"resolved"}\\nno end of line');
		`;
		const lines: string[] = [];
		await runProgram(node(source), (line) => {
			lines.push(line);
			if (line === 'a warning') writeFileSync(read, '');
			return undefined;
		});
		rmSync(folder, { recursive: true });
		expect(lines).toEqual(['a warning', '{"status":"resolved"}', 'no end of line']);
	});

	test('keeps of its lines only what is of use in an error', async () => {
		const { text } = await runProgram(node("console.log('1\\n2\\n3');"), (line) =>
			line === '2' ? 'the second' : undefined,
		);
		expect(text).toBe('the second\n');
	});

	test('keeps only the end of a long output', async () => {
		const { text } = await runProgram(
			node("console.log('warning\\n'.repeat(5000)); console.log('the error');"),
		);
		expect(text.length).toBeLessThanOrEqual(8000);
		expect(text).toMatch(/the error\n$/);
	});

	test('cannot ask anything: its input has ended', async () => {
		const { text } = await runProgram(
			node("process.stdin.on('end', () => console.log('no input')).resume();"),
		);
		expect(text).toBe('no input\n');
	});

	test('that does not exist is an error', async () => {
		await expect(
			runProgram({ command: 'no-such-program-here', args: [], folder: '.' }),
		).rejects.toThrow('ENOENT');
	});
});
