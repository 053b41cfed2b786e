import type { ApiList } from '../dsm/discovery';
import type { Connection } from '../dsm/connection';
import type { DsmClient } from '../dsm/DsmClient';
import { DsmError } from '../dsm/errors/DsmError';
import { TASK_API, type DialectName } from './task/dialects/Dialect';
import { CLOCK_CALL, offsetOf, zoneOffset } from './clock/NasClock';
import type { RawTask } from './task/TaskSnapshot';
import type { TaskApi, TaskRows } from './task/TaskApi';
import { unknownWords } from './task/unknownWords';

/**
 * What may be asked of a NAS, and whether this account got an answer: `yes`, or why not, without
 * any name or address.
 */
export type Right = string;

export interface Diagnosis {
	/** As DSM writes it, e.g. `DSM 7.2.2-72806 Update 3`; null where it does not tell. */
	dsm_version: string | null;
	model: string | null;
	hyper_backup: boolean;
	/** Hyper Backup Vault: the other end, which receives backups. */
	vault: boolean;
	/** null if the tasks could not be read. */
	dialect: DialectName | null;
	connection: Connection;
	rights: { list_tasks: Right; read_clock: Right; read_dsm_version: Right };
	clock: {
		/** Seconds by which the NAS's clock is ahead of n8n's; null if it may not be read. */
		ahead_seconds: number | null;
		/** Minutes by which the NAS's wall clock is ahead of UTC. */
		nas_utc_offset: number | null;
		/** The same of the workflow's time zone. */
		workflow_utc_offset: number;
	};
	tasks: {
		total: number;
		by_status: Record<string, number>;
		by_kind: Record<string, number>;
	} | null;
	unknown_words: string[];
	/** API to the versions offered, e.g. `1-2`. */
	apis: Record<string, string>;
}

const VAULT = 'SYNO.Backup.Service.VersionBackup.Target';

/** Beyond what this package calls: present or not, they tell which Hyper Backup this is. */
const APIS = [
	'SYNO.API.Auth',
	TASK_API,
	'SYNO.Backup.Version',
	'SYNO.Backup.Target',
	'SYNO.Backup.Repository',
	'SYNO.Backup.App2.Backup',
	VAULT,
	'SYNO.SDS.Backup.Client.Common.Log',
	'SYNO.Core.Region.NTP',
	'SYNO.DSM.Info',
	'SYNO.Entry.Request',
];

type Asked<T> = { data: T; right: 'yes' } | { data?: undefined; right: Right };

/**
 * One question; what goes wrong with it is part of the diagnosis. The error's sentence may name the
 * NAS's address, so only its kind is kept.
 */
async function ask<T>(work: Promise<T>): Promise<Asked<T>> {
	return await work.then(
		(data): Asked<T> => ({ data, right: 'yes' }),
		async (error: unknown): Promise<Asked<T>> => {
			if (!(error instanceof DsmError)) return await Promise.reject(error);
			return {
				right: error.dsmCode === undefined ? `no answer (${error.kind})` : `no (${error.dsmCode})`,
			};
		},
	);
}

function counted(words: string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const word of [...words].sort()) counts[word] = (counts[word] ?? 0) + 1;
	return counts;
}

function kindOf({ type, data_enc }: RawTask): string {
	const kind = typeof type === 'string' ? type.slice(0, 40) : 'unknown';
	return data_enc === true ? `${kind}, encrypted` : kind;
}

const versions = (apis: ApiList): Record<string, string> =>
	Object.fromEntries(
		Object.entries(apis).map(([name, { minVersion, maxVersion }]) => [
			name,
			`${minVersion}-${maxVersion}`,
		]),
	);

const textOf = (data: unknown, field: string): string | null => {
	const value =
		typeof data === 'object' && data !== null
			? (data as Record<string, unknown>)[field]
			: undefined;
	return typeof value === 'string' && value !== '' ? value.replace(/\s+/g, ' ').slice(0, 60) : null;
};

/**
 * How far the NAS's clock is ahead, in seconds, by its response to a request sent at `asked`
 * (milliseconds since 1970). DSM gives whole seconds.
 */
function ahead(ntp: unknown, asked: number): number | null {
	const timestamp = Number((ntp as { timestamp?: unknown } | undefined)?.timestamp);
	return Number.isFinite(timestamp) && timestamp > 0
		? Math.round(timestamp - (asked + Date.now()) / 2000)
		: null;
}

/**
 * Asks the NAS what a reader of a problem report would ask: four requests (discovery, tasks, clock,
 * DSM's version), a login before them if there is no session. What the account may not ask is part
 * of the answer; only a NAS that cannot be reached, or refuses the login, is an error.
 */
export async function diagnose(
	client: DsmClient,
	api: TaskApi,
	workflowZone: string,
): Promise<Diagnosis> {
	const connection = await client.connection();
	const apis = await client.offered(APIS);
	const hyperBackup = apis[TASK_API] !== undefined;
	const list: Asked<TaskRows> = hyperBackup ? await ask(api.fetchRows()) : { right: 'no (102)' };
	const asked = Date.now();
	const clock = await ask(client.call(CLOCK_CALL));
	const aheadSeconds = ahead(clock.data, asked);
	const info = await ask(
		client.call({
			api: 'SYNO.DSM.Info',
			version: Math.min(2, apis['SYNO.DSM.Info']?.maxVersion ?? 2),
			method: 'getinfo',
			reads: true,
		}),
	);
	const listed = list.data ?? null;
	const offset = offsetOf(clock.data);
	return {
		dsm_version: textOf(info.data, 'version_string'),
		model: textOf(info.data, 'model'),
		hyper_backup: hyperBackup,
		vault: apis[VAULT] !== undefined,
		dialect: listed?.dialect.name ?? null,
		connection,
		rights: { list_tasks: list.right, read_clock: clock.right, read_dsm_version: info.right },
		clock: {
			ahead_seconds: aheadSeconds,
			nas_utc_offset: offset === undefined ? null : offset / 60,
			workflow_utc_offset: zoneOffset(workflowZone, Date.now() / 1000) / 60,
		},
		tasks: listed && {
			total: listed.rows.length,
			by_status: counted(listed.rows.map((row) => listed.dialect.snapshot(row).status)),
			by_kind: counted(listed.rows.map(kindOf)),
		},
		unknown_words: listed === null ? [] : unknownWords(listed),
		apis: versions(apis),
	};
}
