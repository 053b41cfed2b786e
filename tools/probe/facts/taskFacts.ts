import { callAll } from '../../../nodes/HyperBackup/dsm/compound';
import { DsmError } from '../../../nodes/HyperBackup/dsm/errors/DsmError';
import { DIALECTS } from '../../../nodes/HyperBackup/hyperBackup/task/dialects';
import { isKnownWord } from '../../../nodes/HyperBackup/hyperBackup/task/statusMapping';
import { taskIdText } from '../../../nodes/HyperBackup/hyperBackup/task/taskId';
import { NO_SUCH_TASK, rowOf, rowsOf, type ProbedNas, type Row } from '../ProbedNas';
import {
	differs,
	judge,
	notOffered,
	notShown,
	observed,
	type Fact,
	type Verdict,
} from '../verdict';
import { dataShould, ifOffered, inWords, onTask, share, shouldRefuse, whatever } from './support';

const API = 'SYNO.Backup.Task';
const NO_ERROR = 4401;
const LAST = /^\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}(:\d{2})?$/;
const NEXT = /^\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}$/;
const MASKED = /^[#*]+$/;

const list = DIALECTS.dsm.list();
const bare = { api: API, version: 1, method: 'list' };

const textsOf = (rows: Row[], fields: string[]): string[] =>
	rows.flatMap((row) => fields.flatMap((field) => (row[field] ? [String(row[field])] : [])));

/** The rows that `list` has, if the NAS offers DSM's own API and there are tasks. */
async function onRows(
	nas: ProbedNas,
	look: (rows: Row[]) => Verdict | Promise<Verdict>,
): Promise<Verdict> {
	const tasks = await nas.tasks();
	if (!tasks) return nas.offers(API) ? notShown('the tasks cannot be listed') : notOffered();
	if (tasks.dialect.name !== 'dsm') return notOffered('the documented API is spoken here');
	return tasks.rows.length === 0 ? notShown('there is no task') : await look(tasks.rows);
}

/** The same with what `status` shows of each. */
async function onStatuses(nas: ProbedNas, look: (rows: Row[]) => Verdict): Promise<Verdict> {
	return await onRows(nas, async () => {
		const rows = await nas.statuses();
		return rows.length === 0 ? notShown('no status can be read') : look(rows);
	});
}

const among = (rows: Row[], passes: (row: Row) => boolean, none: string): Verdict =>
	rows.length === 0 ? notShown(none) : judge(rows.every(passes), share(rows.filter(passes), rows));

/** The words that no source has, by their number only: they may be anything. */
function unknownWords(rows: Row[]): string[] {
	const fields = ['state', 'status', 'last_bkp_result'] as const;
	return rows.flatMap((row) =>
		fields.filter((field) => {
			const word = row[field];
			return word !== undefined && word !== '' && !isKnownWord(field, String(word));
		}),
	);
}

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

const READING: Fact[] = [
	{
		id: 'task-list',
		reading: "list answers to DSM's own way of asking, with task_list and total",
		ask: async (nas) =>
			await ifOffered(nas, API, async () =>
				dataShould(await nas.ask(list), (data) => {
					const { task_list: rows, total } = rowOf(data);
					return Array.isArray(rows) && (total === undefined || total === rows.length);
				}),
			),
	},
	{
		id: 'task-dialect',
		reading: 'Which of the two APIs for tasks is spoken?',
		ask: async (nas) => {
			if (!nas.offers(API)) return notOffered();
			const name = (await nas.tasks())?.dialect.name;
			return name ? observed(`${name}`) : notShown('the tasks cannot be listed');
		},
	},
	{
		id: 'task-decoded',
		reading: 'The package reads every task of the list and its status',
		ask: async (nas) => {
			const tasks = await nas.tasks();
			if (!tasks) return nas.offers(API) ? notShown('the tasks cannot be listed') : notOffered();
			try {
				const decoded = await nas.taskApi.toTasks(tasks);
				const known = decoded.filter(({ model }) => model.status !== 'unknown');
				return judge(known.length === decoded.length, share(known, decoded));
			} catch (error) {
				if (error instanceof DsmError) return differs(error.kind);
				throw error;
			}
		},
	},
	{
		id: 'task-list-bare',
		reading: 'Without additional, list shows neither dates nor results',
		ask: async (nas) =>
			await onRows(nas, async () =>
				dataShould(await nas.ask(bare), (data) =>
					rowsOf(rowOf(data).task_list).every(
						(row) => row.last_bkp_time === undefined && row.last_bkp_result === undefined,
					),
				),
			),
	},
	{
		id: 'task-version-2',
		reading: 'Version 2 is listed and has no method (103)',
		ask: async (nas) =>
			await onRows(nas, async () => {
				const reply = await nas.ask({ ...bare, version: 2 });
				return judge(!reply.ok && reply.code === 103, inWords(reply));
			}),
	},
	{
		id: 'task-id',
		reading: 'Tasks have numbers; only LUN tasks have a name as ID, and no state',
		ask: async (nas) =>
			await onRows(nas, (rows) =>
				among(
					rows,
					({ task_id, state, type }) =>
						typeof task_id === 'number' ||
						(state === undefined && /lun/i.test(String(type ?? 'lun'))),
					'',
				),
			),
	},
	{
		id: 'task-words',
		reading: 'state, status and last_bkp_result only have words that are known',
		ask: async (nas) =>
			await onRows(nas, async (rows) => {
				const fields = unknownWords([...rows, ...(await nas.statuses())]);
				return judge(fields.length === 0, `${[...new Set(fields)].join(', ')}`);
			}),
	},
	{
		id: 'task-times',
		reading: 'Times of the last run are YYYY/MM/DD HH:MM, with seconds on newer versions',
		ask: async (nas) =>
			await onRows(nas, (rows) => {
				const times = textsOf(rows, ['last_bkp_time', 'last_bkp_end_time']);
				if (times.length === 0) return notShown('no task has run');
				const seconds = times.some((time) => time.length > 16);
				const right = times.every((time) => LAST.test(time));
				return judge(right, seconds ? 'with seconds' : 'without seconds');
			}),
	},
	{
		id: 'task-next',
		reading: 'The time of the next run has no seconds',
		ask: async (nas) =>
			await onRows(nas, (rows) => {
				const times = textsOf(rows, ['next_bkp_time']);
				if (times.length === 0) return notShown('no task is scheduled');
				return judge(times.every((time) => NEXT.test(time)));
			}),
	},
];

const STATUS: Fact[] = [
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
		reading: 'Several calls in one request are answered in order, and each fails by itself',
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
		reading: 'enum_lun of SYNO.Backup.Lunbackup answers',
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

/** `SYNO.Backup.Task` and what belongs to it. */
export const TASK_FACTS: Fact[] = [...READING, ...STATUS];
