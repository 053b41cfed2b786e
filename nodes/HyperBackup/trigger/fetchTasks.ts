import type { IPollFunctions } from 'n8n-workflow';
import { inZone, nasClock, offsetOf } from '../hyperBackup/clock/nasClock';
import type { RawTask } from '../hyperBackup/task/Task';
import { TaskApi } from '../hyperBackup/task/TaskApi';
import { DsmClient } from '../dsm/DsmClient';
import { DsmError } from '../dsm/errors/DsmError';
import type { Detail } from './detectEvents';
import { nasMark } from './staticData';
import type { TriggerParameters } from './triggerParameters';
import {
	snapshotReader,
	snapshotFromDsm,
	type TaskSnapshot,
} from '../hyperBackup/task/taskSnapshot';

/** Everything one poll learns from the NAS. */
export interface PollResult {
	api: TaskApi;
	/** Which NAS this is. */
	nas: string;
	sights: TaskSnapshot[];
	/** By task ID: the row, with what `status` added where it was asked. */
	rows: Map<string, RawTask>;
	details: Map<string, Detail>;
	/** The NAS's wall-clock text as n8n's clock, in milliseconds. */
	when: (text: string) => number | undefined;
	/** Seconds the NAS's clock is ahead of UTC, where it was asked in this poll. */
	offset?: number;
}

const unixText = (text: string): number | undefined =>
	/^\d+$/.test(text) ? Number(text) * 1000 : undefined;

/** The list of tasks: one request, whatever their number. */
export async function fetchTasks(
	context: IPollFunctions,
	{ taskIds, timeout }: TriggerParameters,
): Promise<PollResult> {
	const client = await DsmClient.connect(context, timeout);
	const api = new TaskApi(client, context.getTimezone());
	const all = await api.rows();
	const dialect = await api.dialect();
	const sightOf = snapshotReader(dialect);
	const seen: PollResult = {
		api,
		nas: nasMark(client.address),
		sights: [],
		rows: new Map(),
		details: new Map(),
		when: dialect === 'documented' ? unixText : () => undefined,
	};
	for (const row of all) {
		const sight = sightOf(row);
		if (sight.id === '') {
			throw new DsmError({
				kind: 'badResponse',
				message: 'The NAS listed a task without its ID',
				description: 'Try again; if it stays, look at Hyper Backup on the NAS.',
			});
		}
		if (taskIds.length > 0 && !taskIds.includes(sight.id)) continue;
		seen.rows.set(sight.id, row);
		seen.sights.push(sight);
	}
	return seen;
}

/** `status` tells of the same run as the row only if the times agree: between the two requests another may have ended. */
function detailOf(row: RawTask, status: RawTask): Detail | undefined {
	if (snapshotFromDsm({ ...row, ...status }).run !== snapshotFromDsm(row).run) return undefined;
	const given = (value: unknown): string | undefined =>
		typeof value === 'string' && value !== '' ? value : undefined;
	return {
		version: given(status.last_bkp_success_version),
		success: given(status.last_bkp_success_time),
	};
}

/** `status` of some tasks and, along with it, the NAS's clock: one request more. The documented dialect has nothing to add. */
export async function fetchDetails(
	context: IPollFunctions,
	seen: PollResult,
	ids: string[],
): Promise<void> {
	if ((await seen.api.dialect()) === 'documented') return;
	const { rows, ntp } = await seen.api.details(ids);
	for (const [index, id] of ids.entries()) {
		const row = seen.rows.get(id);
		const status = rows[index];
		const detail = row && status && detailOf(row, status);
		if (!detail) continue;
		seen.details.set(id, detail);
		// The row says how the task was when it was listed; `status` only adds to it.
		seen.rows.set(id, { ...status, ...row });
	}
	const zone = context.getTimezone();
	const toUnixTime = ntp === undefined ? inZone(zone) : nasClock(ntp, zone);
	const nasNow = Number((ntp as { timestamp?: unknown } | undefined)?.timestamp);
	// A NAS whose clock is wrong is measured against itself.
	const skew = Number.isFinite(nasNow) && nasNow > 0 ? Date.now() - nasNow * 1000 : 0;
	seen.when = (text) => {
		const time = toUnixTime(text);
		return time === null ? undefined : time * 1000 + skew;
	};
	seen.offset = offsetOf(ntp);
}
