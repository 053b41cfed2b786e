import {
	chmodSync,
	copyFileSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A `docker` in front of the PATH of this process, which writes down how it was called. */
export class FakeDocker {
	readonly folder = mkdtempSync(join(tmpdir(), 'hyper-backup-docker-'));

	private readonly before = { ...process.env };

	constructor(fault: '' | 'daemon' | 'account' | 'image' = '', n8n = '2.41.1') {
		copyFileSync(join(__dirname, 'fakeDocker.cjs'), join(this.folder, 'docker'));
		chmodSync(join(this.folder, 'docker'), 0o755);
		Object.assign(process.env, {
			PATH: `${this.folder}${delimiter}${process.env.PATH}`,
			FAKE_DOCKER_FOLDER: this.folder,
			FAKE_DOCKER_FAULT: fault,
			FAKE_DOCKER_N8N: n8n,
		});
	}

	/** The arguments of each call so far. */
	get calls(): string[][] {
		const file = join(this.folder, 'calls.jsonl');
		if (!existsSync(file)) return [];
		return readFileSync(file, 'utf8')
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as string[]);
	}

	/** The arguments of the calls of one command, without the one that reads n8n's version. */
	callsOf(command: string): string[][] {
		return this.calls.filter(([name, ...rest]) => name === command && rest.at(-1) !== '--version');
	}

	/** Process IDs of the containers that run. */
	get containers(): number[] {
		return readdirSync(this.folder)
			.filter((name) => name.endsWith('.container'))
			.map((name) => Number(readFileSync(join(this.folder, name), 'utf8')));
	}

	close(): void {
		for (const name of Object.keys(process.env)) delete process.env[name];
		Object.assign(process.env, this.before);
		rmSync(this.folder, { recursive: true, force: true });
	}
}
