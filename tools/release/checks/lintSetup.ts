import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Check } from '../Release';

/** n8n's lint demands this text in strict mode. */
const STOCK = /^import \{ config \} from '@n8n\/node-cli\/eslint';\s+export default config;\s*$/;

const LINT_SCRIPT = 'eslint nodes credentials package.json';

/** The project lints what it publishes with n8n's configuration, unchanged. */
export const stockLint: Check = ({ sources, manifest }) => {
	const found: string[] = [];
	if (!STOCK.test(sources.texts.get('eslint.config.mjs') ?? ''))
		found.push("eslint.config.mjs: is not n8n's stock configuration");
	// ESLint takes these before eslint.config.mjs, or in addition.
	for (const name of sources.texts.keys())
		if (/^(eslint\.config\.(js|cjs|ts|mts|cts)|\.eslint(rc|ignore).*)$/.test(name))
			found.push(`${name}: changes n8n's stock configuration`);
	const { lint } = (manifest.scripts ?? {}) as Record<string, string>;
	if (!lint?.split(' && ').includes(LINT_SCRIPT))
		found.push(`package.json: the script lint has to run "${LINT_SCRIPT}"`);
	return found;
};

/** n8n's scanner and n8n's lint: the longest check, half a minute. */
export const n8nScan: Check = ({ root, packed }) => {
	const printed = execFileSync(
		process.execPath,
		[join(__dirname, '../n8nScan.mjs'), root, packed.folder],
		// Under NODE_ENV=test n8n's rules take every file for a node.
		{
			encoding: 'utf8',
			maxBuffer: 64_000_000,
			env: { ...process.env, NODE_ENV: 'production' },
		},
	);
	return JSON.parse(printed.trim().split('\n').pop()!) as string[];
};
