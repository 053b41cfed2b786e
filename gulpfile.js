const { dest, parallel, src } = require('gulp');
const { build } = require('esbuild');
const { mkdir, writeFile } = require('node:fs/promises');
const { dirname, join, posix } = require('node:path');

/** What n8n loads: class to file, below `dist/` as below the project. */
const ENTRIES = {
	HyperBackup: 'nodes/HyperBackup/HyperBackup.node',
	HyperBackupTrigger: 'nodes/HyperBackup/HyperBackupTrigger.node',
	SynologyHyperBackupApi: 'credentials/SynologyHyperBackupApi.credentials',
};

const ALL = 'nodes/HyperBackup/hyperBackup.js';

/**
 * All code in one file, which the files that n8n looks for hand their class out of: n8n reads 4 small files at its start, not 80. Comments and indentation are
 * left out; every name stays, so a stack trace and a formatter still show the code as it was written.
 */
async function code() {
	const everything = Object.entries(ENTRIES).map(
		([name, file]) => `export { ${name} } from './${file}';`,
	);
	await build({
		stdin: { contents: everything.join('\n'), resolveDir: __dirname, loader: 'ts' },
		outfile: `dist/${ALL}`,
		bundle: true,
		packages: 'external',
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		charset: 'utf8',
		legalComments: 'none',
		minifySyntax: true,
		minifyWhitespace: true,
		lineLimit: 160,
	});
	for (const [name, file] of Object.entries(ENTRIES)) {
		const from = posix.relative(posix.dirname(file), ALL);
		const path = join('dist', `${file}.js`);
		await mkdir(dirname(path), { recursive: true });
		await writeFile(
			path,
			`exports.${name} = require('${from.startsWith('.') ? from : `./${from}`}').${name};\n`,
		);
	}
}

/** What n8n reads beside the code: icons and codex files. */
const icons = () => src('nodes/**/*.{svg,png}', { encoding: false }).pipe(dest('dist/nodes'));
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

exports.default = parallel(code, icons, codex);
