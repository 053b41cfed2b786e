import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Installed } from './install';
import { npm } from './npm';
import { freePort } from './ports';
import { until } from './until';
import { needsOf } from './versions';

const PACKAGE = 'n8n-nodes-synology-hyper-backup';

/** n8n ends an idle connection when it likes: maybe just as it is used for the next request. */
export const OWN_CONNECTION = { connection: 'close' };

const running = new Set<ChildProcess>();
process.on('exit', () => {
	for (const child of running) child.kill('SIGKILL');
});

export interface InstanceOptions {
	port?: number;
	env?: Record<string, string>;
}

/** A real n8n on loopback with a user folder of its own. */
export class N8nInstance {
	/** What n8n keeps: settings, database, installed packages. */
	readonly folder: string;

	log = '';

	private readonly logs = new Map<ChildProcess, string>();

	private child?: ChildProcess;

	private readonly workers: ChildProcess[] = [];

	private constructor(
		readonly installed: Installed,
		readonly port: number,
		private readonly brokerPort: number,
		private readonly env: Record<string, string>,
	) {
		this.folder = mkdtempSync(join(tmpdir(), 'hyper-backup-n8n-'));
	}

	static async create(
		installed: Installed,
		{ port, env = {} }: InstanceOptions = {},
	): Promise<N8nInstance> {
		return new N8nInstance(installed, port ?? (await freePort()), await freePort(), env);
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/**
	 * As n8n's own installer does it: unpack, drop what is not for running, install what is left
	 * without scripts.
	 */
	async installPackage(tarball: string): Promise<void> {
		const target = join(this.folder, '.n8n', 'nodes', 'node_modules', PACKAGE);
		mkdirSync(target, { recursive: true });
		execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
		const manifest = join(target, 'package.json');
		const { devDependencies, peerDependencies, optionalDependencies, ...kept } = JSON.parse(
			readFileSync(manifest, 'utf8'),
		) as Record<string, unknown>;
		writeFileSync(manifest, JSON.stringify(kept));
		await npm({
			folder: target,
			args: [
				'install',
				'--audit=false',
				'--fund=false',
				'--bin-links=false',
				'--install-strategy=shallow',
				'--ignore-scripts=true',
				'--package-lock=false',
			],
			what: 'the package',
		});
	}

	/** Another package, from npm. */
	async installPublished(name: string, version: string): Promise<void> {
		const nodes = join(this.folder, '.n8n', 'nodes');
		await npm({
			folder: nodes,
			args: [
				'install',
				`${name}@${version}`,
				'--audit=false',
				'--fund=false',
				'--ignore-scripts=true',
				'--legacy-peer-deps',
				'--no-save',
				'--package-lock=false',
				'--prefix',
				join(nodes, 'other'),
			],
			what: name,
		});
		cpSync(join(nodes, 'other', 'node_modules'), join(nodes, 'node_modules'), { recursive: true });
		rmSync(join(nodes, 'other'), { recursive: true, force: true });
	}

	/** Starts n8n and waits until it can be used. */
	async start(): Promise<void> {
		const { version } = this.installed;
		const child = (this.child = this.spawn(['start'], {}));
		await until(
			`n8n ${version} to start`,
			async () => {
				if (child.exitCode !== null)
					throw new Error(`n8n ${version} ended at its start.\n${this.log.slice(-3000)}`);
				return await this.ready();
			},
			300,
		);
	}

	/** A worker of the same n8n, in queue mode. It is gone when this instance is disposed of. */
	async startWorker(): Promise<ChildProcess> {
		const health = await freePort();
		const child = this.spawn(['worker'], {
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(health),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		});
		this.workers.push(child);
		await until(
			'a worker to start',
			async () =>
				(
					await fetch(`http://127.0.0.1:${health}/healthz`, { headers: OWN_CONNECTION }).catch(
						() => undefined,
					)
				)?.ok,
			300,
		);
		return child;
	}

	/** One of n8n's own commands, such as `export:workflow`, beside a running n8n or without one. */
	async command(...args: string[]): Promise<void> {
		const child = this.spawn(args, { N8N_RUNNERS_BROKER_PORT: String(await freePort()) });
		const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
		if (code !== 0)
			throw new Error(`n8n ${args.join(' ')} ended with ${code}.\n${this.logs.get(child) ?? ''}`);
	}

	/** Megabytes of the main process. */
	residentMB(): number {
		const pages = /VmRSS:\s+(\d+) kB/.exec(
			readFileSync(`/proc/${this.child?.pid}/status`, 'utf8'),
		)?.[1];
		return Number(pages) / 1024;
	}

	/** How many executions a worker has finished, by its own log. */
	finishedBy(worker: ChildProcess): number {
		return [...(this.logs.get(worker) ?? '').matchAll(/finished execution/gi)].length;
	}

	/**
	 * Whether the main process or this worker has polled for a trigger, by its own log at level
	 * debug.
	 */
	hasPolled(process = this.child): boolean {
		const log = process && this.logs.get(process);
		return /Poll (trigger initiated|returned)/.test(log ?? '');
	}

	private spawn(command: string[], more: Record<string, string>): ChildProcess {
		const { node, bin, version } = this.installed;
		const env: NodeJS.ProcessEnv = {
			PATH: process.env.PATH,
			HOME: this.folder,
			N8N_USER_FOLDER: this.folder,
			N8N_PORT: String(this.port),
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_HOST: '127.0.0.1',
			N8N_PROTOCOL: 'http',
			N8N_SECURE_COOKIE: 'false',
			N8N_ENCRYPTION_KEY: 'a-key-for-demo-and-tests-only',
			N8N_RUNNERS_BROKER_PORT: String(this.brokerPort),
			N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_PERSONALIZATION_ENABLED: 'false',
			N8N_HIRING_BANNER_ENABLED: 'false',
			N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
			N8N_VERIFIED_PACKAGES_ENABLED: 'false',
			GENERIC_TIMEZONE: 'UTC',
			TZ: 'UTC',
			NO_COLOR: '1',
			...needsOf(version).env,
			...this.env,
			...more,
		};
		const child = spawn(node, [bin, ...command], {
			cwd: this.folder,
			env,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		running.add(child);
		const keep = (chunk: Buffer): void => {
			this.log += chunk.toString();
			this.logs.set(child, (this.logs.get(child) ?? '') + chunk.toString());
		};
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		child.once('exit', () => running.delete(child));
		return child;
	}

	async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
		const { child } = this;
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
		child.kill(signal);
		const killTimer = setTimeout(() => child.kill('SIGKILL'), 60_000);
		await gone;
		clearTimeout(killTimer);
	}

	/** Stops it and removes everything it kept. */
	async dispose(): Promise<void> {
		for (const worker of this.workers) worker.kill('SIGKILL');
		await this.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** `/healthz` says ok seconds before n8n is usable; settings are JSON only once it is. */
	private async ready(): Promise<true | undefined> {
		try {
			const health = await fetch(`${this.url}/healthz/readiness`, { headers: OWN_CONNECTION });
			const settings = await fetch(`${this.url}/rest/settings`, { headers: OWN_CONNECTION });
			return health.ok && (await settings.text()).startsWith('{') ? true : undefined;
		} catch {
			return undefined;
		}
	}
}
