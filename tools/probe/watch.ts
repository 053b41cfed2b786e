import { sleep } from 'n8n-workflow';
import { DIALECTS } from '../../nodes/HyperBackup/hyperBackup/task/dialects';
import { rowOf, type ProbedNas, type Reply } from './ProbedNas';

export interface WatchSettings {
	/** The task's number, or a LUN task's name. */
	task: string;
	/** Between two polls. */
	everySeconds: number;
	/** Ends the watch whatever the task does. */
	maxMinutes: number;
	/** True once the user wants no more. */
	isOver?: () => boolean;
}

/**
 * Polls without any change after a run, until the watch ends: a rotation may follow a moment later.
 */
const QUIET_POLLS = 10;

const WORDS = ['state', 'status', 'last_bkp_result'];

/** The words of one response: what distinguishes one moment of a run from another. */
function momentOf(reply: Reply): string {
	if (!reply.ok) return `code ${reply.code ?? reply.kind}`;
	const row = rowOf(reply.data);
	const step = rowOf(row.progress).step;
	return [...WORDS.map((word) => row[word]), step].map((word) => String(word ?? '-')).join(' / ');
}

const isIdle = (reply: Reply): boolean => reply.ok && rowOf(reply.data).status === 'none';

/**
 * Follows one task through a run that the user starts in DSM. Every response is kept by the
 * recorder, so each distinct one becomes a capture. Only asks for `status` and for the list.
 */
export async function watch(
	nas: ProbedNas,
	{ task, everySeconds, maxMinutes, isOver = () => false }: WatchSettings,
	say: (line: string) => void,
): Promise<number> {
	const { dialect = DIALECTS.dsm } = (await nas.tasks()) ?? {};
	say(`\nWatching one task for at most ${maxMinutes} minutes. Start its backup in DSM now.`);
	const polls = Math.ceil((maxMinutes * 60) / everySeconds);
	let moments = 0;
	let before = '';
	let hasRun = false;
	let quiet = 0;
	for (let poll = 0; poll < polls && !isOver(); poll++) {
		const reply = await nas.put(dialect.status(task));
		if (poll === 0 && !reply.ok) {
			say(`The task cannot be watched: ${momentOf(reply)}. Its number is in the list.`);
			break;
		}
		await nas.put(dialect.list());
		const moment = momentOf(reply);
		if (moment !== before) {
			moments++;
			say(`Moment ${moments}: the task has changed.`);
		}
		quiet = moment === before && isIdle(reply) ? quiet + 1 : 0;
		hasRun ||= reply.ok && !isIdle(reply);
		before = moment;
		if (hasRun && quiet >= QUIET_POLLS) break;
		await sleep(everySeconds * 1000);
	}
	return moments;
}
