import type { IPollFunctions } from 'n8n-workflow';
import { TaskError } from '../hyperBackup/task/TaskError';
import { asNodeError } from '../n8n/nodeErrors';
import { POLLS_KEPT } from './detectEvents';
import type { PollerState } from './pollerState';
import type { Selection } from './selection';
import type { TriggerParameters } from './triggerParameters';

/**
 * Chosen tasks that are not on the NAS would be watched in vain, silently: said once, as a failed
 * execution.
 */
export function reportUnresolved(
	context: IPollFunctions,
	{ tasks, events }: TriggerParameters,
	{ unresolved }: Selection,
	state: PollerState,
): void {
	for (const entry of tasks) {
		if (!unresolved.includes(entry)) state.unresolved.delete(entry);
	}
	const counted = unresolved.map((entry): [string, number] => {
		const polls = (state.unresolved.get(entry) ?? 0) + 1;
		state.unresolved.set(entry, polls);
		return [entry, polls];
	});
	const due = counted.filter(([, polls]) => polls === POLLS_KEPT + 1).map(([entry]) => entry);
	if (due.length === 0) return;
	const names = due.map((entry) => `'${entry.slice(0, 80)}'`).join(', ');
	const removedToo = events.includes('taskRemoved')
		? ' A task that was deleted is reported as well.'
		: '';
	throw asNodeError(
		context.getNode(),
		new TaskError(
			`There is no task ${names} on this NAS, so it is not being watched`,
			"Choose the tasks again in 'Task Names or IDs': a task that was deleted and created " +
				`again has another ID, its name still works.${removedToo}`,
		),
	);
}
