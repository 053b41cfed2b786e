import type { Run } from '../runtime';

/** The computer that Docker runs on, as a container outside of its network reaches it. */
export const HOST = 'host.docker.internal';

/** Only on Linux a container can have the network of its computer, loopback included. */
export const sharesNetwork = (platform: NodeJS.Platform): boolean => platform === 'linux';

function network(ports: number[], platform: NodeJS.Platform): string[] {
	if (sharesNetwork(platform)) return ['--network', 'host'];
	return [
		...ports.flatMap((port) => ['--publish', `127.0.0.1:${port}:${port}`]),
		'--add-host',
		`${HOST}:host-gateway`,
	];
}

const mount = (folder: string): string[] => [
	'--mount',
	`type=bind,source=${folder},target=${folder}`,
];

/** Files that n8n writes belong to the account that runs this, which reads and removes them. */
function account(): string[] {
	const [user, group] = [process.getuid?.(), process.getgid?.()];
	return user === undefined ? [] : ['--user', `${user}:${group}`];
}

/**
 * `docker run` for one start of n8n. Folders have the same path inside and outside, so a path in a
 * command of n8n means the same file. Values of the environment are no arguments: every user of a
 * computer sees those.
 */
export function runArguments(
	{ image, name }: { image: string; name: string },
	{ command, folder, shared, env, ports }: Run,
	platform: NodeJS.Platform,
): string[] {
	return [
		'run',
		'--rm',
		'--name',
		name,
		...network(ports, platform),
		...account(),
		...[folder, ...shared].flatMap(mount),
		'--workdir',
		folder,
		'--env',
		`HOME=${folder}`,
		...Object.keys(env).flatMap((variable) => ['--env', variable]),
		image,
		...command,
	];
}
