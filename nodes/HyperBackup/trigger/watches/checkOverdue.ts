import type { IDataObject } from 'n8n-workflow';
import { fetchCheckTimes } from '../../hyperBackup/integrity/fetchCheckTimes';
import { taskIdValue } from '../../hyperBackup/task/Task';
import { tasksNow, type CheckedTask, type CheckedTasks } from './checkOverdueState';
import { watchItem, type ListedTask, type Watch, type WatchInput, type WatchOutput } from './Watch';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** How often the time of the last check is read while a task is overdue. */
const READ_AGAIN = 6 * HOUR;
/** Tasks of one poll: DSM may take seconds for each, and the events of the tasks wait for it. */
const TASKS_AT_ONCE = 5;
/** A task that is missing from a poll may be back in the next one. */
const KEPT_POLLS = 3;

/** LUN tasks have no integrity check; their ID is a name. */
const watchedTasks = ({ tasks }: WatchInput): ListedTask[] =>
	tasks.filter(({ id, watched }) => watched && typeof taskIdValue(id) === 'number');

const sinceOf = ({ checkedAt, firstSeen }: CheckedTask): number => checkedAt ?? firstSeen;

const isOverdue = (task: CheckedTask, { now, parameters }: WatchInput): boolean =>
	now - sinceOf(task) >= parameters.checkOverdueDays * DAY;

/** As long as the last check that is known is young enough, nothing is requested. */
function needsReading(task: CheckedTask, input: WatchInput): boolean {
	if (task.missing !== undefined) return false;
	const age = input.now - (task.readAt ?? -Infinity);
	if (task.readAt === undefined || age < 0) return true;
	return (isOverdue(task, input) || task.reported === true) && age >= READ_AGAIN;
}

/** Reads those that are due, the ones that have waited longest first. */
async function readDue(tasks: CheckedTasks, input: WatchInput): Promise<void> {
	const due = [...tasks]
		.filter(([, task]) => needsReading(task, input))
		.sort(([, a], [, b]) => (a.readAt ?? 0) - (b.readAt ?? 0))
		.slice(0, TASKS_AT_ONCE);
	if (due.length === 0) return;
	const { times } = await fetchCheckTimes(
		input.api,
		due.map(([id]) => id),
	);
	for (const [index, [, task]] of due.entries()) {
		const { shown, time } = times[index]!;
		task.readAt = input.now;
		if (time !== null) task.checkedAt = Math.min(time * 1000, input.now);
		else if (shown === 'never') delete task.checkedAt;
	}
}

async function toItem(
	event: 'integrityCheckOverdue' | 'integrityCheckOverdueEnded',
	clause: string,
	[id, task]: [string, CheckedTask],
	input: WatchInput,
): Promise<IDataObject> {
	const { checkedAt } = task;
	return watchItem(event, `Task '${task.name}': ${clause}`, input, {
		task: await input.taskOf(id),
		last_check_time: checkedAt === undefined ? null : Math.round(checkedAt / 1000),
		last_check_at: checkedAt === undefined ? null : new Date(checkedAt).toISOString(),
		days_without_check: Math.floor((input.now - sinceOf(task)) / DAY),
	});
}

function overdueClause(task: CheckedTask, { now }: WatchInput): string {
	const days = Math.floor((now - sinceOf(task)) / DAY);
	return task.checkedAt === undefined
		? `no integrity check is known, and the task has been watched for ${days} days`
		: `there has been no integrity check for ${days} days`;
}

async function run(input: WatchInput): Promise<WatchOutput> {
	const tasks = tasksNow(input, watchedTasks(input));
	const items: IDataObject[] = [];
	if (!input.baseline) await readDue(tasks, input);
	for (const entry of [...tasks]) {
		const [id, task] = entry;
		const gone = (task.missing ?? 0) > KEPT_POLLS;
		if (gone) tasks.delete(id);
		if (input.baseline && !gone) continue;
		const read = task.readAt !== undefined && task.missing === undefined;
		const overdue = isOverdue(task, input);
		if (task.reported && (gone || (read && !overdue))) {
			delete task.reported;
			const clause = gone
				? 'it is no longer watched'
				: 'its last integrity check is no longer overdue';
			items.push(await toItem('integrityCheckOverdueEnded', clause, entry, input));
		} else if (!task.reported && read && overdue) {
			task.reported = true;
			const clause = overdueClause(task, input);
			items.push(await toItem('integrityCheckOverdue', clause, entry, input));
		}
	}
	return { items, state: [...tasks] };
}

/** The task whose last check is the longest ago, as if it were overdue. */
async function sample(input: WatchInput): Promise<IDataObject | undefined> {
	const tasks = tasksNow(input, watchedTasks(input));
	await readDue(tasks, input);
	const [oldest] = [...tasks].sort(([, a], [, b]) => sinceOf(a) - sinceOf(b));
	if (!oldest) return undefined;
	return await toItem('integrityCheckOverdue', overdueClause(oldest[1], input), oldest, input);
}

/**
 * Tasks without an integrity check for some days. Costs a request for each five tasks in the second
 * poll, and nothing more until a check is overdue; then one in six hours.
 */
export const checkOverdue: Watch = {
	key: 'checkOverdue',
	label: 'The integrity checks',
	events: ['integrityCheckOverdue'],
	needsTasks: true,
	run,
	sample,
};
