import type { DsmVersion } from '../../simulator';

/** What a client asks of a NAS, for the table in docs/simulator.md. */
export const KINDS = [
	'discovery',
	'login',
	'list of tasks',
	'state of a task',
	'settings of a task',
	'start and stop',
	'integrity check',
	'log',
	'versions',
	'destination',
	'statistics',
	'files in a version',
	'Vault',
	'several calls in one',
	'logout',
] as const;
export type Kind = (typeof KINDS)[number];

/**
 * One request as the client sends it. `{name}` stands for something kept from an earlier response,
 * and for `account`,
 * `password` and `task`.
 */
export interface JudgeRequest {
	kind: Kind;
	http?: 'GET' | 'POST';
	/** Below `/webapi/`. */
	path: string;
	params: Record<string, string>;
	headers?: Record<string, string>;
	/** What the client continues with, by the path in the response. */
	keep?: Record<string, string>;
	/**
	 * Sent once for each task that `list of tasks` gave; the client's view of it is read from the
	 * response.
	 */
	eachTask?: boolean;
	/** Where the client reads its view of a task, by the field's name in the response. */
	view?: { rows?: string; fields: ViewFields };
	/** The client lives with this refusal. */
	refusedWith?: number;
	/** What the NAS does by itself before this request. */
	after?: { seconds: number };
	/** The state the task with the number 1 is in afterwards. */
	leaves?: { status?: string; result?: string };
	/** The response has to hold this. */
	finds?: string;
}

export interface ViewFields {
	name?: string;
	state?: string;
	status?: string;
	result?: string;
}

export interface Judge {
	client: string;
	/** What was read: file and commit. */
	source: string;
	/** What the client is, and what it does with what it gets. */
	about: string;
	/** The DSM its author speaks of, or on which its reading works. */
	dsm: DsmVersion[];
	requests: JudgeRequest[];
}
