import type { Parameters } from '../../../nodes/HyperBackup/dsm/http/httpRequest';
import { rowOf, rowsOf, type ProbedNas, type Row } from '../ProbedNas';
import { judge, notShown, observed, type Fact, type Verdict } from '../verdict';
import { dataShould, ifOffered, share, unasked, whatever } from './support';

const CONFIG = 'SYNO.Backup.Service.VersionBackup.Config';
const TARGET = 'SYNO.Backup.Service.VersionBackup.Target';
const LOG = 'SYNO.SDS.Backup.Server.Common.Log';
const STATISTIC = 'SYNO.SDS.Backup.Server.Common.Statistic';

const call = (api: string, method: string, parameters: Parameters = {}) => ({
	api,
	version: 1,
	method,
	parameters,
});

async function onTargets(
	nas: ProbedNas,
	check: (rows: Row[]) => Verdict | Promise<Verdict>,
): Promise<Verdict> {
	return await ifOffered(nas, TARGET, async () => {
		const reply = await nas.ask(call(TARGET, 'list'));
		if (!reply.ok) return unasked(reply) ?? whatever(reply);
		const rows = rowsOf(rowOf(reply.data).target_list);
		return rows.length === 0 ? notShown('Vault has received nothing') : await check(rows);
	});
}

/** A call about one received backup of which no response is stored. */
const unseen = (
	id: string,
	reading: string,
	api: string,
	method: string,
	parametersOf: (target: number) => Parameters,
): Fact => ({
	id,
	reading,
	ask: async (nas) =>
		await ifOffered(
			nas,
			api,
			async () =>
				await onTargets(nas, async ([first]) => {
					const target = Number(rowOf(first).target_id);
					const reply = await nas.ask(call(api, method, parametersOf(target)));
					if (!reply.ok) return whatever(reply);
					return observed(`${Object.keys(rowOf(reply.data)).length} fields, see the capture`);
				}),
		),
});

/** Hyper Backup Vault: the receiving end. */
export const VAULT_FACTS: Fact[] = [
	{
		id: 'vault-config',
		reading: 'Vault says how many backups it receives at once',
		ask: async (nas) =>
			await ifOffered(nas, CONFIG, async () =>
				dataShould(
					await nas.ask(call(CONFIG, 'get')),
					(data) => typeof rowOf(data).parallel_backup_limit === 'number',
				),
			),
	},
	{
		id: 'vault-targets',
		reading: 'Received backups have a number, sizes, and the time of the last backup',
		ask: async (nas) =>
			await onTargets(nas, (rows) => {
				const right = rows.filter(
					(row) =>
						typeof row.target_id === 'number' &&
						typeof row.used_size === 'number' &&
						typeof row.last_backup_start_time === 'number',
				);
				return judge(right.length === rows.length, share(right, rows));
			}),
	},
	{
		id: 'vault-status',
		reading: 'Which statuses do received backups have? Only idle is known',
		ask: async (nas) =>
			await onTargets(nas, (rows) =>
				observed(
					`${share(
						rows.filter(({ status }) => status === 'idle'),
						rows,
					)} are idle`,
				),
			),
	},
	unseen(
		'vault-detail',
		'What does Vault show of one received backup?',
		TARGET,
		'detail',
		(id) => ({
			target_id: id,
		}),
	),
	unseen('vault-log', "What does Vault's log show?", LOG, 'list', (id) => ({
		limit: 50,
		offset: 0,
		filter_target_id: id,
	})),
	unseen('vault-statistic', "What do Vault's statistics show?", STATISTIC, 'get', (id) => ({
		task_id: id,
		additional: ['volume_size'],
	})),
];
