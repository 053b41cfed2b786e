import type { Socket } from 'node:net';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { sendFile } from './explore/fileContent';
import { respondWithFault, type FaultKind } from './faults';
import { bodyOf } from './readRequest';
import type { TaskBook } from './task/TaskBook';
import type { NasOptions } from './types';
import type { WebApi } from './WebApi';

interface Parts {
	options: NasOptions;
	api: WebApi;
	book: TaskBook;
	/** What the NAS believes the time is. */
	believed: () => number;
	control: (request: IncomingMessage, url: URL, body: string, response: ServerResponse) => void;
}

const CONTROL = '/_simulator/';

/** The NAS's web server on loopback. */
export class HttpServer {
	/** Connections that are open now. */
	connections = 0;

	/** Without a path. */
	address?: string;

	private server?: http.Server;

	constructor(private readonly parts: Parts) {}

	async start(): Promise<void> {
		const { tls, host = '127.0.0.1', port = 0 } = this.parts.options;
		const listener = (request: IncomingMessage, response: ServerResponse): void =>
			void this.handle(request, response).catch((error: unknown) => {
				process.stderr.write(`The simulator failed at a request: ${String(error)}\n`);
				response.destroy();
			});
		const server =
			typeof tls === 'object' ? https.createServer(tls, listener) : http.createServer(listener);
		this.server = server;
		server.on('connection', (socket: Socket) => {
			this.connections++;
			socket.once('close', () => this.connections--);
		});
		// As DSM's web server does it.
		server.keepAliveTimeout = 20_000;
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(port, host, resolve);
		});
		const scheme = typeof tls === 'object' ? 'https' : 'http';
		this.address = `${scheme}://${host}:${(server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		const { server } = this;
		if (!server) return;
		server.closeAllConnections();
		await new Promise<void>((resolve) => server.close(() => resolve()));
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { api, options, believed, control } = this.parts;
		const url = new URL(request.url ?? '/', 'http://nas');
		const body = await bodyOf(request).catch(() => '');
		response.setHeader('date', new Date(believed()).toUTCString());
		if (url.pathname.startsWith(CONTROL)) return control(request, url, body, response);
		const { fault, text, status, type, headers, file } = api.respond({
			method: request.method ?? '',
			url,
			headers: request.headers,
			body,
			remote: request.socket.remoteAddress ?? '',
		});
		if (file?.job) this.track(file.job, response);
		const late = (options.answerAfter ?? 0) + (fault?.milliseconds ?? 0);
		await fault?.until;
		if (late > 0) await new Promise((resolve) => setTimeout(resolve, late));
		if (file && (fault === undefined || isAboutFile(fault.kind))) {
			const mishap = fault?.kind === 'truncated' ? 'brokenOff' : file.content.mishap;
			return await sendFile({ ...file.content, mishap }, response, options.whenSilent);
		}
		if (fault && fault.kind !== 'late') {
			return respondWithFault(fault, response, text, options.whenSilent);
		}
		response
			.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers })
			.end(text);
	}

	/** A download counts as running until its response is sent or broken off. */
	private track(job: TaskBook['downloadJobs'][number], response: ServerResponse): void {
		const { downloadJobs } = this.parts.book;
		downloadJobs.push(job);
		response.once('close', () => downloadJobs.splice(downloadJobs.indexOf(job), 1));
	}
}

/** A file is sent all the same: late, or only in part. */
const isAboutFile = (kind: FaultKind): boolean => kind === 'late' || kind === 'truncated';
