import type { ApiCall } from './ApiCall';
import { apiList, type ApiInfo } from './apiList';
import { FileResponse, type Dsm } from './apis/dsm';
import { EMPTY_BODY } from './apis/taskActions';
import type { Clock } from './clock';
import { dispatch } from './dispatch';
import { DsmFailure } from './DsmFailure';
import type { FileContent } from './explore/fileContent';
import { membersOf } from './apis/compound';
import { isCarriedOut, type Fault, type Faults } from './faults';
import { readCall, type PlainRequest } from './readRequest';
import type { Sessions } from './Sessions';
import type { DownloadJob, TaskBook } from './task/TaskBook';
import type { NasOptions, Recorded } from './types';
import type { Vault } from './vault/Vault';
import type { WallText } from './wallText';

/** A response before it is sent. */
export interface PlainResponse {
	status: number;
	type: string;
	text: string;
	headers?: Record<string, string[]>;
	/** A file in place of the text. */
	file?: { content: FileContent; job?: DownloadJob };
	/** It is not sent like this, but goes wrong in this way. */
	fault?: Fault;
}

interface Parts {
	options: NasOptions;
	sessions: Sessions;
	book: TaskBook;
	vault: Vault;
	wall: WallText;
	clock: Clock;
	faults: Faults;
}

const WEB_PAGE =
	'<!DOCTYPE html><html><head><title>Synology DiskStation</title></head><body></body></html>';
const WEEK_SECONDS = 604_800;
const ID_COOKIE = `path=/; max-age=${WEEK_SECONDS}; HttpOnly`;

const page = (status: number): PlainResponse => ({ status, type: 'text/html', text: WEB_PAGE });

/** Everything below `/webapi/`, without a socket. */
export class WebApi {
	readonly requests: Recorded[] = [];

	/** Until then the web server says 502. */
	downUntil = -Infinity;

	readonly whenCarriedOut: Array<{ api: string; apiMethod: string; what: () => void }> = [];

	constructor(private readonly parts: Parts) {}

	get isUp(): boolean {
		return this.parts.clock.now() >= this.downUntil;
	}

	respond(request: PlainRequest): PlainResponse {
		const { options, faults } = this.parts;
		const { url } = request;
		const prefix = `${options.pathPrefix ?? ''}/webapi/`;
		const call = readCall(request, options.lenientQuoting === true);
		const recorded = this.record(request, call);
		if (!this.isUp) return page(502);
		const fault = faults.take(call.api, call.method) ?? faults.takeHang(membersOf(call));
		if (fault?.kind === 'dropToken' || options.dropTokenHeader === true) call.token = '';
		if (fault?.kind === 'code') recorded.code = fault.code ?? 100;
		if (fault && !isCarriedOut(fault)) return { ...page(200), text: '{}', fault };
		if (!url.pathname.startsWith(prefix)) return page(url.pathname === '/' ? 200 : 404);
		const cgi = url.pathname.slice(prefix.length).split('/')[0]!;
		const response = this.carryOut(call, cgi, recorded);
		recorded.bytes = Buffer.byteLength(response.text);
		this.afterwards(call);
		return { ...response, fault: fault?.kind === 'dropToken' ? undefined : fault };
	}

	private record(request: PlainRequest, call: ApiCall): Recorded {
		const { url } = request;
		const recorded: Recorded = {
			at: this.parts.clock.now(),
			method: request.method,
			url: `${url.pathname}${url.search}`,
			path: url.pathname,
			headers: request.headers,
			body: request.body,
			api: call.api,
			apiMethod: call.method,
			version: String(call.version),
			params: call.params as Record<string, string>,
			code: -1,
			bytes: 0,
		};
		this.requests.push(recorded);
		return recorded;
	}

	private afterwards(call: ApiCall): void {
		const next = this.whenCarriedOut.findIndex(
			({ api, apiMethod }) => api === call.api && apiMethod === call.method,
		);
		if (next >= 0) this.whenCarriedOut.splice(next, 1)[0]!.what();
	}

	private carryOut(call: ApiCall, cgi: string, recorded: Recorded): PlainResponse {
		const { options, book, clock } = this.parts;
		const apis = apiList(options);
		if (!hasAddress(cgi, apis)) return page(404);
		book.settle(clock.now());
		try {
			if (!respondsAt(call.api, cgi, apis)) throw new DsmFailure(102);
			const data = dispatch(call, this.dsm(apis));
			recorded.code = 0;
			return this.success(call, data);
		} catch (error) {
			if (!(error instanceof DsmFailure)) throw error;
			recorded.code = error.code;
			return this.json({ error: error.body, success: false });
		}
	}

	private dsm(apis: Record<string, ApiInfo>): Dsm {
		const { options, sessions, book, vault, wall, clock, faults } = this.parts;
		const dsm: Dsm = {
			options,
			sessions,
			book,
			vault,
			apis,
			shape: { dsm: options.dsm ?? '7.2', wall, now: wall.believed(clock.now()) },
			refusal: (member) => faults.takeCode(member.api, member.method),
			dispatch: (member) => dispatch(member, dsm),
		};
		return dsm;
	}

	private success(call: ApiCall, data: unknown): PlainResponse {
		if (data instanceof FileResponse) {
			const id = String(call.params.download_id ?? '').replace(/^"|"$/g, '');
			const { name, content } = data;
			const job = data.isJob ? { id, name, size: content.size } : undefined;
			const type = 'application/octet-stream';
			return { status: 200, type, text: '', file: { content, job } };
		}
		if (data === EMPTY_BODY) return { ...this.json({}), text: '' };
		const response = this.json(data === undefined ? { success: true } : { data, success: true });
		if (call.api !== 'SYNO.API.Auth') return response;
		const { sid } = (data ?? {}) as { sid?: string };
		if (sid === undefined)
			return { ...response, headers: { 'set-cookie': ['id=; path=/; max-age=0'] } };
		if (call.params.format === 'sid') return response;
		return { ...response, headers: { 'set-cookie': [`id=${sid}; ${ID_COOKIE}`] } };
	}

	private json(value: unknown): PlainResponse {
		const older = (this.parts.options.dsm ?? '7.2') === '6.2';
		const type = `${older ? 'text/plain' : 'application/json'}; charset="UTF-8"`;
		return { status: 200, type, text: JSON.stringify(value) };
	}
}

/** `query.cgi` and `auth.cgi` are there on DSM 7 too. */
const hasAddress = (cgi: string, apis: Record<string, ApiInfo>): boolean =>
	['query.cgi', 'auth.cgi', ...Object.values(apis).map(({ path }) => path)].includes(cgi);

/** An API responds at its own address; discovery at `query.cgi`, logins at `auth.cgi` too. */
function respondsAt(api: string, cgi: string, apis: Record<string, ApiInfo>): boolean {
	const home = apis[api]?.path;
	if (home === undefined || home === cgi) return true;
	return (
		(api === 'SYNO.API.Info' && cgi === 'query.cgi') ||
		(api === 'SYNO.API.Auth' && cgi === 'auth.cgi')
	);
}
