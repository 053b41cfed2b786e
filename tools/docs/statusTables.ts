import {
	mapDocumentedStatus,
	mapStatus,
	type DsmWords,
	type MappedStatus,
} from '../../nodes/HyperBackup/hyperBackup/task/statusMapping';
import { GRADE_TEXTS, RESULTS_OF_DSM, STATES, STATUSES_OF_DSM, type Grade } from './dsmWords';
import { code, table } from './markdown';

const shown = (value: string | null): string => (value === null ? '' : code(value));

const cells = ({ status, activity, last_result, problem }: MappedStatus): string[] => [
	`**${code(status)}**`,
	shown(activity),
	shown(last_result),
	shown(problem),
];

const HEAD = ['`status`', '`activity`', '`last_result`', '`problem`'];

/** A task of which everything is in order. */
const FINE: DsmWords = { state: 'backupable', status: 'none', last_bkp_result: 'done' };

function wordTable(field: keyof DsmWords, words: Array<[string, Grade, string]>): string {
	// A backup that runs shows in two words at once.
	const others = (word: string): DsmWords =>
		word === 'backup' ? { ...FINE, last_bkp_result: 'backingup' } : FINE;
	const rows = words.map(([word, grade, meaning]) => [
		code(word),
		meaning,
		...cells(mapStatus({ ...others(word), [field]: word })),
		GRADE_TEXTS[grade],
	]);
	const unheard = [
		'any other word',
		'not known',
		...cells(mapStatus({ ...FINE, [field]: '(the word)' })).map((cell) =>
			cell.replace('`(the word)`', 'the word'),
		),
		'',
	];
	return table([`DSM's ${code(field)}`, 'means', ...HEAD, 'Evidence'], [...rows, unheard]);
}

/** Where more than one of the three words decides, or one is not there. */
const TOGETHER: Array<[said: string, words: DsmWords, stateless?: boolean]> = [
	['`backup` and `resuming`', { ...FINE, status: 'backup', last_bkp_result: 'resuming' }],
	[
		'`restore_only`, and a backup is running',
		{ state: 'restore_only', status: 'backup', last_bkp_result: 'backingup' },
	],
	['`error_detect` and `detect`', { ...FINE, state: 'error_detect', status: 'detect' }],
	[
		'`error_detect` and `detect_waiting`',
		{ ...FINE, state: 'error_detect', status: 'detect_waiting' },
	],
	[
		'`broken`, and the last run was `failed`',
		{ ...FINE, state: 'broken', last_bkp_result: 'failed' },
	],
	[
		'`version_deleting` after a run that `failed`',
		{ ...FINE, status: 'version_deleting', last_bkp_result: 'failed' },
	],
	['no `last_bkp_result`, or an empty one', { state: 'backupable', status: 'none' }],
	['no `status`', { state: 'backupable', last_bkp_result: 'done' }],
	['no `state`', { status: 'none', last_bkp_result: 'done' }],
	['no `state`, of a LUN task', { status: 'none', last_bkp_result: 'success' }, true],
];

export function statusSection(): string {
	const together = TOGETHER.map(([said, words, stateless]) => [
		said,
		...cells(mapStatus(words, stateless)),
	]);
	return [
		'### By what is running',
		"DSM's `status`; `state` is `backupable` and `last_bkp_result` is `done` in these rows; with `backup`, `last_bkp_result` is `backingup`.",
		wordTable('status', STATUSES_OF_DSM),
		'### By what may be done with the task',
		"DSM's `state`, while nothing is running.",
		wordTable('state', STATES),
		'### By how the last run ended',
		"DSM's `last_bkp_result`, while nothing is running and `state` is `backupable`. `backingup` and `resuming` contradict `none`: the response came between two updates, or the run died.",
		wordTable('last_bkp_result', RESULTS_OF_DSM),
		'### Where more than one word decides',
		table(['DSM says', ...HEAD], together),
	].join('\n\n');
}

export function documentedStatusSection(): string {
	const words = ['idle', 'running', 'suspended', 'error', 'any other word'];
	return table(
		['The NAS says', '`status`'],
		words.map((word) => [
			word.includes(' ') ? word : code(word),
			`**${code(mapDocumentedStatus(word))}**`,
		]),
	);
}

/** For docs/dsm-api.md: every word by its evidence. */
export function wordsSection(): string {
	const fields: Array<[string, Array<[string, Grade, string]>]> = [
		['state', STATES],
		['status', STATUSES_OF_DSM],
		['last_bkp_result', RESULTS_OF_DSM],
	];
	const grades = Object.keys(GRADE_TEXTS) as Grade[];
	return table(
		['Field', ...grades.map((grade) => GRADE_TEXTS[grade])],
		fields.map(([field, words]) => [
			code(field),
			...grades.map((grade) =>
				words
					.filter((word) => word[1] === grade)
					.map(([word]) => code(word))
					.join(', '),
			),
		]),
	);
}
