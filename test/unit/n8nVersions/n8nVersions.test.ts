import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NEWEST, OLDEST } from '../../../n8n-host/versions';
import { triedVersions } from '../../../n8n-host/tried';
import { versions } from '../../../tools/versions/main';
import { PINS } from '../../../tools/versions/pins';
import type { Registry } from '../../../tools/versions/registry';

const ROOT = join(__dirname, '../../..');

/** npm's registry on some day. `gone`: parts of an n8n that it lists and does not have. */
function registryWith(all: string[], tags: Record<string, string>, gone: string[] = []): Registry {
	return {
		view: (what) => {
			if (what === 'n8n') return { 'dist-tags': tags, versions: all };
			const [, version] = what.split('@');
			if (!what.startsWith('n8n@')) return gone.includes(what) ? undefined : version;
			if (!all.includes(version!)) return undefined;
			return {
				dependencies: {
					'n8n-core': `1${version}`,
					'n8n-workflow': '97.1.0',
					'n8n-nodes-base': '97.1.0',
					sqlite3: '98.0.1',
				},
				engines: { node: '>=24' },
			};
		},
	};
}

const published = () =>
	registryWith([OLDEST, NEWEST, '9.9.9', '10.2.0', '11.0.0-rc.1'], {
		latest: '9.9.9',
		beta: '10.2.0',
	});

/** The project's files, and what becomes of them. */
function checkout() {
	const written = new Map<string, string>();
	return {
		written,
		read: (file: string) => readFileSync(join(ROOT, file), 'utf8'),
		write: (file: string, text: string) => void written.set(file, text),
	};
}

test('says which n8n is the newest and which one n8n recommends; a preview is none', () => {
	const files = checkout();
	expect(versions([], files, published())).toEqual([
		`Tested with: n8n ${NEWEST}`,
		'Newest: n8n 10.2.0',
		'Recommended by n8n: 9.9.9',
		'To raise the pins: --raise',
	]);
	expect(files.written.size).toBe(0);
});

test("n8n's tag `stable` counts where there is one, and versions count by number", () => {
	const registry = registryWith([NEWEST, '10.10.0', '10.9.0'], {
		stable: NEWEST,
		latest: '10.9.0',
	});
	expect(versions([], checkout(), registry)).toEqual(
		expect.arrayContaining(['Newest: n8n 10.10.0', `Recommended by n8n: ${NEWEST}`]),
	);
});

test('an n8n whose parts the registry does not have yet is not the newest, and is named', () => {
	const registry = registryWith([NEWEST, '10.1.0', '10.2.0'], { latest: '10.2.0' }, [
		'n8n-core@110.2.0',
	]);
	expect(versions([], checkout(), registry)).toEqual([
		`Tested with: n8n ${NEWEST}`,
		'Newest: n8n 10.1.0',
		'Recommended by n8n: 10.2.0',
		'Cannot be installed from this registry: n8n 10.2.0, since n8n-core@110.2.0 is missing',
		'To raise the pins: --raise',
	]);
	expect(versions(['--newer'], checkout(), registry)).toEqual(['10.1.0']);
});

test('for a workflow: the newer version and nothing else, or nothing', () => {
	expect(versions(['--newer'], checkout(), published())).toEqual(['10.2.0']);
	const same = registryWith([OLDEST, NEWEST], { latest: NEWEST });
	expect(versions(['--newer'], checkout(), same)).toEqual([]);
	expect(versions([], checkout(), same)[1]).toBe(`Newest: n8n ${NEWEST}, which is not newer`);
});

describe('raising', () => {
	test('moves all pins together, to what that n8n itself depends on', () => {
		const files = checkout();
		const lines = versions(['--raise'], files, published());
		expect([...files.written.keys()]).toEqual([...new Set(PINS.map(({ file }) => file))]);
		const after = (file: string) => files.written.get(file)!;
		expect(after('n8n-host/versions.ts')).toContain("export const NEWEST = '10.2.0'");
		expect(after('n8n-host/versions.ts')).toMatch(/\[NEWEST\]: \{\s+majors.*\s+sqlite3: '98.0.1'/);
		expect(JSON.parse(after('package.json'))).toMatchObject({
			devDependencies: { 'n8n-core': '110.2.0', 'n8n-workflow': '97.1.0' },
			peerDependencies: { 'n8n-workflow': '*' },
		});
		expect(lines).toEqual(expect.arrayContaining(['Next:', '  npm install', '  npm run docs']));
	});

	test('leaves no trace of the one before in any file with a pin, nor touches the oldest', () => {
		const files = checkout();
		versions(['--raise'], files, published());
		for (const file of [
			'n8n-host/versions.ts',
			'package.json',
			'.github/workflows/ci.yml',
			'.github/workflows/container.yml',
		])
			expect([file, files.written.get(file)!.includes(NEWEST)]).toEqual([file, false]);
		for (const file of ['docs/installation.md', 'docs/scaling.md'])
			expect(files.written.get(file)).not.toContain(`n8nio/n8n:${NEWEST}`);
		for (const file of ['n8n-host/versions.ts', '.github/workflows/ci.yml'])
			expect(files.written.get(file)).toContain(OLDEST);
	});

	test('to a version that is named', () => {
		const files = checkout();
		versions(['--raise', '--to', '9.9.9'], files, published());
		expect(files.written.get('n8n-host/versions.ts')).toContain("NEWEST = '9.9.9'");
	});

	test.each([
		[
			'a version that is none',
			['--raise', '--to', 'latest'],
			published(),
			/'latest' is no version/,
		],
		[
			'an n8n that is not there',
			['--raise', '--to', '7.7.7'],
			published(),
			/The registry has no n8n 7\.7\.7/,
		],
		[
			'an n8n without its parts',
			['--raise', '--to', '9.9.9'],
			registryWith(['9.9.9'], { latest: '9.9.9' }, ['n8n-core@19.9.9']),
			/n8n 9\.9\.9 cannot be installed: the registry has no n8n-core@19\.9\.9/,
		],
		[
			'an n8n that names no exact n8n-core',
			['--raise', '--to', '9.9.9'],
			{
				view: (what: string) =>
					what === 'n8n'
						? { 'dist-tags': { latest: '9.9.9' }, versions: ['9.9.9'] }
						: { dependencies: { 'n8n-core': '^9.0.0' } },
			},
			/n8n 9\.9\.9 names no exact version of n8n-core/,
		],
		['an empty registry', [], registryWith([], {}), /names no version of n8n/],
	])('%s: an error, and no file is written', (_what, args, registry, message) => {
		const files = checkout();
		expect(() => versions(args, files, registry)).toThrow(message);
		expect(files.written.size).toBe(0);
	});

	test('a file without its pin: an error, and no file is written', () => {
		const files = checkout();
		const read = (file: string) => (file === 'docs/scaling.md' ? 'moved' : files.read(file));
		expect(() => versions(['--raise'], { ...files, read }, published())).toThrow(
			'docs/scaling.md: no version at',
		);
		expect(files.written.size).toBe(0);
	});
});

describe('what README claims is what was tested', () => {
	const workflow = readFileSync(join(ROOT, '.github/workflows/ci.yml'), 'utf8');

	test('CI runs the end-to-end tests in the oldest and the newest n8n, and in no other', () => {
		const matrix = [...workflow.matchAll(/^ +- n8n: ([\d.]+)$/gm)].map(([, version]) => version);
		expect(matrix).toEqual([OLDEST, NEWEST]);
	});

	test('a run of the tests without a version named is one in the same two', () => {
		expect(triedVersions({}).sort()).toEqual([OLDEST, NEWEST].sort());
	});

	test('README names these two, and no other version of n8n', () => {
		const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
		const claimed = /generated: compatibility -->[^]*?<!-- \/generated/.exec(readme)![0];
		expect(claimed.match(/\d+\.\d+\.\d+/g)).toEqual([OLDEST, NEWEST]);
	});

	test('the tests that the versions page names for the newest n8n run in the newest', () => {
		for (const file of [
			'test/scale/queue.test.ts',
			'test/e2e/scheduler/scenarios.ts',
			'test/e2e/examples.test.ts',
			'test/e2e/upgrade/upgrade.test.ts',
		])
			expect(readFileSync(join(ROOT, file), 'utf8')).toMatch(/stageWith\(NEWEST\b/);
	});
});
