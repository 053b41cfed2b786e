import { isKnownSentence } from '../redact/logSentence';
import { rowOf, rowsOf, type ProbedNas, type Row } from '../ProbedNas';
import { judge, notShown, observed, type Fact, type Verdict } from '../verdict';
import { dataShould, ifOffered, inWords, share, shouldRefuse, unasked, whatever } from './support';

const API = 'SYNO.SDS.Backup.Client.Common.Log';
const LEVELS = ['info', 'warn', 'err'];
const FIRST = { offset: 0, limit: 200 };

const list = (parameters: Record<string, string | number> = FIRST, raw = false) => ({
	api: API,
	version: 1,
	method: 'list',
	parameters,
	...(raw ? { raw } : {}),
});

async function onRows(nas: ProbedNas, check: (rows: Row[]) => Verdict): Promise<Verdict> {
	return await ifOffered(nas, API, async () => {
		const reply = await nas.ask(list());
		if (!reply.ok) return unasked(reply) ?? judge(false, inWords(reply));
		const rows = rowsOf(rowOf(reply.data).log_list);
		return rows.length === 0 ? notShown('the log is empty') : check(rows);
	});
}

const filtered = (field: string, value: string, raw: boolean) =>
	list({ ...FIRST, [field]: value }, raw);

/** Hyper Backup's log. */
export const LOG_FACTS: Fact[] = [
	{
		id: 'log-list',
		reading: 'The log is a list with counts for each level',
		ask: async (nas) =>
			await ifOffered(nas, API, async () =>
				dataShould(await nas.ask(list()), (data) => {
					const { log_list: rows, total } = rowOf(data);
					return Array.isArray(rows) && typeof total === 'number';
				}),
			),
	},
	{
		id: 'log-no-page',
		reading: 'Without offset and limit it gives 120, which names the parameter',
		ask: async (nas) =>
			await ifOffered(nas, API, async () => {
				const reply = await nas.ask(list({}));
				const verdict = shouldRefuse(reply, [120]);
				const named = !reply.ok && ['offset', 'limit'].includes(reply.parameter ?? '');
				return verdict.kind === 'holds' ? judge(named, inWords(reply)) : verdict;
			}),
	},
	{
		id: 'log-levels',
		reading: 'Levels are info, warn and err',
		ask: async (nas) =>
			await onRows(nas, (rows) => {
				const known = rows.filter(({ level }) => LEVELS.includes(String(level)));
				return judge(known.length === rows.length, share(known, rows));
			}),
	},
	{
		id: 'log-times',
		reading: 'Rows have the time with seconds',
		ask: async (nas) =>
			await onRows(nas, (rows) =>
				judge(rows.every(({ time }) => /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d$/.test(String(time)))),
			),
	},
	{
		id: 'log-sentences',
		reading: 'How many rows have a sentence that is known, in English?',
		ask: async (nas) =>
			await onRows(nas, (rows) => {
				const known = rows.filter(({ event }) => isKnownSentence(String(event)));
				return observed(share(known, rows));
			}),
	},
	{
		id: 'log-keyword',
		reading: 'filter_keyword takes a phrase',
		ask: async (nas) =>
			await ifOffered(nas, API, async () =>
				dataShould(await nas.ask(filtered('filter_keyword', 'Backup task', false)), (data) =>
					Array.isArray(rowOf(data).log_list),
				),
			),
	},
	{
		id: 'log-keyword-unquoted',
		reading: 'Is a phrase without quotes taken too?',
		ask: async (nas) =>
			await ifOffered(nas, API, async () =>
				whatever(await nas.ask(filtered('filter_keyword', 'Backup task', true))),
			),
	},
	{
		id: 'log-level-unquoted',
		reading: 'filter_level without quotes gives 120',
		ask: async (nas) =>
			await ifOffered(nas, API, async () =>
				shouldRefuse(await nas.ask(filtered('filter_level', 'err', true)), [120]),
			),
	},
	{
		id: 'log-level-quoted',
		reading: 'Does filter_level in quotes filter?',
		ask: async (nas) =>
			await ifOffered(nas, API, async () => {
				const reply = await nas.ask(filtered('filter_level', 'err', false));
				if (!reply.ok) return whatever(reply);
				const rows = rowsOf(rowOf(reply.data).log_list);
				return observed(
					`${share(
						rows.filter(({ level }) => level === 'err'),
						rows,
					)} are err`,
				);
			}),
	},
];
