import type { Release } from './offered';

/**
 * Where the newest n8n stands, in texts that no command generates. What pages say about a certain
 * version ("2.41 uses it") is a finding, not a pin: it stays.
 */
export interface Pin {
	file: string;
	/** With one group, the version. */
	pattern: RegExp;
	version: (release: Release) => string;
}

const n8n = ({ n8n: version }: Release): string => version;

export const PINS: Pin[] = [
	{
		file: 'n8n-host/versions.ts',
		pattern: /(?<=^export const NEWEST = ')[\d.]+/m,
		version: n8n,
	},
	{
		file: 'n8n-host/versions.ts',
		pattern: /(?<=\[NEWEST\]: \{\n\t\tmajors: \[[\d, ]+\],\n\t\tsqlite3: ')[\d.]+/,
		version: ({ sqlite3 }) => sqlite3,
	},
	{ file: 'package.json', pattern: /(?<="n8n-core": ")[\d.]+/, version: ({ core }) => core },
	{
		file: 'package.json',
		pattern: /(?<="n8n-workflow": ")\d[\d.]+/,
		version: ({ workflow }) => workflow,
	},
	{
		file: '.github/workflows/ci.yml',
		pattern: /(?<=- n8n: )(?!1\.)[\d.]+/,
		version: n8n,
	},
	{
		file: '.github/workflows/ci.yml',
		pattern: /(?<=key: n8n-)[\d.]+(?=-)/,
		version: n8n,
	},
	{ file: '.github/workflows/container.yml', pattern: /(?<=n8nio\/n8n:)[\d.]+/, version: n8n },
	{ file: 'docs/installation.md', pattern: /(?<=n8nio\/n8n:)[\d.]+/, version: n8n },
	{ file: 'docs/scaling.md', pattern: /(?<=n8nio\/n8n:)[\d.]+/, version: n8n },
];

/** All pins are raised or none: `read` and `write` get paths within the project. */
export function raisePins(
	release: Release,
	read: (file: string) => string,
	write: (file: string, text: string) => void,
): string[] {
	const texts = new Map<string, string>();
	for (const { file, pattern, version } of PINS) {
		const text = texts.get(file) ?? read(file);
		if (!pattern.test(text)) throw new Error(`${file}: no version at ${pattern.source}`);
		texts.set(file, text.replace(pattern, version(release)));
	}
	for (const [file, text] of texts) write(file, text);
	return [...texts.keys()];
}
