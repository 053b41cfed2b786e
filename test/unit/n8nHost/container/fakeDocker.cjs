#!/usr/bin/env node
/**
 * Stands in for Docker's command line. It writes down how it was called, and a "container" is a
 * process apart from it, as with Docker: it lives on when this program is killed.
 */
const { spawn } = require('node:child_process');
const { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { join } = require('node:path');

const { FAKE_DOCKER_FOLDER: folder, FAKE_DOCKER_FAULT: fault, FAKE_DOCKER_N8N: n8n } = process.env;
const args = process.argv.slice(2);

const fileOf = (name) => join(folder, `${name}.container`);
const valuesOf = (option) => args.filter((_, index) => args[index - 1] === option);

function fail(text, code = 1) {
	process.stderr.write(`${text}\n`);
	process.exit(code);
}

/** n8n in the container: it sees only the variables that `docker run` names. */
function container() {
	const [name, ...command] = args.slice(1);
	process.on('SIGTERM', () => process.exit(0));
	process.stdout.write(`${name} runs n8n ${command.join(' ')}\n`);
	if (command[0] !== 'start') process.exit(command[0] === 'fail' ? 3 : 0);
	createServer((request, response) => response.end('{}')).listen(
		Number(process.env.N8N_PORT),
		'127.0.0.1',
	);
}

function run() {
	if (fault === 'image') fail('docker: Error response from daemon: manifest unknown.', 125);
	if (args.at(-1) === '--version') return void process.stdout.write(`${n8n}\n`);
	const [name] = valuesOf('--name');
	const env = Object.fromEntries(
		valuesOf('--env').map((one) =>
			one.includes('=') ? one.split(/=(.*)/s, 2) : [one, process.env[one]],
		),
	);
	const command = args.slice(args.findIndex((one) => one.includes('n8nio/n8n')) + 1);
	const child = spawn(process.execPath, [__filename, 'a-container', name, ...command], {
		detached: true,
		env,
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	writeFileSync(fileOf(name), String(child.pid));
	child.once('exit', (code, signal) => {
		rmSync(fileOf(name), { force: true });
		process.exit(signal === null ? code : 137);
	});
}

function signal(name, which) {
	if (!existsSync(fileOf(name))) fail(`Error response from daemon: No such container: ${name}`);
	process.kill(Number(readFileSync(fileOf(name), 'utf8')), which);
}

if (args[0] === 'a-container') container();
else {
	appendFileSync(join(folder, 'calls.jsonl'), `${JSON.stringify(args)}\n`);
	if (fault === 'daemon')
		fail('Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is it running?');
	if (fault === 'account')
		fail('permission denied while trying to connect to the Docker daemon socket');
	if (args[0] === 'version') process.stdout.write('27.0.3\n');
	if (args[0] === 'run') run();
	if (args[0] === 'kill') signal(args[3], args[2]);
	if (args[0] === 'rm') signal(args[2], 'SIGKILL');
	if (args[0] === 'top') process.stdout.write('PID   RSS\n411   860\n412   204800\n430   61440\n');
}
