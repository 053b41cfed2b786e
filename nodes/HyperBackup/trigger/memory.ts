import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Snapshot, Snapshots } from './snapshot';

/** Raised when what is stored changes its meaning: an older state is then not compared with. */
const SCHEMA = 1;

/** What the trigger remembers between polls, in n8n's static data of the node. */
export interface Memory {
	tasks: Snapshots;
	/** Seconds the NAS's clock was ahead of UTC when it was last asked. */
	offset?: number;
	/** Milliseconds since 1970, n8n's clock. */
	lookedAt?: number;
	/** The NAS was reported as unreachable and not yet as back. */
	unreachable?: boolean;
	/** The tasks watched: '' for all. */
	selection: string;
}

export function nasMark(baseUrl: string): string {
	return createHash('sha256').update(baseUrl).digest('hex').slice(0, 16);
}

export const selectionMark = (taskIds: string[]): string => [...taskIds].sort().join('\n');

/** Static data is kept for each task of each trigger and written as a whole, so empty fields are left out. */
function compact(task: Snapshot): IDataObject {
	return Object.fromEntries(Object.entries(task).filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)) as IDataObject;
}

function isSnapshot(value: unknown): value is Partial<Snapshot> & { id: string } {
	if (typeof value !== 'object' || value === null) return false;
	const { id, status, latched, liveSince } = value as Record<string, unknown>;
	return typeof id === 'string' && typeof status === 'string' && (latched === undefined || Array.isArray(latched)) && (liveSince === undefined || typeof liveSince === 'number');
}

/** undefined if there is nothing, it is of another schema or NAS, or it is damaged: then a new baseline is taken. */
export function readMemory(stored: IDataObject, nas: string): Memory | undefined {
	if (stored.schema !== SCHEMA || stored.nas !== nas) return undefined;
	const { tasks, offset, lookedAt, unreachable, selection } = stored;
	if (typeof tasks !== 'object' || tasks === null) return undefined;
	const snapshots: Snapshots = {};
	for (const [id, raw] of Object.entries(tasks)) {
		if (!isSnapshot(raw)) return undefined;
		snapshots[id] = { name: '', activity: null, word: '', problem: null, run: '', next: '', live: false, ...raw } as Snapshot;
	}
	return { tasks: snapshots, offset: typeof offset === 'number' ? offset : undefined, lookedAt: typeof lookedAt === 'number' ? lookedAt : undefined, unreachable: unreachable === true, selection: typeof selection === 'string' ? selection : '' };
}

/** In one go, as the last step of a poll: a poll that fails leaves everything as it was. */
export function writeMemory(stored: IDataObject, nas: string, memory: Memory): void {
	const tasks = Object.fromEntries(Object.entries(memory.tasks).map(([id, task]) => [id, compact(task)]));
	Object.assign(stored, { schema: SCHEMA, nas, tasks, offset: memory.offset, lookedAt: memory.lookedAt, unreachable: memory.unreachable === true, selection: memory.selection });
}
