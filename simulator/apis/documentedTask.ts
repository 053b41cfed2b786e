import type { ApiCall } from '../ApiCall';
import type { BackupTask } from '../BackupTask';
import { DsmFailure } from '../DsmFailure';
import type { TaskBook } from '../TaskBook';
import type { NasOptions } from '../types';

/** The HTTP method each documented method has. */
export const DOCUMENTED: Record<string, 'GET' | 'POST'> = {
	List: 'GET',
	Get: 'GET',
	GetStatus: 'GET',
	Run: 'POST',
	Cancel: 'POST',
	Suspend: 'POST',
	Resume: 'POST',
};

function statusOf(task: BackupTask): string {
	if (task.overrides.status !== undefined) return String(task.overrides.status);
	// "running - Backup in progress": a check, a queue or the deletion of old versions is none.
	if (task.running) return 'running';
	if (task.state !== 'backupable') return 'error';
	if (task.result === 'suspend') return 'suspended';
	return ['done', 'success', 'none', 'cancel', 'discard'].includes(task.result) ? 'idle' : 'error';
}

const unix = (at: number | null): number => (at === null ? 0 : Math.floor(at / 1000));

function destinationOf({ spec }: BackupTask): string {
	const { remote_url, host } = (spec.repository ?? {}) as { remote_url?: string; host?: string };
	return (
		remote_url ?? `${spec.transferType ?? 'local'}://${host ?? ''}/${spec.targetId ?? 'nas_1.hbk'}`
	);
}

function taskOf(call: ApiCall, book: TaskBook): BackupTask {
	const id = call.params.task_id;
	if (id === undefined || id === '')
		throw new DsmFailure(114, { name: 'task_id', reason: 'required' });
	const task = book.tasks.find((candidate) => String(candidate.id) === String(id));
	if (!task) throw new DsmFailure(4401);
	return task;
}

/** SYNO.Backup.Task as it is documented, to the field. */
export function documentedTask(call: ApiCall, book: TaskBook, options: NasOptions): unknown {
	const form = DOCUMENTED[call.method];
	if (form === undefined || form !== call.http) throw new DsmFailure(103);
	if (call.method === 'List') {
		const tasks = book.tasks.map((task) => ({
			task_id: String(task.id),
			name: task.name,
			status: statusOf(task),
			last_backup_time: unix(task.lastEnd),
			next_backup_time: unix(task.nextAt),
			destination: destinationOf(task),
		}));
		return { tasks, total: tasks.length };
	}
	const task = taskOf(call, book);
	switch (call.method) {
		case 'Get':
			return {
				task_id: String(task.id),
				name: task.name,
				status: statusOf(task),
				source_folders: task.spec.sources ?? ['/volume1/homes'],
				destination: destinationOf(task),
				schedule: {
					enabled: task.schedule !== undefined && task.schedule.enabled !== false,
					hour: task.schedule?.hour ?? 0,
					minute: task.schedule?.minute ?? 0,
				},
			};
		case 'GetStatus': {
			const { progress } = task;
			if (!progress) return { status: statusOf(task) };
			const total = Number(progress.total_size);
			const processed = Number(progress.processed_size);
			const speed = Number(progress.avg_speed);
			return {
				status: statusOf(task),
				progress: progress.progress,
				files_backed_up: Number(progress.scan_file_count),
				bytes_backed_up: processed,
				estimated_time_remaining: speed > 0 ? Math.round((total - processed) / speed) : 0,
			};
		}
		case 'Run':
			if (task.state !== 'backupable') throw new DsmFailure(4401);
			if (task.status !== 'none' || task.accepted)
				throw new DsmFailure(options.runningBackupCode ?? 4401);
			return task.accept();
		case 'Cancel':
		case 'Suspend':
			if (task.status !== 'backup' || (call.method === 'Suspend' && !task.canSuspend))
				throw new DsmFailure(options.notRunningCode ?? 4401);
			return call.method === 'Cancel' ? task.cancel() : task.suspend();
		default:
			return task.result === 'suspend' && task.status === 'none'
				? task.resume()
				: task.markFailed();
	}
}
