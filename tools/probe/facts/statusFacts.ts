import { callAll } from '../../../nodes/HyperBackup/dsm/compound';
import { DsmError } from '../../../nodes/HyperBackup/dsm/errors/DsmError';
import { DIALECTS } from '../../../nodes/HyperBackup/hyperBackup/task/dialects';
import { taskIdText } from '../../../nodes/HyperBackup/hyperBackup/task/Task';
import { NO_SUCH_TASK, rowOf, type ProbedNas } from '../ProbedNas';
import { differs, judge, notShown, observed, type Fact, type Verdict } from '../verdict';
import { dataShould, ifOffered, inWords, onTask, shouldRefuse, whatever } from './support';
import { among, onRows, onStatuses, TASK_API } from './taskRows';

const NO_ERROR = 4401;
const MASKED = /^[#*]+$/;

const bare = { api: TASK_API, version: 1, method: 'list' };

/** Every password and secret in the repository of a task. */
function secretsIn(value: unknown): string[] {
	return Object.entries(rowOf(value)).flatMap(([name, entry]) => {
		if (typeof entry === 'string' && /passw|pwd|secret/i.test(name) && entry !== '') return [entry];
		return secretsIn(entry);
	});
}

/** A task that does not exist and one that does, in one request. */
async function inCompound(nas: ProbedNas, id: number): Promise<Verdict> {
	const calls = [NO_SUCH_TASK, id].map((one) => DIALECTS.dsm.status(taskIdText(one)));
	try {
		const [missing, there] = await callAll(nas.connection.client, calls);
		const isShown = there !== undefined && 'data' in there;
		const isRefused = missing !== undefined && 'error' in missing;
		return judge(isRefused && isShown && rowOf(there.data).state !== undefined);
	} catch (error) {
		if (error instanceof DsmError) return differs(`code ${error.dsmCode ?? error.kind}`);
		throw error;
	}
}

/** One task: its status and its details. */
export const STATUS_FACTS: Fact[] = [
	{
		id: 'status-idle',
		reading: 'status shows progress only while something runs',
		ask: async (nas) =>
			await onStatuses(nas, (rows) =>
				among(
					rows.filter(({ status }) => status === 'none'),
					({ progress }) => progress === undefined || rowOf(progress).step === 'none',
					'no task is idle',
				),
			),
	},
	{
		id: 'status-running',
		reading: 'A running backup shows its progress, with sizes as text',
		ask: async (nas) =>
			await onStatuses(nas, (rows) =>
				among(
					rows.filter(({ status }) => status === 'backup'),
					({ progress }) => {
						const { total_size: size } = rowOf(progress);
						return size === undefined || typeof size === 'string';
					},
					'no backup runs: see --watch',
				),
			),
	},
	{
		id: 'status-no-error',
		reading: 'After a good run last_bkp_error_code is 4401',
		ask: async (nas) =>
			await onStatuses(nas, (rows) =>
				among(
					rows.filter((row) => row.last_bkp_result === 'done' && row.state === 'backupable'),
					({ last_bkp_error_code: code }) => code === NO_ERROR,
					'no task has a good last run',
				),
			),
	},
	{
		id: 'status-error',
		reading: 'With which codes do failed runs end? No capture of one exists',
		ask: async (nas) =>
			await onStatuses(nas, (rows) => {
				const failed = rows.filter(({ last_bkp_result: result }) =>
					['failed', 'partial', 'dest_missing', 'error'].includes(String(result)),
				);
				const codes = failed.map(({ last_bkp_error_code: code }) => Number(code));
				return failed.length === 0 ? notShown('no run failed') : observed(codes.join(', '));
			}),
	},
	{
		id: 'status-unknown-task',
		reading: 'Which code does a task number get that does not exist?',
		ask: async (nas) =>
			await onRows(nas, async () =>
				whatever(await nas.ask(DIALECTS.dsm.status(taskIdText(NO_SUCH_TASK)))),
			),
	},
	{
		id: 'task-get',
		reading: 'get shows destination and sources, its secrets masked',
		ask: async (nas) =>
			await onRows(nas, async () => {
				return await onTask(nas, async (id) => {
					const reply = await nas.ask(DIALECTS.dsm.get(taskIdText(id))[0]!);
					return dataShould(reply, (data) => {
						const { repository } = rowOf(data);
						return secretsIn(repository).every((secret) => MASKED.test(secret));
					});
				});
			}),
	},
	{
		id: 'compound',
		reading: 'Several calls in one request are executed in order, and each fails by itself',
		ask: async (nas) =>
			await onRows(nas, async () => await onTask(nas, async (id) => await inCompound(nas, id))),
	},
	{
		id: 'documented-list',
		reading: 'On this NAS, does the documented method List exist too?',
		ask: async (nas) =>
			await onRows(nas, async () =>
				observed(inWords(await nas.ask({ ...bare, method: 'List', raw: true }))),
			),
	},
	{
		id: 'lun-list',
		reading: 'enum_lun of SYNO.Backup.Lunbackup responds',
		ask: async (nas) =>
			await ifOffered(nas, 'SYNO.Backup.Lunbackup', async () =>
				dataShould(
					await nas.ask({ api: 'SYNO.Backup.Lunbackup', version: 1, method: 'enum_lun' }),
					() => true,
				),
			),
	},
	{
		id: 'source-folder',
		reading: 'Source.Folder list without parameters gives 4400',
		ask: async (nas) =>
			await ifOffered(nas, 'SYNO.Backup.Source.Folder', async () =>
				shouldRefuse(
					await nas.ask({ api: 'SYNO.Backup.Source.Folder', version: 1, method: 'list' }),
					[4400],
				),
			),
	},
];
