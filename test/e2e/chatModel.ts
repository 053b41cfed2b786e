import http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Stands in for a language model with OpenAI's API: calls the one tool it is offered, and responds
 * with the tool's output.
 */
export class ChatModel {
	/** The tools the agent offered. */
	readonly tools: string[] = [];

	/** The messages of the user. */
	readonly asked: string[] = [];

	private constructor(private readonly server: http.Server) {}

	static async start(): Promise<ChatModel> {
		const server = http.createServer((request, response) => {
			let text = '';
			request.on('data', (chunk) => (text += chunk));
			request.on('end', () =>
				model.respond(JSON.parse(text === '' ? '{}' : text) as ChatRequest, response),
			);
		});
		const model = new ChatModel(server);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return model;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}

	private respond(
		{ messages = [], tools = [], stream }: ChatRequest,
		response: http.ServerResponse,
	): void {
		this.tools.push(...tools.map((tool) => tool.function.name));
		const texts = (wanted: string): string[] =>
			messages
				.filter(({ role }) => role === wanted)
				.map(({ content }) => (typeof content === 'string' ? content : JSON.stringify(content)));
		this.asked.push(...texts('user'));
		const outputs = texts('tool');
		const call = {
			id: 'call_1',
			type: 'function',
			function: { name: tools[0]?.function.name ?? '', arguments: '{}' },
		};
		const message =
			outputs.length === 0 && tools.length > 0
				? { role: 'assistant', content: null, tool_calls: [call] }
				: { role: 'assistant', content: `The tool returned: ${outputs.join(' ')}` };
		const reason = 'tool_calls' in message ? 'tool_calls' : 'stop';
		const head = { id: 'chatcmpl-1', created: 1, model: 'gpt-4o-mini' };
		if (stream) {
			const delta =
				'tool_calls' in message ? { ...message, tool_calls: [{ index: 0, ...call }] } : message;
			response.writeHead(200, { 'content-type': 'text/event-stream' });
			response.write(
				`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: null }] })}\n\n`,
			);
			response.write(
				`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta: {}, finish_reason: reason }] })}\n\n`,
			);
			response.end('data: [DONE]\n\n');
			return;
		}
		const body = {
			...head,
			object: 'chat.completion',
			choices: [{ index: 0, message, finish_reason: reason }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	}
}

interface ChatRequest {
	messages?: Array<{ role: string; content: unknown }>;
	tools?: Array<{ function: { name: string } }>;
	stream?: boolean;
}
