import type { TaskSpec, VersionSpec } from '../types';
import type { Figures, VersionStatus } from './figures';

/** One restore point. Times are what the NAS believed. */
export interface VersionRecord {
	id: number;
	startedAt: number;
	completedAt: number | null;
	status: VersionStatus;
	locked: boolean;
	figures: Figures;
}

const DAY = 86_400_000;

/**
 * The same task and version always have the same figures, and the target grows from version to
 * version.
 */
export function figuresOf({ files = 1200, bytes = 1_000_000_000 }: TaskSpec, id: number): Figures {
	const changed = Math.max(1, Math.round(files / 1000));
	const figures = {
		new: (id * 7) % (5 * changed),
		modified: (id * 3) % (3 * changed),
		deleted: id % 2,
	};
	return {
		...figures,
		unchanged: files - figures.new - figures.modified,
		sourceSize: Math.round(bytes / 1024),
		targetSize: Math.round((bytes / 1024) * 0.7) + id * 512,
	};
}

function record(spec: TaskSpec, id: number, version: VersionSpec): VersionRecord {
	const status = version.status ?? 'success';
	return {
		id,
		startedAt: version.startedAt,
		completedAt: version.completedAt ?? (status === 'backup' ? null : version.startedAt + 60_000),
		status,
		locked: version.locked ?? false,
		figures: { ...figuresOf(spec, id), ...version.figures },
	};
}

/**
 * The versions a task has before the simulation begins, oldest first; `last` is the newest good
 * one.
 */
export function pastVersions(
	spec: TaskSpec,
	last: { id: number; startedAt: number; completedAt: number } | undefined,
): VersionRecord[] {
	if (spec.versions) return spec.versions.map((one, i) => record(spec, one.id ?? i + 1, one));
	if (!last) return [];
	const count = Math.min(spec.pastVersions ?? 1, last.id);
	return Array.from({ length: count }, (_, index) => {
		const age = count - 1 - index;
		// Every seventh run was canceled by somebody.
		const status = age % 7 === 3 ? ('cancel' as const) : ('success' as const);
		return record(spec, last.id - age, {
			startedAt: last.startedAt - age * DAY,
			completedAt: last.completedAt - age * DAY,
			status,
		});
	});
}

/** The restore points of one task, oldest first. */
export class VersionBook {
	readonly list: VersionRecord[];

	private highestDropped = 0;

	constructor(
		private readonly spec: TaskSpec,
		past: VersionRecord[],
	) {
		this.list = past;
	}

	get newestGood(): VersionRecord | undefined {
		return this.list.filter(({ status }) => status === 'success').at(-1);
	}

	/** A run begins; numbers are not used again. */
	open(startedAt: number, atLeast: number): VersionRecord {
		const id = Math.max(atLeast, this.highest) + 1;
		const opened = record(this.spec, id, { startedAt, status: 'backup' });
		this.list.push(opened);
		return opened;
	}

	close(version: VersionRecord, status: VersionStatus, completedAt: number | null): void {
		version.status = status;
		version.completedAt = completedAt;
		version.locked = status === 'cancel';
	}

	drop(version: VersionRecord): void {
		this.highestDropped = Math.max(this.highestDropped, version.id);
		this.list.splice(this.list.indexOf(version), 1);
	}

	/** Rotation: the oldest versions above `keep` go, unless they are locked or being written. */
	rotate(keep: number): VersionRecord[] {
		const removable = this.list.filter(({ locked, status }) => !locked && status !== 'backup');
		const removed = removable.slice(0, Math.max(0, this.list.length - keep));
		for (const version of removed) this.drop(version);
		return removed;
	}

	private get highest(): number {
		return Math.max(this.highestDropped, ...this.list.map(({ id }) => id));
	}
}
