import type { Call } from '../../../nodes/HyperBackup/dsm/DsmClient';
import { NO_SUCH_TASK, rowOf, rowsOf, type ProbedNas, type Reply, type Row } from '../ProbedNas';
import { judge, notShown, observed, type Fact, type Verdict } from '../verdict';
import {
	dataShould,
	ifOffered,
	inWords,
	onTask,
	share,
	shouldRefuse,
	unasked,
	whatever,
	withoutTask,
} from './support';

const API = 'SYNO.Backup.Version';
const STATUSES = ['success', 'cancel', 'backup', 'fail', 'suspend'];

const versionsOf = (reply: Reply): Row[] =>
	reply.ok ? rowsOf(rowOf(reply.data).version_info_list) : [];

const list = (task_id: number | undefined, version = 2): Omit<Call, 'reads'> => ({
	api: API,
	version,
	method: 'list',
	parameters: task_id === undefined ? {} : { task_id },
});

/** The restore points of the tasks that have any. */
async function onVersions(
	nas: ProbedNas,
	check: (versions: Row[], task: number) => Verdict | Promise<Verdict>,
): Promise<Verdict> {
	return await ifOffered(nas, API, async () => {
		const ids = await nas.taskNumbers();
		for (const id of ids) {
			const versions = versionsOf(await nas.ask(list(id)));
			if (versions.length > 0) return await check(versions, id);
		}
		if (ids.length === 0) return await withoutTask(nas);
		return unasked(await nas.ask(list(ids[0]))) ?? notShown('there is no version');
	});
}

/** Restore points: `SYNO.Backup.Version`. */
export const VERSION_FACTS: Fact[] = [
	{
		id: 'version-list',
		reading: 'Version list needs nothing but the task, at version 2',
		ask: async (nas) =>
			await ifOffered(
				nas,
				API,
				async () =>
					await onTask(nas, async (id) =>
						dataShould(await nas.ask(list(id)), (data) =>
							Array.isArray(rowOf(data).version_info_list),
						),
					),
			),
	},
	{
		id: 'version-list-1',
		reading: 'At version 1 it does not exist (103)',
		ask: async (nas) =>
			await onVersions(nas, async (_versions, id) => {
				const reply = await nas.ask(list(id, 1));
				return judge(!reply.ok && reply.code === 103, inWords(reply));
			}),
	},
	{
		id: 'version-no-task',
		reading: 'Without a task it gives 4400',
		ask: async (nas) =>
			await ifOffered(nas, API, async () => shouldRefuse(await nas.ask(list(undefined)), [4400])),
	},
	{
		id: 'version-unknown-task',
		reading: 'What does it give for a task that does not exist?',
		ask: async (nas) =>
			await ifOffered(nas, API, async () => whatever(await nas.ask(list(NO_SUCH_TASK)))),
	},
	{
		id: 'version-ids',
		reading: 'The number of a version is text, its times are Unix times',
		ask: async (nas) =>
			await onVersions(nas, (versions) => {
				const right = versions.filter(
					({ version_id: id, timestamp }) =>
						typeof id === 'string' && /^\d+$/.test(id) && typeof timestamp === 'number',
				);
				return judge(right.length === versions.length, share(right, versions));
			}),
	},
	{
		id: 'version-words',
		reading: `The status of a version is one of ${STATUSES.join(', ')}`,
		ask: async (nas) =>
			await onVersions(nas, (versions) => {
				const known = versions.filter(({ status }) => STATUSES.includes(String(status)));
				return judge(known.length === versions.length, share(known, versions));
			}),
	},
	{
		id: 'version-canceled-time',
		reading: 'Is complete_time of a canceled version 0? Both were seen',
		ask: async (nas) =>
			await onVersions(nas, (versions) => {
				const canceled = versions.filter(({ status }) => status === 'cancel');
				const zero = canceled.filter(({ complete_time: time }) => time === 0);
				return canceled.length === 0
					? notShown('no version was canceled')
					: observed(`${share(zero, canceled)} are 0`);
			}),
	},
	{
		id: 'version-statistics',
		reading: 'Does a version come with its statistics?',
		ask: async (nas) =>
			await onVersions(nas, (versions) =>
				observed(
					share(
						versions.filter((one) => one.statistics !== undefined),
						versions,
					),
				),
			),
	},
	{
		id: 'version-last-success',
		reading: 'last_bkp_success_version of the status is the newest good version',
		ask: async (nas) =>
			await onVersions(nas, async (versions, id) => {
				const status = (await nas.statuses()).find(({ task_id }) => task_id === id);
				const last = status?.last_bkp_success_version;
				const good = versions.filter((one) => one.status === 'success');
				if (last === undefined || last === '' || good.length === 0)
					return notShown('this Hyper Backup does not show it');
				const newest = Math.max(...good.map((one) => Number(one.version_id)));
				return judge(Number(last) === newest);
			}),
	},
];
