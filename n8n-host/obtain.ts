import { containerRuntime } from './container/containerRuntime';
import { installN8n } from './install';
import type { Say } from './program';
import { npmRuntime, type Runtime } from './runtime';

/** This n8n: from the container image that `N8N_IMAGE` names, otherwise from npm. */
export async function obtainN8n(
	version: string,
	say: Say,
	image = process.env.N8N_IMAGE,
): Promise<Runtime> {
	if (!image) return npmRuntime(await installN8n(version, say));
	const runtime = await containerRuntime(image, say);
	if (runtime.version !== version)
		throw new Error(
			`n8n ${version} was asked for, and the image ${image} contains ${runtime.version}: ` +
				'choose the image of that version, or leave out the image.',
		);
	return runtime;
}
