import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who publishes the package: filled in once, before the first release, and nowhere else. */
export interface Publisher {
	/** As on npm and GitHub: n8n's review compares them. */
	author: string;
	email: string;
	/** On GitHub: `owner/name`. */
	repository: string;
}

export const PUBLISHER_FILE = 'tools/release/publisher.json';

/** What stands in the file until someone fills it in. */
export const PLACEHOLDERS: Publisher = {
	author: 'The n8n-nodes-synology-hyper-backup authors',
	email: 'n8n-nodes-synology-hyper-backup@users.noreply.github.com',
	repository: 'n8n-nodes-synology-hyper-backup/n8n-nodes-synology-hyper-backup',
};

const FIELDS = ['author', 'email', 'repository'] as const;

/** What a template or a hurry leaves behind. */
const TEMPLATE = /[<>{}]|\b(todo|tbd|fixme|changeme|placeholder|your)\b|example\.(com|org|net)/i;

export function parsePublisher(text: string): Publisher {
	const publisher = JSON.parse(text) as Publisher;
	for (const field of FIELDS)
		if (typeof publisher[field] !== 'string' || publisher[field].trim() === '')
			throw new Error(`${PUBLISHER_FILE}: "${field}" is missing`);
	if (!/^[\w.-]+\/[\w.-]+$/.test(publisher.repository))
		throw new Error(`${PUBLISHER_FILE}: "repository" has to be owner/name, as on GitHub`);
	return publisher;
}

export const readPublisher = (root: string): Publisher =>
	parsePublisher(readFileSync(join(root, PUBLISHER_FILE), 'utf8'));

/** What is still to be filled in. */
export const unfilled = (publisher: Publisher): string[] =>
	FIELDS.filter((field) => publisher[field] === PLACEHOLDERS[field]);

/** What was filled in with a word that is none. */
export const templateTexts = (publisher: Publisher): string[] =>
	FIELDS.filter((field) => TEMPLATE.test(publisher[field]));

/** The fields of package.json that follow from it. */
export function publishedFields({ author, email, repository }: Publisher): Record<string, unknown> {
	const url = `https://github.com/${repository}`;
	return {
		author: { name: author, email },
		homepage: `${url}#readme`,
		repository: { type: 'git', url: `git+${url}.git` },
		bugs: { url: `${url}/issues` },
	};
}

/** A text of the project after a change of its publisher. */
export function withPublisher(text: string, before: Publisher, after: Publisher): string {
	return text
		.replaceAll(`github.com/${before.repository}`, `github.com/${after.repository}`)
		.replaceAll(before.email, after.email)
		.replaceAll(before.author, after.author);
}

/** What package.json says now. */
export function publisherOf(manifest: Record<string, unknown>): Publisher {
	const { author, repository } = manifest as {
		author?: { name?: string; email?: string };
		repository?: { url?: string };
	};
	const path = /github\.com\/([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(repository?.url ?? '')?.[1];
	if (!author?.name || !author.email || path === undefined)
		throw new Error('package.json needs an author with name and email, and a GitHub repository');
	return { author: author.name, email: author.email, repository: path };
}
