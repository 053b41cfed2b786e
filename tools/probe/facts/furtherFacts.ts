import type { Parameters } from '../../../nodes/HyperBackup/dsm/http/httpRequest';
import { NO_SUCH_TASK, rowOf, rowsOf, type ProbedNas, type Reply } from '../ProbedNas';
import { judge, notShown, observed, type Fact, type Verdict } from '../verdict';
import { dataShould, ifOffered, inWords, onTask, shouldRefuse, unasked, whatever } from './support';

const REPOSITORY = 'SYNO.Backup.Repository';
const STATISTIC = 'SYNO.SDS.Backup.Client.Common.Statistic';
const TARGET = 'SYNO.Backup.Target';
const EXPLORE = 'SYNO.SDS.Backup.Client.Explore.';

const DETECTED = /^(\d{4}\/\d{2}\/\d{2} \d{2}:\d{2})?$/;

const call = (api: string, method: string, parameters: Parameters = {}) => ({
	api,
	version: 1,
	method,
	parameters,
});

/** A call without its parameters: a refusal with one of these codes. */
const withoutParameters = (
	id: string,
	reading: string,
	api: string,
	method: string,
	codes: number[],
	parameter?: string,
): Fact => ({
	id,
	reading,
	ask: async (nas) =>
		await ifOffered(nas, api, async () =>
			shouldRefuse(await nas.ask(call(api, method)), codes, parameter),
		),
});

/** What only `--destinations` asks, of each task until one responds. */
async function onTarget(nas: ProbedNas, check: (reply: Reply) => Verdict): Promise<Verdict> {
	return await ifOffered(nas, TARGET, async () => {
		if (!nas.mayReachDestinations) return notShown('it is only asked with --destinations');
		return await onTask(nas, async (task_id) => {
			const additional = ['is_online', 'used_size'];
			const reply = await nas.ask(call(TARGET, 'get', { task_id, additional }));
			return unasked(reply) ?? check(reply);
		});
	});
}

const STORED: Fact[] = [
	{
		id: 'repository-list',
		reading: 'Repository list shows the destinations, their secrets masked',
		ask: async (nas) =>
			await ifOffered(nas, REPOSITORY, async () =>
				dataShould(await nas.ask(call(REPOSITORY, 'list')), (data) => {
					const rows = rowOf(data).repo_list;
					return (
						Array.isArray(rows) &&
						rowsOf(rows).every(({ secret = '', pwd = '' }) =>
							[secret, pwd].every((text) => /^[#*]*$/.test(String(text))),
						)
					);
				}),
			),
	},
	withoutParameters(
		'repository-no-task',
		'Repository get without a task gives 4400',
		REPOSITORY,
		'get',
		[4400],
	),
	{
		id: 'statistic',
		reading: 'Statistic get shows the last two runs: the one before, and the latest',
		ask: async (nas) =>
			await ifOffered(
				nas,
				STATISTIC,
				async () =>
					await onTask(nas, async (task_id) =>
						dataShould(await nas.ask(call(STATISTIC, 'get', { task_id })), (data) => {
							const { source_previous_next_list: runs } = rowOf(data);
							return rowsOf(runs).length === 2;
						}),
					),
			),
	},
	{
		id: 'statistic-series',
		reading: 'Is there a series in the statistics without further parameters?',
		ask: async (nas) =>
			await ifOffered(
				nas,
				STATISTIC,
				async () =>
					await onTask(nas, async (task_id) => {
						const reply = await nas.ask(call(STATISTIC, 'get', { task_id }));
						if (!reply.ok) return whatever(reply);
						return observed(`${rowsOf(rowOf(reply.data).source_list).length} points`);
					}),
			),
	},
	withoutParameters(
		'statistic-no-task',
		'Statistic get without a task gives 120, which names task_id',
		STATISTIC,
		'get',
		[120],
		'task_id',
	),
	{
		id: 'statistic-unknown-task',
		reading: 'What do the statistics give for a task that does not exist?',
		ask: async (nas) =>
			await ifOffered(nas, STATISTIC, async () =>
				whatever(await nas.ask(call(STATISTIC, 'get', { task_id: NO_SUCH_TASK }))),
			),
	},
	withoutParameters(
		'target-list',
		'Target list without parameters gives 4400',
		TARGET,
		'list',
		[4400],
	),
	withoutParameters(
		'explore-folder',
		'Explore.Folder list without parameters gives 4400 or 4401',
		`${EXPLORE}Folder`,
		'list',
		[4400, 4401],
	),
	withoutParameters(
		'explore-file',
		'Explore.File list without parameters gives 4400',
		`${EXPLORE}File`,
		'list',
		[4400],
	),
	withoutParameters(
		'explore-version',
		'Explore.Version list without parameters gives 4400',
		`${EXPLORE}Version`,
		'list',
		[4400],
	),
	withoutParameters(
		'explore-target',
		'Explore.Target get without parameters gives 4400',
		`${EXPLORE}Target`,
		'get',
		[4400],
	),
];

const DESTINATION: Fact[] = [
	{
		id: 'target-online',
		reading: 'Target get says whether the destination is online; without it, no size',
		ask: async (nas) =>
			await onTarget(nas, (reply) => {
				if (!reply.ok) return observed(`away: ${inWords(reply)}`);
				const { is_online: online, used_size: size } = rowOf(reply.data);
				return judge(typeof online === 'boolean' && (online || size === undefined));
			}),
	},
	{
		id: 'target-last-check',
		reading: 'last_detect_time is "", a number, or a time without seconds',
		ask: async (nas) =>
			await onTarget(nas, (reply) => {
				if (!reply.ok) return observed(`away: ${inWords(reply)}`);
				const { last_detect_time: time } = rowOf(reply.data);
				if (time === undefined) return notShown('the field is missing');
				return judge(typeof time === 'number' || DETECTED.test(String(time)), typeof time);
			}),
	},
];

/** Destinations, statistics, and what needs parameters. */
export const FURTHER_FACTS: Fact[] = [...STORED, ...DESTINATION];
