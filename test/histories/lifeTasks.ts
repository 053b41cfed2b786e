import type { Nas, Outcome, TaskSpec } from '../../simulator';
import type { BackupTask } from '../../simulator/task/BackupTask';
import type { Amount, Life, Step } from './life';

const HOUR = 3_600_000;

/** The tasks with which each life begins. */
export function tasksAt(start: number, dialect: Life['dialect']): TaskSpec[] {
	const endedAt = start - HOUR;
	const tasks: TaskSpec[] = [
		{
			id: 1,
			name: 'One',
			lastRun: { result: 'done', endedAt },
			startDelaySeconds: 20,
			files: 1000,
		},
		{
			id: 2,
			name: 'Two',
			files: 50_000,
			capability: { statistics: false },
			lastRun: { result: 'failed', endedAt: endedAt - 60_000 },
			rotationSeconds: 300,
		},
		{ id: 3, name: 'Three', lastRun: null, cancelSeconds: 90, capability: { statistics: false } },
		{
			id: 4,
			name: 'Four',
			lastRun: { result: 'suspend', endedAt },
			schedule: { hour: 2, minute: 0 },
		},
		{
			id: 5,
			name: 'Five',
			lastRun: { result: 'done', endedAt },
			schedule: { hour: 12, minute: 30 },
			durationSeconds: 900,
			nextOutcomes: ['done', 'failed', 'done'],
			rotationSeconds: 600,
		},
		{ id: '1', name: '1', type: 'loclunbkp', lastRun: { result: 'done', endedAt } },
		{ id: 'vm', name: 'vm', type: 'netlunbkp', lastRun: { result: 'failed', endedAt } },
	];
	// In the documented dialect every ID is text, so no two tasks can have 1 and "1".
	return dialect === 'dsm' ? tasks : tasks.filter(({ id }) => id !== '1');
}

/** Runs by schedule have what the simulated NAS makes up by itself: far less. */
const FIGURES: Record<Amount, Outcome['figures']> = {
	usual: { new: 400, modified: 300, deleted: 20 },
	huge: { new: 3000, modified: 4000, deleted: 70, sourceSize: 9_000_000 },
	empty: { new: 0, modified: 0, deleted: 900, unchanged: 0, sourceSize: 0 },
};

/** What a step does to one task, if its state allows it. */
export function actOnTask(nas: Nas, task: BackupTask, step: Step, newId: () => number): void {
	const idle = task.status === 'none' && !task.accepted;
	switch (step.do) {
		case 'run':
			if (!idle || task.state !== 'backupable' || task.result === 'suspend') return;
			task.willEnd({
				result: step.outcome,
				durationSeconds: step.minutes * 60,
				figures: FIGURES[step.amount ?? 'usual'],
			});
			return task.accept();
		case 'cancel':
			return task.status === 'backup' ? task.cancel() : undefined;
		case 'suspend':
			return task.status === 'backup' ? task.suspend() : undefined;
		case 'resume':
			return idle && task.result === 'suspend' ? task.resume() : undefined;
		case 'discard':
			return idle && task.result === 'suspend' ? task.discard() : undefined;
		case 'check': {
			const result = step.damaged ? 'damaged' : 'passed';
			if (idle && task.state === 'backupable') task.integrityCheck(600, result);
			return;
		}
		case 'state':
			return idle ? task.setState(step.state) : undefined;
		case 'rename':
			// A LUN task has its name as ID.
			return task.isLun ? undefined : task.rename(step.name);
		case 'remove':
			return nas.tasks.length > 1 ? nas.removeTask(task.id) : undefined;
		case 'relink': {
			if (!idle || task.isLun) return;
			nas.removeTask(task.id);
			nas.addTask({ ...task.spec, id: 1000 + newId(), name: task.name, lastRun: null });
			return;
		}
		default:
			throw new Error(`'${step.do}' is nothing that is done to one task`);
	}
}
