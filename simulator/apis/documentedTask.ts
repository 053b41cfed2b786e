import type { ApiCall } from '../ApiCall';
import { DsmFailure } from '../DsmFailure';
import type { BackupTask } from '../task/BackupTask';
import type { TaskBook } from '../task/TaskBook';
import { FAILED, type Dsm, type Handler } from './dsm';
import { start } from './taskActions';

/** The HTTP method each documented method has. */
const HTTP_METHODS: Record<string, 'GET' | 'POST'> = {
	List: 'GET',
	Get: 'GET',
	GetStatus: 'GET',
	Run: 'POST',
	Cancel: 'POST',
	Suspend: 'POST',
	Resume: 'POST',
};

/** Result words of a run that has not ended. */
const RUNNING = ['backingup', 'resuming'];

/** The deletion of old versions after a backup: DSM's own words for a result while it is running. */
const ROTATION = ['preparing_version_delete', 'version_deleting', 'deleting'];

function statusOf(task: BackupTask): string | undefined {
	if ('status' in task.overrides) return task.overrides.status as string | undefined;
	if (task.running || RUNNING.includes(task.result)) return 'running';
	// "running - Backup in progress": no source shows a check, a queue or a rotation.
	const busy = task.status !== 'none' || ROTATION.includes(task.result);
	if (busy && task.nas.options.documentedRunning === 'anything') return 'running';
	if (task.state !== 'backupable') return 'error';
	if (task.result === 'suspend') return 'suspended';
	return ['done', 'success', 'none', 'cancel', 'discard', ...ROTATION].includes(task.result)
		? 'idle'
		: 'error';
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
	if (!task) throw new DsmFailure(FAILED);
	return task;
}

/** A name of the documentation, called with its HTTP method. */
export const isDocumented = ({ method, http }: ApiCall): boolean =>
	Object.hasOwn(HTTP_METHODS, method) && HTTP_METHODS[method] === http;

function list({ book }: Dsm): unknown {
	const tasks = book.listed().map((task) => ({
		task_id: String(task.id),
		name: task.name,
		status: statusOf(task),
		last_backup_time: unix(task.lastEnd),
		next_backup_time: unix(task.nextAt),
		destination: destinationOf(task),
	}));
	return { tasks, total: tasks.length };
}

function get(task: BackupTask): unknown {
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
}

function getStatus(task: BackupTask): unknown {
	const { progress } = task;
	if (!progress) return { status: statusOf(task) };
	const total = Number(progress.total_size);
	const processed = Number(progress.processed_size);
	const speed = Number(progress.avg_speed);
	return {
		status: statusOf(task),
		progress: progress.progress,
		files_backed_up: Number(progress.scan_file_count),
		bytes_backed_up: processed * 1024,
		estimated_time_remaining: speed > 0 ? Math.round((total - processed) / speed) : 0,
	};
}

function stop(task: BackupTask, call: ApiCall, { options }: Dsm): void {
	if (task.status !== 'backup' || (call.method === 'Suspend' && !task.canSuspend))
		throw new DsmFailure(options.notRunningCode ?? FAILED);
	if (call.method === 'Cancel') task.cancel();
	else task.suspend();
}

/** SYNO.Backup.Task as it is documented, to the field. */
export const documentedTask: Handler = (call, dsm) => {
	if (call.method === 'List') return list(dsm);
	const task = taskOf(call, dsm.book);
	switch (call.method) {
		case 'Get':
			return get(task);
		case 'GetStatus':
			return getStatus(task);
		case 'Run':
			return start(task, call, dsm);
		case 'Resume':
			return task.result === 'suspend' && task.status === 'none'
				? task.resume()
				: task.markFailed();
		default:
			return stop(task, call, dsm);
	}
};
