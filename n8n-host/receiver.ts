import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from './until';

export interface Received {
	path: string;
	/** As it arrived. */
	text: string;
	/** The same as JSON; empty if it is none. */
	body: Record<string, unknown>;
}

function parsed(text: string): Record<string, unknown> {
	try {
		return JSON.parse(text) as Record<string, unknown>;
	} catch {
		return {};
	}
}

/** Stands in for the chat, mail or phone that alerts go to. */
export class Receiver {
	readonly received: Received[] = [];

	private constructor(private readonly server: http.Server) {}

	static async start(onReceived: (received: Received) => void = () => {}): Promise<Receiver> {
		const server = http.createServer((request, response) => {
			let text = '';
			request.on('data', (chunk) => (text += chunk));
			request.on('end', () => {
				const received = { path: request.url ?? '', text, body: parsed(text) };
				receiver.received.push(received);
				onReceived(received);
				response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
			});
		});
		const receiver = new Receiver(server);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return receiver;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** The next one to arrive at a path, or one that is there already. */
	async next(path: string): Promise<Received> {
		return await until(`something at ${path}`, () =>
			this.received.find((one) => one.path === path),
		);
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}
}
