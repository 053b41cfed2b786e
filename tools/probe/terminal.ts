import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** What the probe needs of a terminal. */
export interface Terminal {
	say(line: string): void;
	ask(question: string): Promise<string>;
	/** What is typed is not shown. */
	askHidden(question: string): Promise<string>;
	/** Ctrl-C does this in place of ending the program. */
	onInterrupt(what: () => void): void;
	close(): void;
}

/** Lets the question through, and nothing that is typed. */
class Muted extends Writable {
	isMuted = false;

	constructor(private readonly output: NodeJS.WritableStream) {
		super();
	}

	override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
		if (!this.isMuted) this.output.write(chunk);
		done();
	}
}

/** Lines as they come, requested or not: what is pasted or piped may come early. */
class Lines {
	private readonly ready: string[] = [];

	private waiting?: { resolve: (line: string) => void; reject: (error: Error) => void };

	private ended = false;

	add(line: string): void {
		const { waiting } = this;
		this.waiting = undefined;
		if (waiting) waiting.resolve(line);
		else this.ready.push(line);
	}

	end(): void {
		this.ended = true;
		this.waiting?.reject(new Error('The input ended before everything was typed'));
	}

	async next(): Promise<string> {
		const line = this.ready.shift();
		if (line !== undefined) return line;
		return await new Promise((resolve, reject) => {
			this.waiting = { resolve, reject };
			if (this.ended) this.end();
		});
	}
}

export function openTerminal(
	input: NodeJS.ReadableStream = process.stdin,
	output: NodeJS.WritableStream = process.stdout,
): Terminal {
	const muted = new Muted(output);
	const isTerminal = 'isTTY' in input && input.isTTY === true;
	// Without a history: it would hold the password.
	const editor = createInterface({ input, output: muted, terminal: isTerminal, historySize: 0 });
	const lines = new Lines();
	editor.on('line', (line) => lines.add(line));
	editor.on('close', () => lines.end());
	return {
		say: (line) => void output.write(`${line}\n`),
		ask: async (question) => {
			editor.setPrompt(`${question} `);
			editor.prompt();
			return (await lines.next()).trim();
		},
		askHidden: async (question) => {
			output.write(`${question} `);
			editor.setPrompt('');
			muted.isMuted = true;
			try {
				return await lines.next();
			} finally {
				muted.isMuted = false;
				output.write('\n');
			}
		},
		onInterrupt: (what) => {
			process.on('SIGINT', what);
			editor.on('SIGINT', what);
		},
		close: () => editor.close(),
	};
}
