import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';

const WORKFLOW = join(__dirname, '../../../.github/workflows/publish.yml');
const NAME = 'n8n-nodes-synology-hyper-backup';

interface Step {
	name?: string;
	id?: string;
	run?: string;
	if?: string;
}

const { jobs } = parse(readFileSync(WORKFLOW, 'utf8')) as {
	jobs: Record<string, { steps: Step[] }>;
};
const STEPS = jobs.publish!.steps;

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'hyper-backup-publish-'));
	mkdirSync(join(folder, 'package'));
	writeFileSync(join(folder, 'package/package.json'), `{"name":"${NAME}","version":"1.2.3"}`);
	spawnSync('tar', ['-czf', 'package.tgz', 'package'], { cwd: folder });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the step of the workflow as GitHub does, with an npm whose registry has these versions. */
function askNpm(published: string[], tag = 'v1.2.3') {
	const npm = join(folder, 'npm');
	const known = published.map((version) => `${NAME}@${version}) echo ${version} ;;`).join(' ');
	writeFileSync(npm, `#!/bin/sh\ncase "$2" in ${known} *) echo E404 >&2; exit 1 ;; esac\n`);
	chmodSync(npm, 0o755);
	const output = join(folder, 'output');
	writeFileSync(output, '');
	const { run } = STEPS.find(({ id }) => id === 'npm')!;
	const { status } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run!], {
		cwd: folder,
		env: {
			...process.env,
			PATH: `${folder}${delimiter}${process.env.PATH}`,
			GITHUB_OUTPUT: output,
			GITHUB_REF_NAME: tag,
		},
	});
	return { status, output: readFileSync(output, 'utf8').trim() };
}

test('a version that npm has is not published again', () => {
	expect(askNpm(['1.2.2', '1.2.3'])).toEqual({ status: 0, output: 'has=true' });
});

test('a version that npm does not have is published', () => {
	expect(askNpm([])).toEqual({ status: 0, output: 'has=false' });
	expect(askNpm(['1.2.2'])).toEqual({ status: 0, output: 'has=false' });
});

test('a tag of another version ends the job', () => {
	expect(askNpm([], 'v1.2.4')).toEqual({ status: 1, output: '' });
});

test('only the step that publishes depends on it', () => {
	const conditional = STEPS.filter((step) => step.if !== undefined);
	expect(conditional.map((step) => [step.name, step.if])).toEqual([
		['Publish', "steps.npm.outputs.has == 'false'"],
	]);
});
