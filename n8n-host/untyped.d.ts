/** Parts of npm that come without types. */
declare module 'npm-install-checks' {
	/** Throws where the package cannot run on this machine. */
	export function checkPlatform(target: { os?: string[]; cpu?: string[]; libc?: string[] }): void;
}

declare module '@npmcli/config/lib/definitions' {
	import type Config from '@npmcli/config';

	export const definitions: Config.DefinitionsObject;
	export const shorthands: Config.ShortFlags;
	export const flatten: Config.FlattenFunction;
}
