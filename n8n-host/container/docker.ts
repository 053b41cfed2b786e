import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

/** What to do where an image cannot be used. */
const WAY_OUT = 'or leave out the image: n8n is then installed from npm';

interface Failed {
	code?: string | number;
	stderr?: string;
	message: string;
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** One sentence for what usually goes wrong with Docker, and the way out. */
export function dockerError(image: string, error: unknown): Error {
	const { code, stderr = '', message } = error as Failed;
	if (code === 'ENOENT')
		return new Error(
			`n8n cannot run from the image ${image}, because there is no Docker on this machine ` +
				`(no program 'docker' on the PATH): install Docker, ${WAY_OUT}.`,
		);
	if (/cannot connect to the docker daemon|docker daemon is not running/i.test(stderr))
		return new Error(
			`n8n cannot run from the image ${image}, because Docker is installed and its daemon does ` +
				`not respond: start Docker, ${WAY_OUT}.`,
		);
	if (/permission denied/i.test(stderr))
		return new Error(
			`n8n cannot run from the image ${image}, because this account may not use Docker: add it ` +
				`to the group 'docker', ${WAY_OUT}.`,
		);
	return new Error(
		`n8n cannot run from the image ${image}, because Docker reports ` +
			`'${lastLine(stderr) || lastLine(message)}': check the image, ${WAY_OUT}.`,
	);
}

/** What a docker command prints. `image` is named in an error. */
export async function docker(image: string, args: string[]): Promise<string> {
	try {
		const { stdout } = await promisify(execFile)('docker', args, {
			encoding: 'utf8',
			env: process.env,
		});
		return stdout;
	} catch (error) {
		throw dockerError(image, error);
	}
}

/** The same, before anything else may happen: also where a process is about to end. */
export function dockerNow(args: string[]): string {
	return execFileSync('docker', args, {
		encoding: 'utf8',
		env: process.env,
		stdio: ['ignore', 'pipe', 'ignore'],
	});
}
