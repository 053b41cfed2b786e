import { NEWEST, OLDEST } from './versions';

/** The version that the tag of a container image names. */
const tagged = (image: string): string | undefined =>
	/:(\d+\.\d+\.\d+)(?:@sha256:[\da-f]+)?$/.exec(image)?.[1];

/**
 * The oldest and the newest n8n; or the one that `N8N_VERSION` names, where each has a machine of
 * its own; or the one in the container image that `N8N_IMAGE` names.
 */
export function triedVersions({ N8N_VERSION, N8N_IMAGE }: NodeJS.ProcessEnv): string[] {
	if (N8N_VERSION) return [N8N_VERSION];
	if (!N8N_IMAGE) return [NEWEST, OLDEST];
	const version = tagged(N8N_IMAGE);
	if (version === undefined)
		throw new Error(
			`The tag of N8N_IMAGE=${N8N_IMAGE} is no version of n8n: set N8N_VERSION to the one in it.`,
		);
	return [version];
}
