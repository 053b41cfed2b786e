import type { TaskSpec, Truth } from '../types';
import type { Figures } from './figures';
import type { VersionRecord } from './versions';

export type Level = 'info' | 'warn' | 'err';

export interface LogRow {
	/** What the NAS believed the time was. */
	at: number;
	level: Level;
	event: string;
	user: string;
	taskId: number | string;
}

interface Named {
	id: number | string;
	name: string;
	spec: TaskSpec;
}

const SYSTEM = 'SYSTEM';

const NETWORK = ['image_remote', 'rsync', 'rsync_ds', 'remote'];
const PRODUCTS: Record<string, string> = {
	synocloud_swift: 'Synology C2',
	webdav: 'WebDAV',
	aws_s3: 'Amazon S3',
	azure: 'Microsoft Azure',
	google_drive: 'Google Drive',
	hidrive: 'HiDrive',
	dropbox: 'Dropbox',
};

/** The word in the first bracket. The first three are seen, the clouds' names presumed. */
export function destinationKind({ transferType = 'image_local' }: TaskSpec): string {
	if (NETWORK.includes(transferType)) return 'Network';
	return PRODUCTS[transferType] ?? 'Local';
}

const CHECK_ENDS: Record<string, [Level, string]> = {
	passed: ['info', 'Backup integrity check is finished. No error was found.'],
	damaged: ['err', 'Backup integrity check is finished. The target is found broken.'],
	cksum_failed: ['err', 'Backup integrity check is finished. The target is found broken.'],
	failed_checking: ['err', 'Failed to run backup integrity check.'],
};

const RUN_EVENTS: Partial<Record<Truth['kind'], [Level, string]>> = {
	started: ['info', 'Backup task started.'],
	resumed: ['info', 'Resume backup task.'],
	suspended: ['warn', 'Backup task was suspended (suspension incomplete).'],
	canceled: ['err', 'Backup task was cancelled.'],
	discarded: ['info', 'Backup task was discarded successfully.'],
	markedFailed: ['err', 'Failed to run backup task.'],
	checkStarted: ['info', 'Backup integrity check has started.'],
	checkCanceled: ['warn', 'Backup integrity check was cancelled.'],
};

/** Lines without a destination, in which the task is quoted. */
const SETTINGS: Partial<Record<Truth['kind'], string>> = {
	taskAdded: 'was created',
	taskRenamed: 'was modified',
	taskRelinked: 'was created',
	taskRemoved: 'was deleted',
};

/**
 * Hyper Backup's log of one NAS: what it writes about what happens. In English, as most of what is
 * known of it.
 */
export class EventLog {
	readonly rows: LogRow[] = [];

	add(task: Named, level: Level, event: string, at: number, user = SYSTEM): void {
		this.rows.push({ at, level, event, user, taskId: task.id });
	}

	/** The log has grown too long, or somebody cleared it: only the newest lines are left. */
	rotate(keep: number): LogRow[] {
		return this.rows.splice(0, Math.max(0, this.rows.length - keep));
	}

	/** A line with destination and task in front. */
	say(task: Named, level: Level, sentence: string, at: number, user = SYSTEM): void {
		this.add(task, level, `[${destinationKind(task.spec)}][${task.name}] ${sentence}`, at, user);
	}

	record(truth: Omit<Truth, 'at'>, task: Named, at: number, user = SYSTEM): void {
		const { kind, result } = truth;
		const sentence = RUN_EVENTS[kind];
		const setting = SETTINGS[kind];
		if (sentence) this.say(task, ...sentence, at, user);
		if (setting)
			this.add(task, 'info', `Setting of backup task [${task.name}] ${setting}`, at, user);
		if (kind === 'finished') this.finished(truth, task, at, user);
		if (kind === 'checkFinished') this.say(task, ...CHECK_ENDS[result ?? 'passed']!, at, user);
		if (kind === 'rotationStarted')
			this.add(task, 'info', `[${task.name}] Trigger version rotation.`, at);
		if (kind === 'rotationFinished' && result === 'version_delete_failed')
			this.add(task, 'err', `[${task.name}] Version rotation failed.`, at);
	}

	rotated(task: Named, version: VersionRecord, startText: string, at: number): void {
		this.add(
			task,
			'info',
			`[${task.name}] Rotate version [${startText}] from ID [${version.id}].`,
			at,
		);
	}

	private finished(
		{ result, skipped = [], reason, figures }: Omit<Truth, 'at'>,
		task: Named,
		at: number,
		user: string,
	): void {
		const good = result === 'done' || result === 'success';
		for (const path of skipped) {
			const why = good
				? `Incomplete file backup. (The file is a special file.) [${path}]`
				: `Exception occurred while backing up data. [${path}]`;
			this.say(task, 'warn', why, at);
		}
		if (good) {
			this.say(task, 'info', `Backup task finished successfully.${counts(figures)}`, at, user);
		} else if (result === 'partial') {
			this.say(task, 'warn', 'Backup task partially completed.', at, user);
		} else {
			if (reason)
				this.say(task, 'err', `Exception occurred while backing up data. (${reason})`, at);
			this.say(task, 'err', 'Failed to run backup task.', at, user);
		}
	}
}

function counts(figures: Figures | undefined): string {
	if (!figures) return '';
	const scanned = figures.new + figures.modified + figures.unchanged;
	return [
		` [${scanned} files scanned]`,
		`[${figures.new} new files]`,
		`[${figures.modified} files modified]`,
		`[${figures.unchanged} files unchanged]`,
	].join(' ');
}
