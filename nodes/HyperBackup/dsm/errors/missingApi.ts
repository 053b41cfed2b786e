import { callRefused, DsmError } from './DsmError';

/** DSM's packages by the names of their APIs, the narrower names first. */
const PACKAGES: Array<[names: RegExp, name: string]> = [
	[/^SYNO\.(Backup\.Service\.VersionBackup|SDS\.Backup\.Server)\./, 'Hyper Backup Vault'],
	[/^SYNO\.(SDS\.)?Backup\./, 'Hyper Backup'],
];

/**
 * The NAS does not offer this API. `offered` says which it does: a package that offers others is
 * installed, only too old or too new for this one.
 */
export function missingApi(api: string, offered: string[]): DsmError {
	const name = PACKAGES.find(([names]) => names.test(api))?.[1];
	if (name === undefined) return callRefused(api, 102);
	const installed = offered.some(
		(other) => PACKAGES.find(([names]) => names.test(other))?.[1] === name,
	);
	return new DsmError({
		kind: 'apiMissing',
		dsmCode: 102,
		...(installed
			? {
					message: `${name} on this NAS does not offer '${api}'`,
					description:
						`Its version may be too old for this operation. Update ${name} in Package ` +
						'Center on the NAS.',
				}
			: {
					message: `${name} is not installed on this NAS, or it is stopped`,
					description: 'Install or start it in Package Center on the NAS.',
				}),
	});
}
