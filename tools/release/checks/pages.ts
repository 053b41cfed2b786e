import type { Check } from '../Release';

/** Days between the date of a version in the changelog and its publication. */
const MOST_DAYS = 7;

const daysBetween = (from: string, to: string): number =>
	(Date.parse(to) - Date.parse(from)) / 86_400_000;

function changelogDate(date: string, today: string, publish: boolean): string[] {
	const days = daysBetween(date, today);
	if (Number.isNaN(days)) return [`CHANGELOG.md: ${date} is no date`];
	// The date of the one who wrote it may be ahead of UTC's.
	if (days < -1) return [`CHANGELOG.md: ${date} is in the future`];
	return publish && days > MOST_DAYS ? [`CHANGELOG.md: ${date} is not the day of the release`] : [];
}

/** The version has its part in the changelog, with a date, and nothing waits above it. */
export const changelog: Check = ({ sources, manifest, today, publish }) => {
	const version = String(manifest.version);
	const text = sources.texts.get('CHANGELOG.md') ?? '';
	const parts = text.split(/^## /m).slice(1);
	const part = parts.find((each) => each.split(/\s/)[0] === version);
	if (part === undefined) return [`CHANGELOG.md: has no part "## ${version} - yyyy-mm-dd"`];
	const [heading, ...lines] = part.split('\n');
	const date = /^\S+ - (\d{4}-\d\d-\d\d)$/.exec(heading!)?.[1];
	const found =
		date === undefined
			? [`CHANGELOG.md: the heading of ${version} has to be "## ${version} - yyyy-mm-dd"`]
			: changelogDate(date, today, publish);
	if (lines.join('').trim() === '') found.push(`CHANGELOG.md: the part of ${version} is empty`);
	const unreleased = parts.find((each) => /^unreleased/i.test(each));
	if (publish && unreleased !== undefined && /[-*] /.test(unreleased))
		found.push('CHANGELOG.md: "Unreleased" has entries that belong to a version');
	return found;
};

/** What n8n's review expects to read. */
const SECTIONS: Array<[RegExp, string]> = [
	[/^## Install/m, 'how to install it'],
	[/^## Credential/m, 'the credential'],
	[/^## Operations/m, 'the operations'],
	[/^## Compatibility/m, 'the versions of n8n'],
	[/^## Example/m, 'an example'],
];

export const readme: Check = ({ packed }) =>
	SECTIONS.filter(([heading]) => !heading.test(packed.texts.get('README.md') ?? '')).map(
		([, what]) => `README.md: has no section about ${what}`,
	);

export const license: Check = ({ packed }) =>
	/^MIT License\n/.test(packed.texts.get('LICENSE') ?? '')
		? []
		: ['LICENSE: is not the MIT license'];
