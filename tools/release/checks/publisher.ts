import { publishedFields, PUBLISHER_FILE, templateTexts, unfilled } from '../publisher';
import type { Check, Release } from '../Release';

const REPOSITORY_LINK = /https:\/\/github\.com\/([\w.-]+\/[\w.-]+)/g;

/** Fields that still hold their placeholder: in between fine, for publishing a finding. */
export const toFillIn = (release: Release): string[] => unfilled(release.publisher);

const FILL_IN = `fill in ${PUBLISHER_FILE} and run "npm run release:publisher"`;

/** Links of nodes and credential that lead to the project lead to the publisher's repository. */
function foreignLinks({ packed, manifest }: Release, repository: string): string[] {
	const name = String(manifest.name).split('/').pop()!;
	return [...packed.texts]
		.filter(([file]) => /^(dist\/|package\.json)/.test(file))
		.flatMap(([file, text]) =>
			[...text.matchAll(REPOSITORY_LINK)]
				.map(([, path]) => path!.replace(/\.git$/, ''))
				.filter((path) => path.split('/')[1] === name && path !== repository)
				.map((path) => `${file}: links to ${path}, the repository is ${repository}`),
		);
}

/** One publisher, in all places, and a real one. */
export const publisher: Check = (release) => {
	const { publisher: read } = release;
	const fields = Object.entries(publishedFields(read))
		.filter(([field, value]) => JSON.stringify(release.manifest[field]) !== JSON.stringify(value))
		.map(([field]) => `package.json: ${field} is not what ${PUBLISHER_FILE} says`);
	const templates = templateTexts(read).map(
		(field) => `${PUBLISHER_FILE}: "${field}" is a placeholder: ${read[field as 'author']}`,
	);
	const open = release.publish ? toFillIn(release) : [];
	return [
		...fields,
		...templates,
		...open.map((field) => `${PUBLISHER_FILE}: "${field}" is still a placeholder: ${FILL_IN}`),
		...foreignLinks(release, read.repository),
	];
};
