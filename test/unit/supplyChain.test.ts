import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../.github/workflows');
const WORKFLOWS = readdirSync(FOLDER).map((name): [string, string] => [
	name,
	readFileSync(join(FOLDER, name), 'utf8'),
]);

/** The jobs of a workflow, by name, as text. */
function jobsOf(workflow: string): Map<string, string> {
	const [, jobs] = workflow.split(/^jobs:\n/m);
	const parts = jobs!.split(/^ {2}([\w-]+):\n/m).slice(1);
	return new Map(
		parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1]!]] : [])),
	);
}

describe.each(WORKFLOWS)('%s', (_name, text) => {
	test('pins every action to a commit, and says of which release', () => {
		const uses = text.split('\n').filter((line) => line.includes('uses:'));
		expect(uses.length).toBeGreaterThan(0);
		for (const line of uses) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	});

	test('leaves no token behind after a checkout', () => {
		const checkouts = text.split(/^ +- uses: actions\/checkout@/m).slice(1);
		for (const rest of checkouts) {
			const step = rest.split(/^ +- /m)[0];
			expect(step).toMatch(/persist-credentials: false/);
		}
	});

	test("names no registry but npm's own, where a token is for", () => {
		const named = [...text.matchAll(/\S*registry\S*/gi)].map(([word]) => word);
		for (const word of named) expect(word).toMatch(/^'\/\/registry\.npmjs\.org\/:_authToken=/);
	});

	test('has no right for all its jobs but to read', () => {
		expect(text).toMatch(/^permissions:( \{\}|\n {2}contents: read)\n\n/m);
	});

	test('gives no job that runs code of the project a right to write', () => {
		for (const [, job] of jobsOf(text)) {
			const runsCode = /npm (ci|run|test|install)|actions\/checkout/.test(job);
			const writes = /: write$/m.test(job);
			expect([runsCode, writes]).not.toEqual([true, true]);
		}
	});
});

test('only the job that publishes can identify itself to npm, and it publishes the tested tarball', () => {
	const jobs = jobsOf(Object.fromEntries(WORKFLOWS)['publish.yml']!);
	expect([...jobs.keys()]).toEqual(['build', 'publish', 'release']);
	for (const [name, job] of jobs) expect(job.includes('id-token: write')).toBe(name === 'publish');
	const publish = jobs.get('publish')!;
	expect(publish).toMatch(/sha256sum --check[\s\S]*npm publish \.\/package\.tgz --provenance/);
	expect(publish).toContain('environment: npm');
	expect(publish).toContain("if: steps.npm.outputs.has == 'false'");
	const build = jobs.get('build')!;
	expect(build.indexOf('npm run release:check -- --publish')).toBeGreaterThan(-1);
});

describe('npm publish on a machine', () => {
	let registry: http.Server;
	let requests: string[];

	beforeEach(async () => {
		requests = [];
		registry = http.createServer((request, response) => {
			requests.push(request.method!);
			response.writeHead(request.method === 'GET' ? 404 : 201).end('{}');
		});
		await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
	});

	afterEach(async () => {
		registry.closeAllConnections();
		await new Promise((resolve) => registry.close(resolve));
	});

	async function publish(...flags: string[]): Promise<{ code: number | null; output: string }> {
		const address = `//127.0.0.1:${(registry.address() as AddressInfo).port}/`;
		const args = ['publish', `--registry=http:${address}`, `--${address}:_authToken=x`, ...flags];
		// As on a machine of one's own, also when the tests run in a workflow.
		const { CI, GITHUB_ACTIONS, GITLAB_CI, ...env } = process.env;
		const child = spawn('npm', args, { cwd: join(__dirname, '../..'), env });
		let output = '';
		child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
		child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
		const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
		return { code, output };
	}

	test('is refused before anything is sent, although npm skips prepublishOnly', async () => {
		const { code, output } = await publish();
		expect(code).not.toBe(0);
		expect(output).toMatch(/provenance generation not supported/);
		expect(requests).not.toContain('PUT');
	});

	test('is refused by prepublishOnly where scripts may run', async () => {
		const { code, output } = await publish('--ignore-scripts=false');
		expect(code).not.toBe(0);
		expect(output).toContain('Only the workflow "Publish" publishes this package');
		expect(requests).toEqual([]);
	});
});
