import type { Parameters } from './http/httpRequest';
import type { LastResponse } from './http/parseResponse';

/** One call of DSM's web API. */
export interface Call {
	api: string;
	/**
	 * Pinned by the caller: the highest version DSM advertises is not usable (`SYNO.Backup.Task` 2
	 * has no method).
	 */
	version: number;
	method: string;
	parameters?: Parameters;
	/** Changes nothing on the NAS, so it may be sent again when the connection fails. */
	reads?: boolean;
	/** Sent although the execution was stopped. Other calls that may change something are not. */
	afterStop?: boolean;
	/** The documented dialect reads with GET; DSM's own pages POST everything. */
	http?: 'GET' | 'POST';
	/** Send strings unquoted even where discovery says JSON. */
	raw?: boolean;
	/** Milliseconds for this request, where it differs from the others'. */
	timeout?: number;
	/** Of a call that is made over and over: what came the last time. */
	last?: LastResponse;
}
