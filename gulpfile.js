const { dest, parallel, src } = require('gulp');
const { build, transform } = require('esbuild');
const { mkdir, writeFile } = require('node:fs/promises');
const { dirname } = require('node:path');

/**
 * The nodes and the credential, with what they share in chunks beside them: n8n reads 5 files at its start, not 76. Comments and indentation are left
 * out; every name stays, so a stack trace and a formatter still show the code as it was written.
 */
async function code() {
	const { outputFiles } = await build({
		entryPoints: [
			'nodes/HyperBackup/HyperBackup.node.ts',
			'nodes/HyperBackup/HyperBackupTrigger.node.ts',
			'credentials/SynologyHyperBackupApi.credentials.ts',
		],
		outbase: '.',
		outdir: 'dist',
		chunkNames: 'nodes/shared-[hash]',
		bundle: true,
		splitting: true,
		packages: 'external',
		platform: 'node',
		target: 'node20',
		charset: 'utf8',
		legalComments: 'none',
		minifySyntax: true,
		format: 'esm',
		write: false,
	});
	// esbuild splits ES modules only, and n8n requires CommonJS.
	for (const file of outputFiles) {
		const { code } = await transform(file.text, { format: 'cjs', platform: 'node', target: 'node20', charset: 'utf8', minifyWhitespace: true, lineLimit: 160 });
		await mkdir(dirname(file.path), { recursive: true });
		await writeFile(file.path, code);
	}
}

/** What n8n reads beside the code: icons and codex files. */
const icons = () => src('nodes/**/*.{svg,png}', { encoding: false }).pipe(dest('dist/nodes'));
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

exports.default = parallel(code, icons, codex);
