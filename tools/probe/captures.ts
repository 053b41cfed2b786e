import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exchange } from './connection/Recorder';
import { rowOf, rowsOf } from './ProbedNas';
import type { Redactor } from './redact/Redactor';

export interface Capture {
	file: string;
	content: string;
	note: string;
}

export interface StoredFile {
	name: string;
	content: string;
}

/** Sessions are no captures: their responses are secrets and little else. */
const isSession = ({ api, method }: Exchange): boolean =>
	api === 'SYNO.API.Auth' && method === 'logout';

const slug = (text: string): string =>
	text
		.replace(/([a-z])([A-Z])/g, '$1$2')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '');

function apiSlug(api: string): string {
	return slug(
		api
			.replace(/^SYNO\./, '')
			.replace(/^SDS\.Backup\.(Client\.)?(Common\.)?/, 'sdsbackup-')
			.replace(/^Backup\.Service\.VersionBackup/, 'vault-versionbackup'),
	);
}

/** What distinguishes two responses of one method: the code, or DSM's words. */
function variantOf(redacted: unknown): string {
	const { success, data, error } = rowOf(redacted);
	if (success !== true) return `error-${Number(rowOf(error).code ?? 0)}`;
	const { state, status, last_bkp_result: result } = rowOf(data);
	return slug([state, status, result].filter((word) => typeof word === 'string').join('-'));
}

/** `dsm72` for DSM 7.2 and its updates; `dsm` where the NAS did not say. */
export function dsmTag(exchanges: readonly Exchange[]): string {
	for (const { api, envelope } of exchanges) {
		const text = rowOf(rowOf(envelope).data).version_string;
		const version = /^DSM (\d+)\.(\d+)/.exec(String(text));
		if (api === 'SYNO.DSM.Info' && version) return `dsm${version[1]}${version[2]}`;
	}
	return 'dsm';
}

const noteOf = ({ api, method, version, parameters }: Exchange): string => {
	const names = parameters.length === 0 ? '' : ` (${[...new Set(parameters)].join(', ')})`;
	return `${api} ${method} version ${version}${names}`;
};

/** Each distinct response once, in the order in which they came. */
export function capturesOf(exchanges: readonly Exchange[], redactor: Redactor): Capture[] {
	const tag = dsmTag(exchanges);
	const captures: Capture[] = [];
	const known = new Set<string>();
	const names = new Map<string, number>();
	for (const exchange of exchanges) {
		if (isSession(exchange) || exchange.envelope === undefined) continue;
		const redacted = redactor.redact(exchange.envelope);
		const content = `${JSON.stringify(redacted, null, 2)}\n`;
		const key = `${exchange.api} ${exchange.method} ${exchange.version} ${content}`;
		if (known.has(key)) continue;
		known.add(key);
		const variant = variantOf(redacted);
		const parts = [apiSlug(exchange.api), slug(exchange.method), tag, variant];
		const name = parts.filter((part) => part !== '').join('-');
		const number = (names.get(name) ?? 0) + 1;
		names.set(name, number);
		const file = `${name}${number === 1 ? '' : `-${number}`}.json`;
		captures.push({ file, content, note: noteOf(exchange) });
	}
	return captures;
}

const versionIn = (exchanges: readonly Exchange[], redactor: Redactor): string => {
	const texts = exchanges.map(({ envelope }) => rowOf(rowOf(redactor.redact(envelope)).data));
	const found = texts.find(({ version_string: text }) => typeof text === 'string');
	return String(found?.version_string ?? 'DSM of unknown version');
};

/** The table that `test/fixtures/captures/INDEX.md` has, for these files. */
export function indexOf(captures: Capture[], source: string): string {
	const rows = captures.map(({ file, note }) => `| ${file} | A- | ${source} | ${note} |`);
	return `# Where each capture comes from

Grade A-: the raw response of a real NAS, in which the probe replaced names, addresses and secrets by
placeholders. The same name has the same placeholder in all files. Read them before you share them.

| File | Grade | Source | Note |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

/** Everything that the probe writes: the responses, their index, and the verdicts. */
export function filesOf(
	exchanges: readonly Exchange[],
	redactor: Redactor,
	verdicts: string,
): { captures: Capture[]; files: StoredFile[] } {
	const captures = capturesOf(exchanges, redactor);
	const source = `npm run probe, ${versionIn(exchanges, redactor)}`;
	const files = [
		...captures.map(({ file, content }) => ({ name: file, content })),
		{ name: 'INDEX.md', content: indexOf(captures, source) },
		{ name: 'VERDICTS.md', content: verdicts },
	];
	return { captures, files };
}

/** The folder must not exist, so that nothing of an earlier run is mixed in. */
export async function writeFolder(folder: string, files: StoredFile[]): Promise<void> {
	await mkdir(folder, { recursive: false });
	for (const { name, content } of files) await writeFile(join(folder, name), content);
}

/** Every text that only this session has: found nowhere in what is written. */
export function sessionSecrets(exchanges: readonly Exchange[]): string[] {
	return exchanges.flatMap(({ api, envelope }) => {
		if (api !== 'SYNO.API.Auth') return [];
		const { data, error } = rowOf(envelope);
		const fields = [rowOf(data), rowOf(rowOf(error).errors), ...rowsOf(rowOf(error).errors)];
		return fields.flatMap((row) =>
			Object.entries(row).flatMap(([name, value]) =>
				/sid|token|did|device_id/.test(name) && typeof value === 'string' ? [value] : [],
			),
		);
	});
}
