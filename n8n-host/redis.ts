import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { freePort } from './ports';
import { until } from './until';

export interface Redis {
	port: number;
	stop: () => void;
}

async function answers(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
		socket.once('data', (data) => {
			socket.destroy();
			resolve(data.toString().includes('PONG'));
		});
		socket.once('error', () => resolve(false));
	});
}

/**
 * A Redis of our own on loopback, which keeps nothing. The program has to be there (`apt-get
 * install redis-server`).
 */
export async function startRedis(): Promise<Redis> {
	const port = await freePort();
	const child = spawn(
		'redis-server',
		['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
		{ stdio: 'ignore' },
	);
	let missing: Error | undefined;
	child.once('error', (error) => (missing = error));
	process.once('exit', () => child.kill('SIGKILL'));
	await until('Redis to start', async () => {
		if (missing)
			throw new Error(`redis-server cannot be started: ${missing.message}. Install it first.`);
		return await answers(port);
	});
	return { port, stop: () => void child.kill('SIGKILL') };
}
