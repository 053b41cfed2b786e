import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from './npm';
import { freePort } from './ports';
import type { Launched, Runtime } from './runtime';
import { until } from './until';
import { needsOf } from './versions';

const PACKAGE = 'n8n-nodes-synology-hyper-backup';

/** n8n ends an idle connection when it likes: maybe just as it is used for the next request. */
export const OWN_CONNECTION = { connection: 'close' };

const running = new Set<Launched>();
process.on('exit', () => {
	for (const launched of running) launched.kill('SIGKILL');
});

export interface InstanceOptions {
	port?: number;
	env?: Record<string, string>;
	/** Folders that n8n reads beside its own: a link in its folder does not bring them along. */
	shared?: string[];
}

/** A real n8n on loopback with a user folder of its own. */
export class N8nInstance {
	/** What n8n keeps: settings, database, installed packages. */
	readonly folder: string;

	log = '';

	private readonly logs = new Map<Launched, string>();

	private main?: Launched;

	private readonly workers: Launched[] = [];

	private constructor(
		private readonly runtime: Runtime,
		readonly port: number,
		private readonly brokerPort: number,
		private readonly env: Record<string, string>,
		private readonly shared: string[],
	) {
		this.folder = mkdtempSync(join(tmpdir(), 'hyper-backup-n8n-'));
	}

	static async create(
		runtime: Runtime,
		{ port, env = {}, shared = [] }: InstanceOptions = {},
	): Promise<N8nInstance> {
		return new N8nInstance(runtime, port ?? (await freePort()), await freePort(), env, shared);
	}

	get version(): string {
		return this.runtime.version;
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** A JSON text in which addresses of this machine's loopback are as n8n reaches them. */
	reachable(json: string): string {
		return this.runtime.reachable(json);
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
		const { child } = (this.main = this.launch(['start'], [this.port]));
		await until(
			`n8n ${this.version} to start`,
			async () => {
				if (child.exitCode !== null)
					throw new Error(`n8n ${this.version} ended at its start.\n${this.log.slice(-3000)}`);
				return await this.ready();
			},
			300,
		);
	}

	/** A worker of the same n8n, in queue mode. It is gone when this instance is disposed of. */
	async startWorker(): Promise<Launched> {
		const health = await freePort();
		const worker = this.launch(['worker'], [health], {
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(health),
			N8N_WORKER_SERVER_ADDRESS: this.runtime.listenAddress,
		});
		this.workers.push(worker);
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
		return worker;
	}

	/** One of n8n's own commands, such as `export:workflow`, beside a running n8n or without one. */
	async command(...args: string[]): Promise<void> {
		const port = String(await freePort());
		const launched = this.launch(args, [], { N8N_RUNNERS_BROKER_PORT: port });
		const code = await new Promise<number | null>((resolve) =>
			launched.child.once('close', resolve),
		);
		const log = this.logs.get(launched) ?? '';
		if (code !== 0) throw new Error(`n8n ${args.join(' ')} ended with ${code}.\n${log}`);
	}

	/** Megabytes of the main process. */
	residentMB(): number {
		if (!this.main) throw new Error('n8n was not started');
		return this.main.residentMB();
	}

	/** How many executions a worker has finished, by its own log. */
	finishedBy(worker: Launched): number {
		return [...(this.logs.get(worker) ?? '').matchAll(/finished execution/gi)].length;
	}

	/**
	 * Whether the main process or this worker has polled for a trigger, by its own log at level
	 * debug.
	 */
	hasPolled(launched = this.main): boolean {
		const log = launched && this.logs.get(launched);
		return /Poll (trigger initiated|returned)/.test(log ?? '');
	}

	private launch(command: string[], ports: number[], more: Record<string, string> = {}): Launched {
		const { folder, shared } = this;
		const env = { ...this.settings(), ...needsOf(this.version).env, ...this.env, ...more };
		const launched = this.runtime.launch({ command, folder, shared, env, ports });
		const { child } = launched;
		running.add(launched);
		const keep = (chunk: Buffer): void => {
			this.log += chunk.toString();
			this.logs.set(launched, (this.logs.get(launched) ?? '') + chunk.toString());
		};
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		child.once('exit', () => running.delete(launched));
		return launched;
	}

	/** Alone on loopback, asking nobody on the internet. */
	private settings(): Record<string, string> {
		return {
			N8N_USER_FOLDER: this.folder,
			N8N_PORT: String(this.port),
			N8N_LISTEN_ADDRESS: this.runtime.listenAddress,
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
			// From n8n 3 on, this is what loads a package that n8n has not verified.
			N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
			GENERIC_TIMEZONE: 'UTC',
			TZ: 'UTC',
			NO_COLOR: '1',
		};
	}

	async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
		const { main } = this;
		if (!main || main.child.exitCode !== null || main.child.signalCode !== null) return;
		const gone = new Promise<void>((resolve) => main.child.once('exit', () => resolve()));
		main.kill(signal);
		const killTimer = setTimeout(() => main.kill('SIGKILL'), 60_000);
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
			// n8n has its settings before its other routes; it refuses this one once it is there.
			const owner = await fetch(`${this.url}/rest/owner/setup`, {
				method: 'POST',
				headers: OWN_CONNECTION,
			});
			const isThere = owner.status !== 404 && (await settings.text()).startsWith('{');
			return health.ok && isThere ? true : undefined;
		} catch {
			return undefined;
		}
	}
}
