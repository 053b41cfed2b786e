import type { ProbedNas, Row } from '../ProbedNas';
import { judge, notOffered, notShown, type Verdict } from '../verdict';
import { share } from './support';

export const TASK_API = 'SYNO.Backup.Task';

/** The rows that `list` has, if the NAS offers DSM's own API and there are tasks. */
export async function onRows(
	nas: ProbedNas,
	check: (rows: Row[]) => Verdict | Promise<Verdict>,
): Promise<Verdict> {
	const tasks = await nas.tasks();
	if (!tasks) return nas.offers(TASK_API) ? notShown('the tasks cannot be listed') : notOffered();
	if (tasks.dialect.name !== 'dsm') return notOffered('the documented API is spoken here');
	return tasks.rows.length === 0 ? notShown('there is no task') : await check(tasks.rows);
}

/** The same with what `status` shows of each. */
export async function onStatuses(
	nas: ProbedNas,
	check: (rows: Row[]) => Verdict,
): Promise<Verdict> {
	return await onRows(nas, async () => {
		const rows = await nas.statuses();
		return rows.length === 0 ? notShown('no status can be read') : check(rows);
	});
}

/** Each of these rows is to pass; `none` says why there is none. */
export const among = (rows: Row[], passes: (row: Row) => boolean, none: string): Verdict =>
	rows.length === 0 ? notShown(none) : judge(rows.every(passes), share(rows.filter(passes), rows));
