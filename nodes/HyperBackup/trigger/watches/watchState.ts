import type { IDataObject } from 'n8n-workflow';
import type { Watch } from './Watch';

/** Characters. n8n reads and writes the static data of a workflow as a whole. */
export const MAX_STATE = 100_000;

/** What is stored of a watch, beside the static data of the tasks and read apart from it. */
export interface StoredWatch {
	/** The NAS it was read from. */
	nas: string;
	state: unknown;
}

const nameOf = ({ key }: Watch): string => `watch_${key}`;

/** undefined if there is nothing, or it is damaged: the watch then takes a baseline. */
export function readWatchState(staticData: IDataObject, watch: Watch): StoredWatch | undefined {
	const text = staticData[nameOf(watch)];
	if (typeof text !== 'string' || text.length > MAX_STATE) return undefined;
	try {
		const stored = JSON.parse(text) as Partial<StoredWatch> | null;
		if (typeof stored?.nas !== 'string' || !('state' in stored)) return undefined;
		return { nas: stored.nas, state: stored.state };
	} catch {
		return undefined;
	}
}

/** The text that is stored: one text, since n8n wraps every object in static data in a proxy. */
export function watchText({ nas, state }: StoredWatch): string {
	const text = JSON.stringify({ nas, state: state ?? null });
	if (text.length > MAX_STATE) throw new Error(`The state has ${text.length} characters`);
	return text;
}

/** undefined removes it. What has not changed is not written. */
export function writeWatchState(
	staticData: IDataObject,
	watch: Watch,
	text: string | undefined,
): void {
	const name = nameOf(watch);
	if (text === undefined && !(name in staticData)) return;
	if (text === undefined) delete staticData[name];
	else if (staticData[name] !== text) staticData[name] = text;
}

/** Milliseconds since 1970. */
export const isTime = (value: unknown): value is number =>
	typeof value === 'number' && Number.isFinite(value) && value >= 0;

/** What is stored by IDs, as `[...map]`. `parse` gives undefined for what is damaged: left out. */
export function parseEntries<T>(
	state: unknown,
	parse: (stored: unknown) => T | undefined,
): Map<string, T> {
	const parsed = new Map<string, T>();
	for (const entry of Array.isArray(state) ? (state as unknown[]) : []) {
		const [id, stored] = Array.isArray(entry) ? (entry as unknown[]) : [];
		const one = parse(stored);
		if (typeof id === 'string' && one !== undefined) parsed.set(id, one);
	}
	return parsed;
}
