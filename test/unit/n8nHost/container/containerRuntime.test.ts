import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { containerRuntime } from '../../../../n8n-host/container/containerRuntime';
import { N8nInstance, type InstanceOptions } from '../../../../n8n-host/instance';
import { obtainN8n } from '../../../../n8n-host/obtain';
import { until } from '../../../../n8n-host/until';
import { FakeDocker } from './FakeDocker';

const IMAGE = 'docker.n8n.io/n8nio/n8n:2.41.1';

let docker: FakeDocker | undefined;
let n8n: N8nInstance | undefined;

afterEach(async () => {
	await n8n?.dispose();
	n8n = undefined;
	docker?.close();
	docker = undefined;
});

/** n8n from the image, as tests and demo get it. */
async function started(
	options: InstanceOptions = {},
	platform: NodeJS.Platform = 'linux',
): Promise<{ fake: FakeDocker; n8n: N8nInstance }> {
	docker = new FakeDocker();
	n8n = await N8nInstance.create(await containerRuntime(IMAGE, () => {}, platform), options);
	await n8n.start();
	return { fake: docker, n8n };
}

const isAlive = (pid: number): boolean => {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
};

/** What stands behind each occurrence of an option. */
const valuesOf = (args: string[], option: string): string[] =>
	args.filter((_, index) => args[index - 1] === option);

describe('n8n in a container', () => {
	test('starts from the image, with its folder and the network of this computer', async () => {
		const { fake, n8n: instance } = await started();
		const [run] = fake.callsOf('run');
		const { folder } = instance;
		expect(run!.slice(0, 3)).toEqual(['run', '--rm', '--name']);
		expect(run![3]).toMatch(new RegExp(`^hyper-backup-n8n-${process.pid}-\\d+$`));
		expect(valuesOf(run!, '--network')).toEqual(['host']);
		expect(valuesOf(run!, '--user')).toEqual([`${process.getuid!()}:${process.getgid!()}`]);
		expect(valuesOf(run!, '--mount')).toEqual([`type=bind,source=${folder},target=${folder}`]);
		expect(valuesOf(run!, '--workdir')).toEqual([folder]);
		expect(run!.slice(-2)).toEqual([IMAGE, 'start']);
		expect(instance.version).toBe('2.41.1');
		expect(instance.log).toContain('runs n8n start');
	});

	test('gets its environment by name: no value of it is an argument', async () => {
		const { fake } = await started({ env: { N8N_SCHEDULER_ENABLED: 'a-value-of-ours' } });
		const [run] = fake.callsOf('run');
		expect(valuesOf(run!, '--env')).toEqual(
			expect.arrayContaining(['N8N_USER_FOLDER', 'N8N_ENCRYPTION_KEY', 'N8N_SCHEDULER_ENABLED']),
		);
		expect(run!.join(' ')).not.toMatch(/a-key-for-demo|a-value-of-ours/);
	});

	test('reads the other folders it needs', async () => {
		const dist = mkdtempSync(join(tmpdir(), 'hyper-backup-shared-'));
		const { fake } = await started({ shared: [dist] });
		expect(valuesOf(fake.callsOf('run')[0]!, '--mount')).toContain(
			`type=bind,source=${dist},target=${dist}`,
		);
		rmSync(dist, { recursive: true });
	});

	test('runs a command of n8n in a container of its own, and reports one that fails', async () => {
		const { fake, n8n: instance } = await started();
		await instance.command('export:workflow', '--all');
		await expect(instance.command('fail')).rejects.toThrow(
			/n8n fail ended with 3[^]*runs n8n fail/,
		);
		const runs = fake.callsOf('run');
		expect(runs.map((run) => run.slice(run.indexOf(IMAGE) + 1))).toEqual([
			['start'],
			['export:workflow', '--all'],
			['fail'],
		]);
		expect(new Set(runs.map((run) => run[3])).size).toBe(3);
	});

	test('tells its memory from that of the processes it has started', async () => {
		const { n8n: instance } = await started();
		expect(instance.residentMB()).toBe(200);
	});
});

describe('a container is removed', () => {
	test.each(['SIGTERM', 'SIGKILL'] as const)('after %s, and n8n starts anew', async (signal) => {
		const { fake, n8n: instance } = await started();
		const [first] = fake.containers;
		await instance.stop(signal);
		expect(isAlive(first!)).toBe(false);
		expect(fake.callsOf('kill').map((call) => call.slice(0, 3))).toEqual([
			['kill', '--signal', signal],
		]);
		await instance.start();
		expect(fake.containers).toHaveLength(1);
		expect(fake.containers).not.toContain(first);
	});

	test('with its folder', async () => {
		const { fake, n8n: instance } = await started();
		await instance.dispose();
		expect([fake.containers, existsSync(instance.folder)]).toEqual([[], false]);
	});

	test('when the process that has started it is killed', async () => {
		docker = new FakeDocker();
		const owner = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'owner.ts'), IMAGE], {
			env: process.env,
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const folder = await new Promise<string>((resolve) =>
			owner.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())),
		);
		const [container] = docker.containers;
		expect(isAlive(container!)).toBe(true);
		owner.kill('SIGKILL');
		await until('the container to be removed', () => !isAlive(container!));
		expect(docker.callsOf('rm')).toEqual([
			['rm', '--force', expect.stringContaining(`hyper-backup-n8n-${owner.pid}-`)],
		]);
		rmSync(folder, { recursive: true, force: true });
	});
});

describe('where a container has a network of its own', () => {
	test("its port is published on loopback, and this computer has Docker's name", async () => {
		const { fake, n8n: instance } = await started({}, 'darwin');
		const [run] = fake.callsOf('run');
		const { port } = instance;
		expect(valuesOf(run!, '--publish')).toEqual([`127.0.0.1:${port}:${port}`]);
		expect(valuesOf(run!, '--add-host')).toEqual(['host.docker.internal:host-gateway']);
		expect(run).not.toContain('--network');
		expect(instance.url).toBe(`http://127.0.0.1:${port}`);
	});

	test('addresses of this computer are those that n8n reaches', async () => {
		docker = new FakeDocker();
		const said = JSON.stringify({
			baseUrl: 'http://127.0.0.1:5000',
			alert: '=https://localhost:8080/alert?x=1',
			host: '127.0.0.1',
			text: 'Task on 127.0.0.1 failed',
			other: 'http://127.0.0.10:1/',
		});
		const apart = await containerRuntime(IMAGE, () => {}, 'darwin');
		expect(JSON.parse(apart.reachable(said))).toEqual({
			baseUrl: 'http://host.docker.internal:5000',
			alert: '=https://host.docker.internal:8080/alert?x=1',
			host: 'host.docker.internal',
			text: 'Task on 127.0.0.1 failed',
			other: 'http://127.0.0.10:1/',
		});
		const together = await containerRuntime(IMAGE, () => {}, 'linux');
		expect(together.reachable(said)).toBe(said);
	});
});

describe('where the image cannot run, one sentence says why, and the way out', () => {
	const refusal = async (platform: NodeJS.Platform = 'linux'): Promise<string> =>
		await containerRuntime(IMAGE, () => {}, platform).then(
			() => 'n8n can run',
			(error: Error) => error.message,
		);

	test('no Docker', async () => {
		docker = new FakeDocker();
		process.env.PATH = mkdtempSync(join(tmpdir(), 'hyper-backup-empty-'));
		expect(await refusal()).toBe(
			`n8n cannot run from the image ${IMAGE}, because there is no Docker on this machine (no ` +
				"program 'docker' on the PATH): install Docker, or leave out the image: n8n is then " +
				'installed from npm.',
		);
	});

	test.each([
		['daemon', 'its daemon does not respond: start Docker, or leave out the image'],
		['account', "may not use Docker: add it to the group 'docker', or leave out the image"],
		['image', "'docker: Error response from daemon: manifest unknown.': check the image, or"],
	] as const)('a fault of the %s', async (fault, sentence) => {
		docker = new FakeDocker(fault);
		expect(await refusal()).toContain(sentence);
	});

	test('an image without n8n', async () => {
		docker = new FakeDocker('', 'PostgreSQL sixteen');
		expect(await refusal()).toContain("is no image of n8n: its version is 'PostgreSQL sixteen'");
	});

	test('Windows', async () => {
		docker = new FakeDocker();
		expect(await refusal('win32')).toContain('on Windows: run this in WSL, or leave out the image');
	});
});

describe('tests of one version', () => {
	test('run in an image that contains it, and in no other', async () => {
		docker = new FakeDocker('', '2.41.3');
		expect((await obtainN8n('2.41.3', () => {}, IMAGE)).version).toBe('2.41.3');
		await expect(obtainN8n('2.41.1', () => {}, IMAGE)).rejects.toThrow(
			`n8n 2.41.1 was asked for, and the image ${IMAGE} contains 2.41.3`,
		);
	});
});
