import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Installed } from './install';

/** One start of n8n: `start`, `worker`, or one of its other commands. */
export interface Run {
	command: string[];
	/** n8n's user folder on this machine. */
	folder: string;
	/** Other folders of this machine that n8n reads. */
	shared: string[];
	/** All of n8n's environment, except for where its programs and its home are. */
	env: Record<string, string>;
	/** Ports of this machine's loopback at which n8n responds. */
	ports: number[];
}

/** An n8n that was started. */
export interface Launched {
	/** Ends when n8n ends, and prints what n8n prints. */
	child: ChildProcessByStdio<null, Readable, Readable>;
	/** Sends a signal to n8n itself. */
	kill: (signal: 'SIGTERM' | 'SIGKILL') => void;
	/** The memory of n8n's process, without those it has started. */
	residentMB: () => number;
}

/** An n8n that can be started, however it came onto this machine. */
export interface Runtime {
	version: string;
	/** Where n8n has to listen, so that this machine's loopback reaches it. */
	listenAddress: string;
	launch: (run: Run) => Launched;
	/** A JSON text in which addresses of this machine's loopback are as n8n reaches them. */
	reachable: (json: string) => string;
}

function residentMBOf(pid: number): number {
	const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	return Number(kilobytes) / 1024;
}

/** An n8n that was installed from npm, as a process of this machine. */
export function npmRuntime({ version, node, bin }: Installed): Runtime {
	return {
		version,
		listenAddress: '127.0.0.1',
		launch: ({ command, folder, env }) => {
			const child = spawn(node, [bin, ...command], {
				cwd: folder,
				env: { PATH: process.env.PATH, HOME: folder, ...env },
				stdio: ['ignore', 'pipe', 'pipe'],
			});
			return {
				child,
				kill: (signal) => void child.kill(signal),
				residentMB: () => residentMBOf(child.pid!),
			};
		},
		reachable: (json) => json,
	};
}
