import type { ServerResponse } from 'node:http';
import type { FileSpec, Mishap } from './FileSpec';

/** The bytes of a file; a large one is made on the way and never held as a whole. */
export interface FileContent {
	size: number;
	chunks: () => Iterable<Buffer>;
	contentType?: string;
	mishap?: Mishap;
}

const CHUNK = 64 * 1024;

/** Always the same bytes, and no two chunks alike. */
export function* madeUpBytes(size: number): Iterable<Buffer> {
	for (let start = 0; start < size; start += CHUNK) {
		const chunk = Buffer.alloc(Math.min(CHUNK, size - start), `${start} `);
		yield chunk;
	}
}

export function contentOf({ content = '', size, contentType, mishap }: FileSpec): FileContent {
	if (size !== undefined) return { size, chunks: () => madeUpBytes(size), contentType, mishap };
	const bytes = Buffer.from(content);
	return { size: bytes.length, chunks: () => [bytes], contentType, mishap };
}

function* firstBytes(chunks: Iterable<Buffer>, count: number): Iterable<Buffer> {
	let left = count;
	for (const chunk of chunks) {
		if (left <= 0) return;
		yield chunk.subarray(0, left);
		left -= chunk.length;
	}
}

function* altered(chunks: Iterable<Buffer>): Iterable<Buffer> {
	let isFirst = true;
	for (const chunk of chunks) {
		const copy = Buffer.from(chunk);
		if (isFirst) copy[0] = (copy[0] ?? 0) ^ 1;
		isFirst = false;
		yield copy;
	}
}

function sent({ size, chunks, mishap }: FileContent): Iterable<Buffer> {
	switch (mishap) {
		case 'altered':
			return altered(chunks());
		case 'long':
			return [...chunks(), Buffer.from('x')];
		case 'short':
		case 'brokenOff':
		case 'stalls':
			return firstBytes(chunks(), Math.floor(size / 2));
		default:
			return chunks();
	}
}

/** Waits until the client has taken what was written; false if it went away. */
async function write(response: ServerResponse, chunk: Buffer): Promise<boolean> {
	if (response.destroyed) return false;
	if (response.write(chunk)) return true;
	return await new Promise((resolve) => {
		const settle = (): void => {
			response.off('drain', settle);
			response.off('close', settle);
			resolve(!response.destroyed);
		};
		response.on('drain', settle);
		response.on('close', settle);
	});
}

/** Sends the file, in the way that its mishap says. */
export async function sendFile(
	content: FileContent,
	response: ServerResponse,
	whenSilent: () => void = () => undefined,
): Promise<void> {
	const { size, mishap, contentType = 'application/octet-stream' } = content;
	const length = { short: Math.floor(size / 2), long: size + 1 }[String(mishap)] ?? size;
	response.writeHead(200, {
		'content-type': contentType,
		'content-length': String(length),
		'cache-control': 'no-store',
	});
	for (const chunk of sent(content)) if (!(await write(response, chunk))) return;
	if (mishap === 'stalls') whenSilent();
	else if (mishap === 'brokenOff') response.destroy();
	else response.end();
}
