import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { DsmError } from '../../nodes/HyperBackup/dsm/errors/DsmError';
import { HELP, readCommandLine, type CommandLine } from './commandLine';
import { nodeHttp } from './connection/nodeHttp';
import { writeFolder } from './captures';
import { probe } from './probe';
import { openTerminal, type Terminal } from './terminal';

async function run(options: CommandLine, terminal: Terminal): Promise<void> {
	if (existsSync(options.out)) throw new Error(`The folder ${options.out} exists already`);
	const caCertificate = options.ca === undefined ? undefined : await readFile(options.ca, 'utf8');
	const baseUrl = await terminal.ask('Address of the NAS, as in your browser:');
	const username = await terminal.ask('Account:');
	const password = await terminal.askHidden('Password (not shown):');
	let isInterrupted = false;
	const isOver = (): boolean => isInterrupted;
	// Ctrl-C ends the watch, and what it found is written.
	if (options.watch) terminal.onInterrupt(() => (isInterrupted = true));
	const { files } = await probe({
		credentials: {
			baseUrl,
			username,
			password,
			caCertificate,
			allowUnauthorizedCerts: options.insecure,
		},
		mayReachDestinations: options.destinations,
		watch: options.watch && { ...options.watch, isOver },
		showUnknown: options.showUnknown,
		askCode: async () => await terminal.askHidden('Two-factor code (not shown):'),
		say: (line) => terminal.say(line),
		network: nodeHttp,
	});
	await writeFolder(options.out, files);
	terminal.say(`They are in ${options.out}.`);
}

function explain(error: unknown, terminal: Terminal): void {
	if (error instanceof DsmError) terminal.say(`\n${error.message}. ${error.description}`);
	else terminal.say(`\n${error instanceof Error ? error.message : 'Something went wrong'}`);
	process.exitCode = 1;
}

async function main(): Promise<void> {
	const terminal = openTerminal();
	try {
		const options = readCommandLine(process.argv.slice(2));
		if (options.help) terminal.say(HELP);
		else await run(options, terminal);
	} catch (error) {
		explain(error, terminal);
	} finally {
		terminal.close();
	}
}

void main();
