import { jsonParam, numberParam, stringParam, type ApiCall } from '../ApiCall';
import { DsmFailure } from '../DsmFailure';
import type { LogRow } from '../past/EventLog';
import { required, type Dsm, type Handler } from './dsm';

function pageOf(call: ApiCall): { offset: number; limit: number } {
	const offset = numberParam(call, 'offset');
	const limit = numberParam(call, 'limit');
	if (offset === undefined) throw required('offset');
	if (limit === undefined) throw required('limit');
	return { offset, limit };
}

/** Only as quoted text, if at all: without quotes it gives 120 even where other texts pass. */
function levelFilter(call: ApiCall, { options }: Dsm): string | undefined {
	const raw = call.params.filter_level;
	if (raw === undefined) return undefined;
	const refused = new DsmFailure(120, { name: 'filter_level', reason: 'type' });
	if (!call.inCompound && !/^".*"$/.test(String(raw))) throw refused;
	if (options.unknowns?.quotedFilterLevel === 'refuse') throw refused;
	return stringParam(call, 'filter_level');
}

/** `list` of the Log APIs: newest first; the counts are those of all rows that pass the filters. */
function logPage(rows: LogRow[], call: ApiCall, { shape: { wall } }: Dsm): unknown {
	const { offset, limit } = pageOf(call);
	const newestFirst = [...rows].reverse();
	const page = newestFirst.slice(offset, limit < 0 ? undefined : offset + limit);
	const count = (level: string): number => rows.filter((row) => row.level === level).length;
	return {
		error_count: count('err'),
		info_count: count('info'),
		warn_count: count('warn'),
		log_list: page.map(({ event, level, at, user }) => ({
			event,
			level,
			time: wall.withSeconds(at),
			user,
		})),
		offset: offset + page.length,
		total: rows.length,
	};
}

/** `SYNO.SDS.Backup.Client.Common.Log list`. */
export const listLog: Handler = (call, dsm) => {
	pageOf(call);
	const taskId = jsonParam(call, 'task_id');
	const keyword = stringParam(call, 'filter_keyword')?.toLowerCase() ?? '';
	const from = (numberParam(call, 'filter_date_from') ?? 0) * 1000;
	const to = (numberParam(call, 'filter_date_to') ?? 0) * 1000;
	const level = levelFilter(call, dsm);
	const rows = dsm.book.log.rows.filter(
		(row) =>
			(taskId === undefined || row.taskId === taskId) &&
			row.event.toLowerCase().includes(keyword) &&
			row.at >= from &&
			(to === 0 || row.at <= to) &&
			(level === undefined || row.level === level),
	);
	return logPage(rows, call, dsm);
};

/**
 * `SYNO.SDS.Backup.Server.Common.Log list`: no response is stored; it is presumed to be like
 * the other.
 */
export const listVaultLog: Handler = (call, dsm) => {
	pageOf(call);
	const wanted = numberParam(call, 'filter_target_id');
	const rows = dsm.vault.targets
		.filter(
			({ id, lastBackupAt }) => lastBackupAt !== undefined && [id, undefined].includes(wanted),
		)
		.flatMap(({ id, lastBackupAt, lastBackupSeconds = 0 }): LogRow[] => [
			{ at: lastBackupAt!, level: 'info', event: 'Backup started.', user: 'backup', taskId: id },
			{
				at: lastBackupAt! + lastBackupSeconds * 1000,
				level: 'info',
				event: 'Backup complete.',
				user: 'backup',
				taskId: id,
			},
		])
		.sort((a, b) => a.at - b.at);
	return logPage(rows, call, dsm);
};
