import type { ApiCall } from '../ApiCall';
import type { ApiInfo } from '../apiList';
import type { FileContent } from '../explore/fileContent';
import { DsmFailure } from '../DsmFailure';
import type { Sessions } from '../Sessions';
import type { BackupTask } from '../task/BackupTask';
import type { TaskBook } from '../task/TaskBook';
import type { DsmVersion, NasOptions } from '../types';
import type { Vault } from '../vault/Vault';
import type { WallText } from '../wallText';

/** How this NAS writes things, at this moment. */
export interface Shape {
	dsm: DsmVersion;
	wall: WallText;
	/** What the NAS believes the time is. */
	now: number;
}

/** Everything a method of the web API works on. */
export interface Dsm {
	options: NasOptions;
	sessions: Sessions;
	book: TaskBook;
	vault: Vault;
	shape: Shape;
	apis: Record<string, ApiInfo>;
	/** The code with which a member of a compound is to be refused. */
	refusal: (member: ApiCall) => number | undefined;
	/** Carries out one member of a compound. */
	dispatch: (member: ApiCall) => unknown;
}

export type Handler = (call: ApiCall, dsm: Dsm) => unknown;

export interface Method {
	versions: number[];
	/** Any account may call it; all others need an administrator. */
	anyone?: boolean;
	/** What an account without rights gets; default 105. */
	refusedWith?: number;
	run: Handler;
}

/** The Backup family's "missing or unusable parameter". */
export const BAD_REQUEST = 4400;
/** Its generic failure. */
export const FAILED = 4401;
export const ALREADY_EXISTS = 4462;

export const required = (name: string): DsmFailure =>
	new DsmFailure(120, { name, reason: 'required' });

/** The task whose number was sent; a number that is not there gives `unknown`. */
export function taskWith(id: unknown, book: TaskBook, unknown: number): BackupTask {
	if (id === undefined) throw new DsmFailure(BAD_REQUEST);
	if (typeof id !== 'number' && typeof id !== 'string')
		throw new DsmFailure(120, { name: 'task_id', reason: 'type' });
	const task = book.find(id);
	if (!task) throw new DsmFailure(unknown);
	return task;
}

/** A response that is a file and not JSON. */
export class FileResponse {
	constructor(
		readonly name: string,
		readonly content: FileContent,
		/** A job of the Backup Explorer. */
		readonly isJob = true,
	) {}
}
