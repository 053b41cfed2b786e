import type { BinaryHelperFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { DsmError } from '../errors/DsmError';
import { fromHttpClient } from '../errors/connectionErrors';
import type { ConnectionOptions } from '../session/ConnectionOptions';
import { namesSent, statusError, type Envelope, type FullResponse, type Send } from './httpRequest';
import { IdleLimit } from './IdleLimit';
import { parseResponse } from './parseResponse';

export type Content = Parameters<BinaryHelperFunctions['prepareBinaryData']>[0];
type ByteStream = Exclude<Content, Uint8Array>;

export interface DownloadLimits {
	/** Milliseconds without a byte, before the first one as well: DSM may fetch it from a cloud. */
	idle: number;
	/** Called for each chunk, and at the end: what is wrong with so many bytes. */
	check: (received: number, ended: boolean) => Error | undefined;
	/** Aborts when the execution is stopped. */
	stop?: AbortSignal;
}

/** DSM's refusals and sign-in pages are far smaller. A file up to this size is read as a whole. */
const HEAD_BYTES = 64 * 1024;

const idleError = ({ milliseconds }: IdleLimit): DsmError =>
	new DsmError({
		kind: 'timeout',
		message: `The NAS sent nothing for ${Math.round(milliseconds / 1000)} seconds`,
		description:
			"It may be fetching the file from a slow destination. Raise 'Idle Timeout' in the options, " +
			'or try again when no backup is running.',
	});

const stoppedError = (): DsmError =>
	new DsmError({
		kind: 'stopped',
		message: 'The execution was stopped during the download',
		description: 'The connection was closed, and what was received was discarded.',
	});

/** A response that is being received: all of it if it is small, else its stream. */
export class FileDownload {
	received = 0;

	private failure?: Error;

	private constructor(
		private readonly head: Buffer,
		/** undefined: `head` is all there is. */
		private readonly body: ByteStream | undefined,
		private readonly idle: IdleLimit,
		private readonly limits: DownloadLimits,
		private readonly connection: ConnectionOptions,
	) {}

	/**
	 * DSM refuses with HTTP 200 and JSON in place of the bytes. What says that it is a file, by a
	 * name of its own or by a type that no refusal has, is taken for one.
	 */
	static async of(
		response: FullResponse,
		request: IHttpRequestOptions,
		idle: IdleLimit,
		limits: DownloadLimits,
		connection: ConnectionOptions,
	): Promise<FileDownload | Envelope> {
		const body = response.body as ByteStream;
		const { head, ended } = saysFile(response.headers)
			? { head: Buffer.alloc(0), ended: false }
			: await readHead(body, idle);
		if (ended) {
			const refusal = refusalIn(head, response.headers, request);
			if (refusal) return refusal;
		}
		return new FileDownload(head, ended ? undefined : body, idle, limits, connection);
	}

	/** Hands the bytes to `take`, which has to read them to the end. */
	async deliver<T>(take: (content: Content) => Promise<T>): Promise<T> {
		try {
			if (this.body === undefined) return await take(this.whole());
			return await take(streamLike(this.body, this.checked(this.body)));
		} catch (error) {
			// A store may wrap what its source threw.
			throw this.failure ?? error;
		} finally {
			this.idle.end();
			this.body?.destroy();
		}
	}

	private whole(): Buffer {
		this.received = this.head.length;
		this.failure = this.limits.check(this.received, true);
		if (this.failure) throw this.failure;
		return this.head;
	}

	private async *checked(body: ByteStream): AsyncGenerator<Buffer, void> {
		const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer, void>;
		try {
			if (this.head.length > 0) yield this.count(this.head);
			for (;;) {
				// A client may wrap the stream so that it cannot be destroyed while it waits for a chunk.
				const next = await untilAborted(chunks.next(), this.idle.signal);
				if (next.done === true) break;
				yield this.count(next.value);
			}
			this.reject(this.limits.check(this.received, true));
		} catch (error) {
			this.failure ??= explained(error, this.idle, this.connection);
			throw this.failure;
		} finally {
			body.destroy();
		}
	}

	private count(chunk: Buffer): Buffer {
		this.idle.touch();
		this.received += chunk.length;
		this.reject(this.limits.check(this.received, false));
		return chunk;
	}

	private reject(problem: Error | undefined): void {
		if (problem) throw (this.failure = problem);
	}
}

type StreamClass = ByteStream['constructor'] & {
	from: (chunks: AsyncIterable<Buffer>) => ByteStream;
};

/**
 * A stream of these chunks, made by the class of another one: nodes may not import Node's own
 * modules, and n8n's stores take nothing but a stream.
 */
function streamLike(stream: ByteStream, chunks: AsyncIterable<Buffer>): ByteStream {
	const { from } = stream.constructor as StreamClass;
	return from(chunks);
}

/** `work`, or an error as soon as `signal` aborts, whatever the HTTP client makes of it. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	let onAbort: (() => void) | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		onAbort = () => reject(new Error('timeout'));
		signal.addEventListener('abort', onAbort);
		if (signal.aborted) onAbort();
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		if (onAbort) signal.removeEventListener('abort', onAbort);
	}
}

function explained(error: unknown, idle: IdleLimit, connection: ConnectionOptions): DsmError {
	if (idle.passed) return idleError(idle);
	if (idle.signal.aborted) return stoppedError();
	return fromHttpClient(error, connection);
}

function saysFile(headers: Record<string, unknown>): boolean {
	const type = String(headers['content-type'] ?? '');
	return namesFile(headers) || !/json|html|text\/plain|^$/i.test(type);
}

const namesFile = (headers: Record<string, unknown>): boolean =>
	/attachment|filename/i.test(String(headers['content-disposition'] ?? ''));

/** The beginning, or all of it where it is small. The rest stays in the stream. */
async function readHead(
	body: ByteStream,
	idle: IdleLimit,
): Promise<{ head: Buffer; ended: boolean }> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of body.iterator({ destroyOnReturn: false })) {
		idle.touch();
		chunks.push(chunk as Buffer);
		bytes += (chunk as Buffer).length;
		if (bytes > HEAD_BYTES) return { head: Buffer.concat(chunks), ended: false };
	}
	return { head: Buffer.concat(chunks), ended: true };
}

/** DSM's `success: false`, or an error where a web page came. Any other text is a file. */
function refusalIn(
	head: Buffer,
	headers: Record<string, unknown>,
	request: IHttpRequestOptions,
): Envelope | undefined {
	const text = head.toString('utf8').trim();
	const isPage = /html/i.test(String(headers['content-type'] ?? ''));
	if (!isPage && !/^\{.*"success"\s*:\s*false|^\{\s*"error"/s.test(text)) return undefined;
	// A web page in the backup has its length checked; a sign-in page has another one.
	if (isPage && !/^<(!doctype|html)/i.test(text)) return undefined;
	const envelope = parseResponse(text, () => namesSent(request));
	return envelope.success ? undefined : envelope;
}

async function receive(
	send: Send,
	connection: ConnectionOptions,
	request: IHttpRequestOptions,
	limits: DownloadLimits,
	idle: IdleLimit,
): Promise<FileDownload | Envelope> {
	const response = (await send({
		...request,
		...connection.requestDefaults,
		headers: { ...request.headers, 'Accept-Encoding': 'identity' },
		timeout: limits.idle,
		abortSignal: idle.signal,
	})) as FullResponse;
	if (response.statusCode !== 200) throw statusError(response, connection);
	return await FileDownload.of(response, request, idle, limits, connection);
}

/** Requests a file. A refusal comes back as DSM's envelope; bytes are given on by `deliver`. */
export async function requestFile(
	send: Send,
	connection: ConnectionOptions,
	request: IHttpRequestOptions,
	limits: DownloadLimits,
): Promise<FileDownload | Envelope> {
	const idle = new IdleLimit(limits.idle, limits.stop);
	let download: FileDownload | Envelope | undefined;
	try {
		if (idle.signal.aborted) throw stoppedError();
		const receiving = receive(send, connection, request, limits, idle);
		download = await untilAborted(receiving, idle.signal);
		return download;
	} catch (error) {
		throw explained(error, idle, connection);
	} finally {
		if (!(download instanceof FileDownload)) idle.end();
	}
}
