import type { IDataObject } from 'n8n-workflow';
import type { NasClock } from '../clock/NasClock';
import { readCheckTime } from '../integrity/checkTime';
import { destinationOf, destinationTypeOf } from '../task/destination';
import { maskSecrets } from '../task/maskSecrets';
import { flagOf, kibToBytes, numberOf, SIZE_UNIT } from '../task/Task';

/** Where a task writes to, as the NAS shows it now. */
export interface Destination extends IDataObject {
	task_id: string;
	/** null where the NAS does not say. Only true means that it was reached. */
	online: boolean | null;
	message: string;
}

/** What the responses about a destination hold; empty where there was none. */
export interface DestinationParts {
	target: Record<string, unknown>;
	/** undefined if it could not be read. */
	repository?: Record<string, unknown>;
	/** Why the NAS could not reach it, in a clause. */
	failure?: { clause: string; code: number | null };
}

const text = (value: unknown): string | null =>
	typeof value === 'string' && value !== '' ? value : null;

/** Names under which repositories have an account. The rest is found by `maskSecrets`. */
const ACCOUNTS = /^(remote_)?(account|user(name)?|login|access_?key(_id)?)$/i;

/** As `maskSecrets`, and without the account with which the NAS logs in. */
export function maskRepository(repository: Record<string, unknown>): IDataObject {
	const masked = Object.entries(maskSecrets(repository)).map(([name, value]) =>
		ACCOUNTS.test(name) && typeof value === 'string' && value !== ''
			? [name, '********']
			: [name, value],
	);
	return Object.fromEntries(masked) as IDataObject;
}

/** The NAS's own response, without what opens the way to the destination. */
export function maskDestination({ repository, ...target }: IDataObject): IDataObject {
	const masked = repository === null ? null : maskRepository(repository as IDataObject);
	return { ...maskSecrets(target), repository: masked };
}

/** DSM's figure is KiB, very probably: docs/dsm-api.md. */
function sizes(target: Record<string, unknown>): IDataObject {
	const used = numberOf(target.used_size);
	return {
		used_size: used,
		used_size_bytes: kibToBytes(used),
		size_unit: SIZE_UNIT,
		...('used_size_cache' in target ? { used_size_cache: numberOf(target.used_size_cache) } : {}),
	};
}

function capabilities(target: Record<string, unknown>): IDataObject {
	const { capability } = target;
	const can = (typeof capability === 'object' && capability !== null ? capability : {}) as Record<
		string,
		unknown
	>;
	return {
		supports_download: flagOf(can.support_download),
		supports_filter: flagOf(can.support_filter),
		supports_statistics: flagOf(can.support_statistics),
		supports_versions: flagOf(target.support_multi_version),
	};
}

const STATES = new Map<boolean | null, string>([
	[true, 'its destination is online'],
	[false, 'its destination is offline'],
	[null, 'the NAS does not show whether its destination is online'],
]);

export function destinationFromDsm(
	{ id, label }: { id: string; label: string },
	{ target, repository, failure }: DestinationParts,
	clock: NasClock,
): Destination {
	const online = failure === undefined ? flagOf(target.is_online) : false;
	const checked = readCheckTime(target.last_detect_time, clock).time;
	const place = { ...repository, repository };
	return {
		task_id: id,
		online,
		message: `Task ${label}: ${failure?.clause ?? STATES.get(online)!}`,
		...sizes(target),
		format: text(target.format_type),
		encrypted: flagOf(target.data_enc),
		compressed: flagOf(target.data_comp),
		last_check_time: checked,
		last_check_at: clock.toIso(checked),
		host_name: text(target.host_name),
		owner: text(target.owner_name),
		destination: repository === undefined ? null : destinationOf(place),
		destination_type: repository === undefined ? null : destinationTypeOf(repository),
		...capabilities(target),
		repository: repository === undefined ? null : maskRepository(repository),
		error_code: failure?.code ?? null,
	};
}
