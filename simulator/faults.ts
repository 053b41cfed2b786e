import type { ServerResponse } from 'node:http';

export type FaultKind =
	| 'http404'
	| 'http500'
	| 'http502'
	| 'http503'
	| 'html'
	| 'truncated'
	| 'empty200'
	/** The connection is closed before anything is done. */
	| 'reset'
	/** The call is carried out, and the response is lost. */
	| 'resetAfterAccept'
	/** No response ever comes. */
	| 'hang'
	/** The call is carried out, and no response ever comes. */
	| 'hangAfterAccept'
	/** A byte at a time, without end. */
	| 'slowDrip'
	| 'otherJson'
	| 'invalidUtf8'
	| 'huge'
	| 'redirect'
	/** The response is whole, with texts that are not UTF-8, as file names on a NAS need not be. */
	| 'latin1'
	/** This very text, whatever the call was. */
	| 'body'
	/** The call continues without the header X-SYNO-TOKEN, as behind a proxy that drops it. */
	| 'dropToken'
	/** Proper, but its first byte comes late, by `milliseconds` or `until` something. */
	| 'late'
	/** DSM's `success: false` with a code of choice. */
	| 'code';

export interface Fault {
	kind: FaultKind;
	/** Only calls of this API, and of this method. */
	api?: string;
	apiMethod?: string;
	/** How often; default for ever. */
	times?: number;
	code?: number;
	/** Before the first byte, whatever the kind. */
	milliseconds?: number;
	/** Not before this is settled: for tests that wait for something else. */
	until?: Promise<void>;
	location?: string;
	body?: string;
	status?: number;
}

/** What went wrong before, instead of, or after carrying out the call. */
export class Faults {
	private readonly list: Fault[] = [];

	add(fault: Fault): void {
		this.list.push({ ...fault });
	}

	clear(): void {
		this.list.length = 0;
	}

	take(api: string, apiMethod: string): Fault | undefined {
		return this.takeWhere(
			(one) =>
				(one.api === undefined || one.api === api) &&
				(one.apiMethod === undefined || one.apiMethod === apiMethod),
		);
	}

	/** The code for a member of a compound. */
	takeCode(api: string, apiMethod: string): number | undefined {
		return this.takeOfMember('code', api, apiMethod)?.code;
	}

	/** A member that hangs holds up the whole compound. */
	takeHang(members: Array<{ api: string; method: string }>): Fault | undefined {
		for (const { api, method } of members) {
			const fault = this.takeOfMember('hang', api, method);
			if (fault) return fault;
		}
		return undefined;
	}

	/** Only faults that name the member's API reach into a compound. */
	private takeOfMember(kind: FaultKind, api: string, apiMethod: string): Fault | undefined {
		return this.takeWhere(
			(one) =>
				one.kind === kind &&
				one.api === api &&
				(one.apiMethod === undefined || one.apiMethod === apiMethod),
		);
	}

	private takeWhere(applies: (fault: Fault) => boolean): Fault | undefined {
		const fault = this.list.find(applies);
		if (fault?.times !== undefined && --fault.times <= 0)
			this.list.splice(this.list.indexOf(fault), 1);
		return fault;
	}
}

const STATUS: Partial<Record<FaultKind, number>> = {
	http404: 404,
	http500: 500,
	http502: 502,
	http503: 503,
};

const PAGE =
	'<!DOCTYPE html><html><head><title>Sign in</title></head><body>This is no web API.</body></html>';

/** Responds in the fault's way. `proper` is what a NAS in order would send. */
export function respondWithFault(
	fault: Fault,
	response: ServerResponse,
	proper: string,
	whenSilent?: () => void,
): void {
	const status = STATUS[fault.kind];
	if (status !== undefined) {
		response.writeHead(status, { 'content-type': 'text/html' }).end(PAGE);
		return;
	}
	switch (fault.kind) {
		case 'html':
			response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
			return;
		case 'truncated':
			response
				.writeHead(200, { 'content-type': 'application/json' })
				.end(proper.slice(0, Math.floor(proper.length * 0.6)));
			return;
		case 'empty200':
			response.writeHead(200).end();
			return;
		case 'otherJson':
			response.writeHead(200, { 'content-type': 'application/json' }).end('{"hello":"router"}');
			return;
		case 'invalidUtf8':
			response
				.writeHead(200, { 'content-type': 'application/json' })
				.end(
					Buffer.concat([
						Buffer.from(proper.slice(0, -1)),
						Buffer.from([0xff, 0xfe]),
						Buffer.from(proper.slice(-1)),
					]),
				);
			return;
		case 'huge':
			response
				.writeHead(200, { 'content-type': 'application/json' })
				.end(`{"success":true,"data":{"task_list":[],"filler":"${'x'.repeat(10_000_000)}"}}`);
			return;
		case 'latin1':
			response
				.writeHead(200, { 'content-type': 'application/json' })
				.end(Buffer.from(proper, 'latin1'));
			return;
		case 'body':
			response
				.writeHead(fault.status ?? 200, { 'content-type': 'application/json' })
				.end(fault.body ?? '');
			return;
		case 'redirect':
			response.writeHead(302, { location: fault.location ?? 'https://127.0.0.1:5001/' }).end();
			return;
		case 'slowDrip': {
			response.writeHead(200, { 'content-type': 'application/json' });
			const timer = setInterval(() => response.write(' ', whenSilent), 50);
			response.on('close', () => clearInterval(timer));
			return;
		}
		case 'hang':
		case 'hangAfterAccept':
			whenSilent?.();
			return;
		case 'code':
			response
				.writeHead(200, { 'content-type': 'application/json' })
				.end(JSON.stringify({ error: { code: fault.code ?? 100 }, success: false }));
			return;
		default:
			response.destroy();
	}
}

/** True if the call is carried out all the same. */
export const isCarriedOut = ({ kind }: Fault): boolean =>
	[
		'resetAfterAccept',
		'hangAfterAccept',
		'truncated',
		'invalidUtf8',
		'latin1',
		'dropToken',
		'late',
	].includes(kind);
