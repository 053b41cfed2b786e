import type { IDataObject } from 'n8n-workflow';
import { fetchCheckFacts, type CheckFacts } from '../../hyperBackup/integrity/checkFacts';
import { describeCheckOutcome, type CheckOutcome } from '../../hyperBackup/integrity/checkOutcome';
import { isChecking } from '../../hyperBackup/integrity/checkReadiness';
import { judgeLastCheck } from '../../hyperBackup/integrity/checkReport';
import { withTaskContext } from '../../n8n/chosenTask';
import { quoted } from '../../hyperBackup/task/describeState';
import type { Operation } from '../Invocation';

function describe({ lastCheck, snapshot }: CheckFacts, outcome: CheckOutcome): string {
	const never = lastCheck.shown === 'never' && outcome === 'unknown';
	const said = never ? 'no integrity check has been completed yet' : describeCheckOutcome(outcome);
	return isChecking(snapshot) ? `${said}; another integrity check is under way` : said;
}

/** What the NAS shows of the last check of a task: one request. */
export const getLast: Operation = {
	option: {
		name: 'Get Last',
		action: 'Get the last integrity check of a task',
		description:
			'Retrieve when the last integrity check of a task was, its outcome, and the ' +
			'evidence for it ' +
			'(experimental)',
	},
	onTask: true,
	execute: async ({ api, task: chosen }) => {
		const work = fetchCheckFacts(api, chosen.id);
		const facts = await withTaskContext(api, chosen, 'could not be read', work);
		const { outcome, evidence } = judgeLastCheck(facts);
		const name = facts.name ?? chosen.name ?? null;
		const result: IDataObject = {
			task_id: chosen.id,
			name,
			nas: api.nas,
			outcome,
			message: `Task ${quoted(name ?? chosen.id)}: ${describe(facts, outcome)}`,
			checking: isChecking(facts.snapshot),
			last_check_time: facts.lastCheck.time,
			last_check_at: facts.clock.toIso(facts.lastCheck.time),
			evidence,
		};
		return [result];
	},
};
