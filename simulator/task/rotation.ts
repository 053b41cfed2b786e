import type { TaskFacts } from './TaskFacts';

export type RotationEnd = 'done' | 'version_delete_failed';

export interface Rotation {
	seconds?: number;
	end?: RotationEnd;
}

const PREPARING = 'preparing_version_delete';
const DELETING = 'version_deleting';

/**
 * Deletes old versions. `status` shows it; with `rotationResult: 'word'` the result word shows it
 * too and hides
 * how the run ended, by `rotationOrder` at the same time as `status`, earlier, or later.
 */
export function rotate(task: TaskFacts, at: number, seconds: number, end: RotationEnd): void {
	const { options, note } = task.nas;
	const inResult = options.rotationResult === 'word';
	const order = options.rotationOrder ?? 'with';
	const lag = order === 'with' ? 0 : Math.min(options.rotationLagSeconds ?? 5, seconds / 4);
	const hidden = task.result;
	const show = (from: number, word: string, result: string): void => {
		task.timeline.after(from, order === 'before' ? lag : 0, () => (task.status = word));
		if (inResult)
			task.timeline.after(from, order === 'after' ? lag : 0, () => (task.result = result));
	};
	note({ kind: 'rotationStarted', taskId: task.id }, at);
	show(at, PREPARING, PREPARING);
	task.timeline.after(at, seconds / 2, (then) => show(then, DELETING, DELETING));
	task.timeline.after(at, seconds, (then) => {
		const failed = end === 'version_delete_failed';
		show(then, 'none', failed ? end : hidden);
		if (failed && !inResult) task.result = end;
		if (!failed) deleteOldVersions(task, then);
		if (options.rewriteTimesAfterRotation && task.lastEnd !== null)
			task.lastEnd = task.nas.wall.believed(then);
		note({ kind: 'rotationFinished', taskId: task.id, result: end }, then);
	});
}

const KEPT = 30;

function deleteOldVersions(task: TaskFacts, at: number): void {
	const { log, wall } = task.nas;
	for (const version of task.versions.rotate(task.spec.keepVersions ?? KEPT))
		log.rotated(task, version, wall.withSeconds(version.startedAt), wall.believed(at));
}
