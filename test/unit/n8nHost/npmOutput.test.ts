import { NpmOutput } from '../../../n8n-host/npmOutput';

const REGISTRY = 'https://registry.npmjs.org';

function outputOf(...chunks: string[]): NpmOutput {
	const output = new NpmOutput();
	for (const chunk of chunks) output.push(chunk);
	return output;
}

describe('the packages that npm reports', () => {
	test('are resolved, fetched and installed, each counted for itself', () => {
		const { counts } = outputOf(
			`npm http fetch GET 200 ${REGISTRY}/zod 8ms (cache stale)\n`,
			`npm http fetch GET 200 ${REGISTRY}/@tiptap%2fcore 64ms (cache miss)\n`,
			`npm http fetch GET 200 ${REGISTRY}/zod/-/zod-3.23.3.tgz 54ms (cache miss)\n`,
			`npm http cache yup@${REGISTRY}/yup/-/yup-0.32.11.tgz 0ms (cache hit)\n`,
			`npm http cache ws@${REGISTRY}/ws/-/ws-8.0.0.tgz 0ms (cache hit)\n`,
			'npm timing reifyNode:node_modules/zod Completed in 68321ms\n',
			'npm timing idealTree Completed in 26270ms\n',
		);
		expect(counts).toEqual({ resolved: 2, fetched: 3, installed: 1 });
	});

	test('are counted once when a line comes in two chunks', () => {
		const { counts } = outputOf(
			`npm http fetch GET 200 ${REGISTRY}/zod/-/zod-3`,
			'.23.3.tgz 54ms (cache miss)\n',
		);
		expect(counts.fetched).toBe(1);
	});

	test('are none when npm prints nothing', () => {
		expect(outputOf().counts).toEqual({ resolved: 0, fetched: 0, installed: 0 });
	});
});

test('what is kept for an error is without the lines that only count', () => {
	const output = outputOf(
		`npm http fetch GET 200 ${REGISTRY}/zod 8ms\nnpm error code EACCES\n`,
		'npm timing npm Completed in 8ms\nnpm error permission denied',
	);
	expect(output.text).toBe('npm error code EACCES\nnpm error permission denied');
});

test('what is kept stays short, with the end of what npm said', () => {
	const output = outputOf('npm warn deprecated\n'.repeat(2000), 'npm error code EACCES\n');
	expect(output.text.length).toBeLessThanOrEqual(8000);
	expect(output.text).toMatch(/npm error code EACCES\n$/);
});

test.each([
	['npm error code ETARGET\nnpm error notarget No matching version found for n8n@9.9.9.\n', true],
	['npm ERR! code ENOVERSIONS\n', true],
	['npm error code E404\n', true],
	['npm error code EACCES\n', false],
	['npm error A complete log mentions ETARGET\n', false],
	['', false],
])('whether a version was not found: %j is %s', (text, notFound) => {
	expect(outputOf(text).isNotFound).toBe(notFound);
});
