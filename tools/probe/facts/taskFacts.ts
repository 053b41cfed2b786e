import { DsmError } from '../../../nodes/HyperBackup/dsm/errors/DsmError';
import { DIALECTS } from '../../../nodes/HyperBackup/hyperBackup/task/dialects';
import { isKnownWord } from '../../../nodes/HyperBackup/hyperBackup/task/statusMapping';
import { rowOf, rowsOf, type Row } from '../ProbedNas';
import { differs, judge, notOffered, notShown, observed, type Fact } from '../verdict';
import { dataShould, ifOffered, inWords, share } from './support';
import { among, onRows, TASK_API } from './taskRows';

const API = TASK_API;
const LAST = /^\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}(:\d{2})?$/;
const NEXT = /^\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}$/;

const list = DIALECTS.dsm.list();
const bare = { api: API, version: 1, method: 'list' };

const textsOf = (rows: Row[], fields: string[]): string[] =>
	rows.flatMap((row) => fields.flatMap((field) => (row[field] ? [String(row[field])] : [])));

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

/** The list of tasks. */
export const TASK_FACTS: Fact[] = [
	{
		id: 'task-list',
		reading: "list responds to DSM's own form of the request, with task_list and total",
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
