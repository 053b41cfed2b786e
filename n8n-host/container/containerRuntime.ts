import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Say } from '../program';
import type { Launched, Run, Runtime } from '../runtime';
import { docker, dockerNow } from './docker';
import { HOST, runArguments, sharesNetwork } from './runArguments';

let launched = 0;

/** Names of containers say which process they belong to. */
const nextName = (): string => `hyper-backup-n8n-${process.pid}-${++launched}`;

/**
 * Removes the container as soon as this process is gone, however it ended: its pipe to the keeper
 * closes even after a SIGKILL. Returns what to call when the container has ended.
 */
function keep(name: string): () => void {
	const keeper = spawn('sh', ['-c', 'cat; exec docker rm --force "$0"', name], {
		detached: true,
		env: process.env,
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	keeper.once('error', () => {});
	keeper.unref();
	(keeper.stdin as Socket).unref();
	return () => keeper.stdin.destroy();
}

/** Megabytes of the largest process in a container, which is n8n: others are its task runner. */
function residentMB(name: string): number {
	const [, ...rows] = dockerNow(['top', name, '-eo', 'pid,rss']).trim().split('\n');
	return Math.max(...rows.map((row) => Number(row.trim().split(/\s+/)[1]))) / 1024;
}

function launch(image: string, run: Run, platform: NodeJS.Platform): Launched {
	const name = nextName();
	const release = keep(name);
	const child = spawn('docker', runArguments({ image, name }, run, platform), {
		env: { ...process.env, ...run.env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	child.once('close', release);
	return {
		child,
		kill: (signal) => {
			try {
				dockerNow(['kill', '--signal', signal, name]);
			} catch {
				// There is no such container yet, or no longer.
				child.kill(signal);
			}
		},
		residentMB: () => residentMB(name),
	};
}

/** Loopback addresses as values of JSON, or as hosts of the URLs in it. */
const LOOPBACK = /(?<=\/\/|")(?:127\.0\.0\.1|localhost)(?=[:/"])/g;

/**
 * n8n from a container image. Docker downloads the image if it is not here; which n8n is in it, the
 * image says itself.
 */
export async function containerRuntime(
	image: string,
	say: Say = () => {},
	platform: NodeJS.Platform = process.platform,
): Promise<Runtime> {
	if (platform === 'win32')
		throw new Error(
			`n8n cannot run from the image ${image} on Windows: run this in WSL, or leave out the image.`,
		);
	await docker(image, ['version', '--format', '{{.Server.Version}}']);
	say(`n8n runs from the image ${image}. Docker downloads it first if it is not here.`);
	const printed = await docker(image, ['run', '--rm', image, '--version']);
	const version = /^\d+\.\d+\.\d+\S*$/m.exec(printed)?.[0];
	if (version === undefined)
		throw new Error(`${image} is no image of n8n: its version is '${printed.trim()}'.`);
	return {
		version,
		listenAddress: sharesNetwork(platform) ? '127.0.0.1' : '0.0.0.0',
		launch: (run) => launch(image, run, platform),
		reachable: (json) => (sharesNetwork(platform) ? json : json.replace(LOOPBACK, HOST)),
	};
}
