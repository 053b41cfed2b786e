import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { packProject } from '../../n8n-host/pack';
import { readPublisher, type Publisher } from './publisher';

/** A folder of texts, read once. */
export interface Files {
	folder: string;
	/** By path, with `/`. */
	texts: Map<string, string>;
}

/** What is checked: the tarball as npm would publish it, and the sources it was built from. */
export interface Release {
	root: string;
	/** The unpacked tarball. */
	packed: Files;
	/** nodes/, credentials/, and the files of the root that a check reads. */
	sources: Files;
	publisher: Publisher;
	/** package.json of the tarball. */
	manifest: Record<string, unknown>;
	/** Bytes of the tarball. */
	size: number;
	/** yyyy-mm-dd */
	today: string;
	/** It is about to be published: what may still be open in between is a finding. */
	publish: boolean;
}

/** What is wrong, as one sentence that begins with where. */
export type Check = (release: Release) => string[];

function walk(folder: string, at: string): Array<[string, string]> {
	return readdirSync(join(folder, at), { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => {
			const file = join(entry.parentPath ?? entry.path, entry.name);
			return [relative(folder, file).split(sep).join('/'), readFileSync(file, 'utf8')];
		});
}

const SOURCES = ['nodes', 'credentials'];

function sourcesOf(root: string): Files {
	const top = readdirSync(root, { withFileTypes: true })
		.filter(
			(entry) => entry.isFile() && /^(package\.json|\.?eslint\S*|[A-Z]+\S*)$/.test(entry.name),
		)
		.map(({ name }): [string, string] => [name, readFileSync(join(root, name), 'utf8')]);
	return {
		folder: root,
		texts: new Map([...SOURCES.flatMap((name) => walk(root, name)), ...top]),
	};
}

/** Packs the project at `root` as it is built, and unpacks it into a temporary folder. */
export function openRelease(
	root: string,
	{ publish, today }: Pick<Release, 'publish' | 'today'>,
): Release & { close: () => void } {
	const tarball = packProject(root);
	const folder = mkdtempSync(join(tmpdir(), 'hyper-backup-release-'));
	execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	const texts = new Map(walk(folder, '.'));
	const { size } = statSync(tarball);
	rmSync(dirname(tarball), { recursive: true, force: true });
	return {
		root,
		packed: { folder, texts },
		sources: sourcesOf(root),
		publisher: readPublisher(root),
		manifest: JSON.parse(texts.get('package.json')!) as Record<string, unknown>,
		size,
		today,
		publish,
		close: () => rmSync(folder, { recursive: true, force: true }),
	};
}
