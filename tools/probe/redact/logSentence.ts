/**
 * The sentences of Hyper Backup's log that are known, from its beginning to where details follow.
 */
const SENTENCES = [
	'Backup task started.',
	'Backup task finished successfully.',
	'Backup task partially completed.',
	'Backup task was cancelled.',
	'Backup task was suspended (suspension incomplete).',
	'Backup task was suspended.',
	'Backup task was discarded successfully.',
	'Resume backup task.',
	'Failed to run backup task.',
	'Failed to start backup task.',
	'Exception occurred while backing up data.',
	'Incomplete file backup.',
	'Backup integrity check has started.',
	'Backup integrity check is finished. No error was found.',
	'Backup integrity check is finished. The target is found broken.',
	'Backup integrity check was cancelled.',
	'Failed to run backup integrity check.',
	'Trigger version rotation.',
	'Version rotation failed.',
	'Credentials changed on the destination.',
	'Backup started.',
	'Backup complete.',
];

const DESTINATIONS = ['Local', 'Network', 'WebDAV', 'Synology C2', 'Amazon S3'];

const COUNT = /^\[\d{1,12} (files scanned|new files|files modified|files unchanged)\]$/;

/** What stands in front of the sentence: `[Local][task] `, `[task] `. */
const PREFIX = /^((?:\[[^\][]*\])*)\s*/;

/** Gives a user's word its placeholder. */
export type Replace = (text: string) => string;

const brackets = (text: string): string[] => text.match(/\[[^\][]*\]/g) ?? [];

function prefixOf(text: string, replace: Replace): string {
	const parts = brackets(text).map((part) => part.slice(1, -1));
	return parts
		.map((part, index) => {
			const isKind = index === 0 && parts.length > 1 && DESTINATIONS.includes(part);
			return `[${isKind ? part : replace(part)}]`;
		})
		.join('');
}

function detailsOf(text: string, replace: Replace): string {
	const parts = brackets(text);
	const kept = parts.map((part) => (COUNT.test(part) ? part : `[${replace(part.slice(1, -1))}]`));
	return kept.length === 0 && text.trim() !== '' ? ` (${replace(text.trim())})` : kept.join(' ');
}

/**
 * A row of the log with every name and path replaced; undefined where the sentence is not known.
 */
export function redactSentence(event: string, replace: Replace): string | undefined {
	const [, prefix = ''] = PREFIX.exec(event) ?? [];
	const rest = event.slice(prefix.length).trim();
	const sentence = SENTENCES.find((known) => rest.startsWith(known));
	if (sentence === undefined) return undefined;
	const details = detailsOf(rest.slice(sentence.length), replace).trim();
	const lead = prefixOf(prefix, replace);
	return [lead, sentence, details].filter((part) => part !== '').join(' ');
}

export const isKnownSentence = (event: string): boolean =>
	redactSentence(event, () => '') !== undefined;
