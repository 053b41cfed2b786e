import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ApiCall } from './ApiCall';
import { apiList } from './apiList';
import { BackupTask } from './BackupTask';
import { milliseconds, SimulatedClock, type Clock, type Span } from './clock';
import { listRow } from './apis/taskRows';
import { control } from './control';
import { dispatch } from './dispatch';
import { DsmFailure } from './DsmFailure';
import { answerWithFault, Faults, isCarriedOut, type Fault } from './faults';
import { bodyOf, readCall, type PlainRequest } from './readRequest';
import { Sessions } from './Sessions';
import { TaskBook } from './TaskBook';
import type { NasOptions, Recorded, TaskSpec, Truth } from './types';
import { WallText } from './wallText';

export const DEFAULT_ACCOUNT = {
	name: 'backup-operator',
	password: 'correct horse & battery+staple%',
};

interface Response {
	status: number;
	type: string;
	text: string;
	/** The answer is not given like this, but goes wrong in this way. */
	fault?: Fault;
}

const WEB_PAGE =
	'<!DOCTYPE html><html><head><title>Synology DiskStation</title></head><body></body></html>';

/** One simulated Synology NAS on loopback. */
export class Nas {
	readonly requests: Recorded[] = [];

	readonly sessions: Sessions;

	readonly clock: Clock;

	/** Connections that are open now. */
	connections = 0;

	private readonly wall: WallText;

	private readonly book: TaskBook;

	private readonly faults = new Faults();

	private readonly whenCarriedOut: Array<{ api: string; apiMethod: string; what: () => void }> = [];

	private server?: http.Server;

	private downUntil = -Infinity;

	private address?: string;

	constructor(readonly options: NasOptions) {
		this.clock = options.clock ?? new SimulatedClock();
		this.wall = new WallText(options.timeZone ?? 'Europe/Berlin', options.dsm ?? '7.2');
		this.sessions = new Sessions(
			options.accounts ?? [DEFAULT_ACCOUNT],
			options,
			() => this.clock.now(),
			() => this.believed,
		);
		this.book = new TaskBook(
			this.wall,
			options.tasks ?? [],
			options.parallel ?? Infinity,
			this.clock.now(),
		);
	}

	async start(): Promise<this> {
		const { tls, host = '127.0.0.1', port = 0 } = this.options;
		const listener = (request: IncomingMessage, response: ServerResponse): void =>
			void this.handle(request, response);
		this.server =
			typeof tls === 'object' ? https.createServer(tls, listener) : http.createServer(listener);
		this.server.on('connection', (socket) => {
			this.connections++;
			socket.once('close', () => this.connections--);
		});
		// As DSM's web server does it.
		this.server.keepAliveTimeout = 20_000;
		await new Promise<void>((resolve, reject) => {
			this.server!.once('error', reject);
			this.server!.listen(port, host, resolve);
		});
		this.address = `${typeof tls === 'object' ? 'https' : 'http'}://${host}:${(this.server.address() as AddressInfo).port}`;
		return this;
	}

	async close(): Promise<void> {
		this.server?.closeAllConnections();
		await new Promise<void>((resolve) =>
			this.server ? this.server.close(() => resolve()) : resolve(),
		);
	}

	/** What a person types as the NAS's address. */
	get url(): string {
		return `${this.address ?? ''}${this.options.pathPrefix ?? ''}`;
	}

	get tasks(): BackupTask[] {
		this.settle();
		return this.book.tasks;
	}

	get history(): Truth[] {
		this.settle();
		return this.book.history;
	}

	/** By ID or name. */
	task(idOrName: number | string): BackupTask {
		this.settle();
		const task = this.book.find(idOrName) ?? this.book.findByName(String(idOrName));
		if (!task) throw new Error(`The simulated NAS has no task ${idOrName}`);
		return task;
	}

	/** The task's row as `list` would show it now. */
	shownRow(idOrName: number | string): Record<string, unknown> {
		return listRow(this.task(idOrName), ['last_bkp_time', 'last_bkp_result', 'next_bkp_time'], {
			dsm: this.options.dsm ?? '7.2',
			wall: this.wall,
			now: this.believed,
		});
	}

	/** True if it answers at all: not while it starts again after a reboot. */
	get isUp(): boolean {
		return this.clock.now() >= this.downUntil;
	}

	addTask(spec: TaskSpec): BackupTask {
		this.settle();
		return this.book.add(spec);
	}

	removeTask(idOrName: number | string): void {
		this.book.remove(this.task(idOrName));
	}

	/** Lets simulated time pass. */
	advance(span: number | Span): void {
		if (!(this.clock instanceof SimulatedClock)) throw new Error('This NAS runs on the real clock');
		this.clock.advance(milliseconds(span));
		this.settle();
	}

	fault(fault: Fault): void {
		this.faults.add(fault);
	}

	/** Something happens to the NAS right after it has carried out the next call of this method. */
	afterNext(api: string, apiMethod: string, what: () => void): void {
		this.whenCarriedOut.push({ api, apiMethod, what });
	}

	clearFaults(): void {
		this.faults.clear();
	}

	/** Somebody sets the NAS's clock wrong, by so much. Real time goes on as before. */
	setClockWrongBy(span: number | Span): void {
		this.settle();
		this.wall.wrongBy = milliseconds(span);
	}

	/** The time zone is changed in the Control Panel: every time is written anew. */
	setTimeZone(zone: string): void {
		this.wall.zone = zone;
	}

	setHyperBackup(state: 'installed' | 'missing' | 'stopped'): void {
		this.options.hyperBackup = state;
	}

	/** Sessions and runs end; until `span` has passed the web server answers 502. */
	reboot(span: number | Span = 0): void {
		this.settle();
		this.sessions.expire(119);
		this.book.interruptAll(this.clock.now());
		this.downUntil = this.clock.now() + milliseconds(span);
	}

	resetRequests(): void {
		this.requests.length = 0;
	}

	/** Requests that reached the NAS, of one API and method if named. */
	count(api?: string, apiMethod?: string): number {
		return this.requests.filter(
			(one) =>
				(api === undefined || one.api === api) &&
				(apiMethod === undefined || one.apiMethod === apiMethod),
		).length;
	}

	private get believed(): number {
		return this.wall.believed(this.clock.now());
	}

	private settle(): void {
		this.book.settle(this.clock.now());
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = new URL(request.url ?? '/', 'http://nas');
		const body = await bodyOf(request).catch(() => '');
		response.setHeader('date', new Date(this.believed).toUTCString());
		if (url.pathname.startsWith('/_simulator/')) return control(this, request, url, body, response);
		const { fault, text, status, type } = this.respond({
			method: request.method ?? '',
			url,
			headers: request.headers,
			body,
			remote: request.socket.remoteAddress ?? '',
		});
		if (this.options.answerAfter)
			await new Promise((resolve) => setTimeout(resolve, this.options.answerAfter));
		if (fault) return answerWithFault(fault, response, text, this.options.whenSilent);
		response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
	}

	/** What this NAS makes of a request, without a socket: for tests of thousands of lives in one process. */
	respond(request: PlainRequest): Response {
		const { url, body } = request;
		const prefix = `${this.options.pathPrefix ?? ''}/webapi/`;
		const call = readCall(request, this.options.lenientQuoting === true);
		const recorded = this.record(request, url, body, call);
		const page = (status: number): Response => ({ status, type: 'text/html', text: WEB_PAGE });
		if (this.clock.now() < this.downUntil) return page(502);
		const fault = this.faults.take(call.api, call.method);
		if (fault?.kind === 'dropToken') call.token = '';
		if (fault?.kind === 'code') recorded.code = fault.code ?? 100;
		if (fault && !isCarriedOut(fault)) return { ...page(200), text: '{}', fault };
		if (!url.pathname.startsWith(prefix)) return page(url.pathname === '/' ? 200 : 404);
		const text = this.answer(call, url.pathname.slice(prefix.length).split('/')[0]!, recorded);
		if (text === undefined) return page(404);
		recorded.bytes = Buffer.byteLength(text);
		const next = this.whenCarriedOut.findIndex(
			({ api, apiMethod }) => api === call.api && apiMethod === call.method,
		);
		if (next >= 0) this.whenCarriedOut.splice(next, 1)[0]!.what();
		const type =
			(this.options.dsm ?? '7.2') === '6.2'
				? 'text/plain; charset="UTF-8"'
				: 'application/json; charset="UTF-8"';
		return { status: 200, type, text, fault: fault?.kind === 'dropToken' ? undefined : fault };
	}

	private record(request: PlainRequest, url: URL, body: string, call: ApiCall): Recorded {
		const recorded: Recorded = {
			at: this.clock.now(),
			method: request.method,
			url: `${url.pathname}${url.search}`,
			path: url.pathname,
			headers: request.headers,
			body,
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

	/** DSM's answer, or undefined if there is no such CGI. */
	private answer(call: ApiCall, cgi: string, recorded: Recorded): string | undefined {
		const apis = apiList(this.options);
		const paths = ['query.cgi', ...Object.values(apis).map(({ path }) => path)];
		// `auth.cgi` still answers on DSM 7.
		if (![...paths, 'auth.cgi'].includes(cgi)) return undefined;
		this.settle();
		const shape = { dsm: this.options.dsm ?? '7.2', wall: this.wall, now: this.believed };
		try {
			// DSM answers an API at its own address; discovery at `query.cgi` always.
			const home = apis[call.api]?.path;
			const also =
				call.api === 'SYNO.API.Info'
					? ['query.cgi']
					: call.api === 'SYNO.API.Auth'
						? ['auth.cgi']
						: [];
			if (home !== undefined && home !== cgi && !also.includes(cgi)) throw new DsmFailure(102);
			const data = dispatch(call, {
				options: this.options,
				sessions: this.sessions,
				book: this.book,
				shape,
				apis,
			});
			recorded.code = 0;
			return JSON.stringify(data === undefined ? { success: true } : { data, success: true });
		} catch (error) {
			if (!(error instanceof DsmFailure)) throw error;
			recorded.code = error.code;
			return JSON.stringify({
				error: {
					code: error.code,
					...(error.details === undefined ? {} : { errors: error.details }),
				},
				success: false,
			});
		}
	}
}
