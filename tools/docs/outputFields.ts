/**
 * `?`: null where DSM does not report it, or there is nothing to report. `map`: names and values
 * vary, so it is not described field by field.
 */
export type FieldType = 'text' | 'number' | 'yes/no' | 'list' | 'map' | 'object';

/** A number needs its unit, unless its name has one: `unitOf`. */
export type FieldTexts = Record<
	string,
	[type: FieldType | `${FieldType}?`, meaning: string, unit?: string]
>;

/** What the last part of a field's name says about its unit. */
const UNITS: Array<[name: RegExp, unit: string]> = [
	[/(^|_)time$/, 'Unix seconds'],
	[/_seconds$/, 'seconds'],
	[/^duration$|_duration$/, 'seconds'],
	[/(^|_)bytes(_|$)/, 'bytes'],
	[/_size$/, '`size_unit`'],
	[/_code$/, 'a code'],
	[/^files(_|$)/, 'files'],
];

/** The unit of a field; undefined for what has none. */
export function unitOf(path: string, [type, , unit]: FieldTexts[string]): string | undefined {
	if (unit !== undefined || !type.startsWith('number')) return unit;
	const name = path.split('.').pop()!;
	return UNITS.find(([pattern]) => pattern.test(name))?.[1];
}

/** A kind of item: its fields, and those that are not always there. */
export interface Kind {
	heading: string;
	texts: FieldTexts;
	sometimes?: FieldTexts;
}

const ISO = "ISO 8601 with the NAS's offset";

const NAME = "The task's name in Hyper Backup";
const NAS: FieldTexts = {
	nas: [
		'text?',
		'The name of the credential in n8n, where several NASes send alerts; null: it has none',
	],
};
const SIZE_UNIT: FieldTexts[string] = [
	'text',
	'The unit of the fields that end in `_size`, but for `transmitted_size`: `KiB (inferred)`. DSM does not name it, and it is not confirmed',
];
const TRANSMITTED: FieldTexts[string] = [
	'number?',
	'Sent to the destination, as DSM reports it; may exceed `total_size`',
	'unknown',
];

const WORDS: FieldTexts = {
	task_id: [
		'text',
		"DSM's number of the task; for LUN tasks the name, in quotes if it would read as a number",
	],
	name: ['text', NAME],
	status: ['text', '`idle`, `running`, `suspended`, `error` or `unknown`: [status.md](status.md)'],
	activity: ['text?', 'What the task is doing, such as `backing_up`; null: nothing'],
	last_result: [
		'text',
		'How the last run ended: `success`, `partial`, `failed`, `canceled` (by a user, or interrupted), `discarded`, `suspended`, `never`, `running` or `unknown`',
	],
	problem: ['text?', 'What is wrong while `status` is `error`'],
	message: ['text', 'The state of the task in one sentence, for a notification'],
	last_backup_time: [
		'number?',
		'When the last run **ended**, whatever its outcome; null: never, or not shown (LUN tasks)',
	],
	last_backup_at: ['text?', `The same, ${ISO}`],
	next_backup_time: ['number?', 'The next scheduled run; null without a schedule'],
	next_backup_at: ['text?', `The same, ${ISO}`],
	...NAS,
};

const LAST: FieldTexts = {
	last_success_time: ['number?', 'When the last successful run ended'],
	last_success_at: ['text?', `The same, ${ISO}`],
	last_success_version: [
		'text?',
		'The version that this run made (newer versions of Hyper Backup)',
	],
	last_error: ['text?', "DSM's key into its own texts, not a sentence; null: no error"],
	last_error_code: ['number?', "DSM's number; null: no error (DSM's 4401 in this place)"],
};

const TASK_TEXTS: FieldTexts = {
	...WORDS,
	destination: ['text', 'Kind of destination, place and folder, as far as DSM shows them'],
	destination_type: ['text?', "DSM's own word for the kind of destination"],
	encrypted: ['yes/no?', 'Client-side encryption; null: not shown (LUN tasks)'],
	modified: ['yes/no?', 'The task was edited since its last run; null: not shown (LUN tasks)'],
};

const DETAILS_TEXTS: FieldTexts = {
	...TASK_TEXTS,
	...LAST,
	source_folders: ['list', 'What is backed up: paths on the volume, as texts'],
	schedule: ['object?', 'null if the task never had one'],
	'schedule.enabled': ['yes/no', 'Whether the schedule is on'],
	'schedule.hour': ['number?', "By the NAS's clock, 0 to 23", 'hours'],
	'schedule.minute': ['number?', "By the NAS's clock, 0 to 59", 'minutes'],
	'schedule.weekdays': ['list', 'Numbers, 0 (Sunday) to 6', 'days'],
};

const STATUS_TEXTS: FieldTexts = {
	...WORDS,
	name: ['text?', `${NAME}; null unless the task was chosen by name: DSM's status has none`],
	...LAST,
	progress: ['number?', '0 to 100; null: nothing is running, or DSM does not know yet', 'percent'],
	files_backed_up: [
		'number?',
		"DSM's `scan_file_count`; that this is the number of files backed up is a guess",
	],
	bytes_backed_up: ['number?', 'Only in the documented API, which documents the unit'],
	estimated_time_remaining: ['number?', 'Only in the documented API', 'seconds'],
	processed_size: [
		'number?',
		'Only while something is running, as all fields down to `can_suspend`',
	],
	total_size: ['number?', 'Size of the whole run'],
	size_unit: SIZE_UNIT,
	transmitted_size: TRANSMITTED,
	average_speed: ['number?', "DSM's `avg_speed`", 'unknown'],
	step: ['text?', "DSM's word for the step of the run, such as `data_backup`"],
	can_cancel: ['yes/no', 'DSM allows *Cancel* now'],
	can_suspend: [
		'yes/no',
		'DSM allows *Suspend* now: while data is transferred, not while it prepares',
	],
};

const ACTION_TEXTS: FieldTexts = {
	task_id: WORDS.task_id!,
	name: ['text?', `${NAME}; null if the NAS did not show it`],
	success: [
		'yes/no',
		'The NAS accepted the action. It may not be finished: read the task with *Get Status*, or use *Wait for Completion*',
	],
};

/** Fields that come with an option, or after a response that was lost. */
const ACTION_SOMETIMES_TEXTS: FieldTexts = {
	changed: ['yes/no', 'With *Ignore If Already Done*: whether anything was done'],
	status: ['text', 'With *Ignore If Already Done*, when nothing was done: the status of the task'],
	response_lost: [
		'yes/no',
		"The response was lost, and the task's state shows that the NAS had accepted it. Only there when true",
	],
};

const RUN_TIMES: FieldTexts = {
	started_time: ['number?', 'When the run began'],
	started_at: ['text?', `The same, ${ISO}`],
	finished_time: ['number?', 'When the run ended'],
	finished_at: ['text?', `The same, ${ISO}`],
};

/** Of a run, by their names in its item. */
const FIGURES: FieldTexts = {
	bytes: ['number?', 'What the run saved, where the NAS shows bytes; DSM itself does not'],
	files_new: ['number?', 'New files. Null is not zero: the NAS does not show it'],
	files_modified: ['number?', 'Modified files'],
	files_deleted: ['number?', 'Deleted files; only where the destination keeps statistics'],
	files_changed: ['number?', 'New, modified and, where they are known, deleted files'],
	source_size: [
		'number?',
		'Disk space of what is backed up, where the destination keeps statistics',
	],
};

const RUN_REPORT_TEXTS: FieldTexts = {
	task_id: WORDS.task_id!,
	name: ['text?', `${NAME}; null if the NAS did not show it`],
	outcome: [
		'text',
		'`succeeded`, `partial`, `failed`, `canceled` (by a user, or interrupted), `discarded`, `suspended`, `not_started`, `timed_out` or `unknown`; `skipped` with *If Already Running* set to *Skip*',
	],
	...RUN_TIMES,
	started_time: [
		'number?',
		'When the run began. Where DSM does not show it (before Hyper Backup 4.2), when the node first detected the run',
	],
	duration: ['number?', 'How long the run took'],
	files: [
		'number?',
		'Files counted by DSM: with *Include Log* those of the whole run, else as of the last check before its end',
	],
	...FIGURES,
	files_new: ['number?', 'New files, with *Include Log*. Null is not zero: it is not known'],
	files_modified: ['number?', 'Modified files, with *Include Log*'],
	processed_size: ['number?', 'As DSM reported it while the backup was running'],
	total_size: ['number?', 'Size of the whole run'],
	size_unit: SIZE_UNIT,
	transmitted_size: TRANSMITTED,
	version: ['text?', 'The version that a successful run made (newer versions of Hyper Backup)'],
	error: ['text?', "DSM's key into its own texts; null: no error"],
	error_code: ['number?', "DSM's number; null: no error"],
	message: ['text', 'One sentence that says how the run ended, for a notification'],
	polls: ['number', 'How often the node checked the task', 'checks'],
	...NAS,
};

const RUN_REPORT_SOMETIMES_TEXTS: FieldTexts = {
	at_time_limit: [
		'text',
		'What was done when the time limit was reached: `canceled`, `suspended`, `cancel_failed` or `suspend_failed`',
	],
	at_time_limit_error: ['text', 'Why it could not be canceled or suspended'],
};

const CHECK_TIMES: FieldTexts = {
	last_check_time: [
		'number?',
		`When the destination was checked last, to the minute; null: never, or not shown`,
	],
	last_check_at: ['text?', `The same, ${ISO}`],
};

const DESTINATION_TEXTS: FieldTexts = {
	task_id: WORDS.task_id!,
	name: ['text?', `${NAME}; null unless the task was chosen by name`],
	...NAS,
	online: [
		'yes/no?',
		'Whether the NAS reached it just now. False with a `message` if it did not; null if the NAS does not say',
	],
	message: ['text', 'The state of the destination in one sentence'],
	used_size: ['number?', "DSM's figure, in `size_unit`; null while offline"],
	used_size_bytes: [
		'number?',
		'The same in bytes, right only if the inferred unit is; check it once with your own destination',
	],
	size_unit: [
		'text',
		'The unit of `used_size`: very probably KiB. DSM does not name it, and nobody has confirmed it',
	],
	format: ['text?', "DSM's word, such as `image` or `cloud_image`"],
	encrypted: ['yes/no?', 'Client-side encryption'],
	compressed: ['yes/no?', 'Whether the data is compressed'],
	...CHECK_TIMES,
	host_name: ['text?', 'The NAS that the backup is of, as the destination has stored it'],
	owner: ['text?', 'The DSM account that owns the backup'],
	destination: ['text?', 'Kind of destination and place; null if they could not be read'],
	destination_type: ['text?', "DSM's own word for the kind of destination"],
	supports_download: ['yes/no?', 'Files can be downloaded from it'],
	supports_filter: ['yes/no?', 'Its versions can be filtered'],
	supports_statistics: ['yes/no?', 'It has statistics'],
	supports_versions: ['yes/no?', 'It keeps several versions'],
	repository: [
		'map?',
		"What the NAS has stored of the way to it, in DSM's words; accounts, keys and passwords are masked",
	],
	error_code: ['number?', "DSM's number where the NAS could not reach it; null: none"],
};

const EVIDENCE: FieldTexts = {
	evidence: ['object', 'What the outcome rests on'],
	'evidence.task_state': ['text?', "DSM's `state`; `restore_only` and `broken` mean damage"],
	'evidence.task_result': [
		'text?',
		"DSM's `last_bkp_result`; `cksum_failed` means damage, and `done` proves nothing about a check",
	],
	'evidence.error_code': ['number?', "DSM's number; 4467 means damage; null: no error"],
	'evidence.log_phrase': [
		'text?',
		'The sentence of the log about the end of this very check; null: there is none, or not in English',
	],
	'evidence.logged_time': ['number?', `When it was written`],
	'evidence.logged_at': ['text?', `The same, ${ISO}`],
	'evidence.last_check_time': CHECK_TIMES.last_check_time!,
	'evidence.last_check_at': CHECK_TIMES.last_check_at!,
	'evidence.last_check_is_new': [
		'yes/no',
		'The time of the last check is of this very check. `passed` needs it, with the sentence and the state `backupable`',
	],
};

const CHECK_OUTCOMES =
	'`passed`, `damaged`, `failed_to_run`, `canceled`, `finished` (over, and nothing proves that it found no error) or `unknown`';

const CHECK_TEXTS: FieldTexts = {
	task_id: WORDS.task_id!,
	name: ['text?', `${NAME}; null if the NAS did not show it`],
	...NAS,
	outcome: ['text', `${CHECK_OUTCOMES}. A task that was never checked is \`unknown\``],
	message: ['text', 'One sentence that says how it went, for a notification'],
	checking: ['yes/no', 'Another check is under way'],
	...CHECK_TIMES,
	...EVIDENCE,
};

const CHECK_REPORT_TEXTS: FieldTexts = {
	task_id: WORDS.task_id!,
	name: ['text?', `${NAME}; null if the NAS did not show it`],
	...NAS,
	outcome: [
		'text',
		`${CHECK_OUTCOMES}; also \`not_started\` and \`timed_out\`, and \`skipped\` with *If Already Running* set to *Skip*`,
	],
	message: ['text', 'One sentence that says how it went, for a notification'],
	started_time: ['number?', `When the check began: by the log, or when the node first saw it`],
	started_at: ['text?', `The same, ${ISO}`],
	finished_time: ['number?', `When the check ended: by the log, or when the node saw it`],
	finished_at: ['text?', `The same, ${ISO}`],
	duration: ['number?', 'Seconds'],
	...EVIDENCE,
	polls: ['number', 'How often the node checked the task', 'checks'],
};

const DIAGNOSIS_TEXTS: FieldTexts = {
	package_version: ['text', 'Version of this package'],
	dsm_version: ['text?', 'As DSM writes it'],
	model: ['text?', 'Model of the NAS'],
	hyper_backup: ['yes/no', 'Hyper Backup is installed and running'],
	vault: ['yes/no', 'Hyper Backup Vault, which receives backups, is installed and running'],
	apis: ['map', 'Which APIs related to Hyper Backup the NAS offers, and in which versions'],
	dialect: [
		'text?',
		'`dsm`, or `documented`: [dsm-api.md](dsm-api.md#the-documented-dialect); null if the tasks could not be read',
	],
	connection: ['object', ''],
	'connection.protocol': ['text', '`https` or `http`'],
	'connection.certificate': [
		'text',
		'`verified`, `verified_with_ca_certificate`, `not_verified`, or `none` (http)',
	],
	'connection.second_factor': [
		'text',
		'What the credential has: `none`, `secret` or `trusted_device`',
	],
	'connection.syno_token': ['yes/no', 'DSM gave a token against forged requests with the session'],
	'connection.read_only': ['yes/no', '*Read Only* of the credential'],
	rights: ['object', '`yes`, or why not'],
	'rights.list_tasks': [
		'text',
		'May list the backup tasks; `no (105)`: the account has no right to',
	],
	'rights.read_clock': ['text', "May read the NAS's clock"],
	'rights.read_dsm_version': ['text', "May read DSM's version"],
	clock: ['object', ''],
	'clock.ahead_seconds': [
		'number?',
		"How far the NAS's clock is ahead of n8n's; null if it may not be read",
	],
	'clock.nas_utc_offset': ['number?', "How far the NAS's local time is ahead of UTC", 'minutes'],
	'clock.workflow_utc_offset': ['number', "The same of the workflow's time zone", 'minutes'],
	tasks: ['object?', 'null if they could not be read'],
	'tasks.total': ['number', 'How many backup tasks there are', 'tasks'],
	'tasks.by_status': ['map', 'How many have which [status](status.md)', 'tasks'],
	'tasks.by_kind': ['map', 'How many have which kind of destination', 'tasks'],
	unknown_words: [
		'list',
		'Words of DSM that are not known here: worth [a report](https://github.com/n8n-nodes-synology-hyper-backup/n8n-nodes-synology-hyper-backup/issues)',
	],
	hints: ['list', 'What to check, each with what to do'],
	report: ['text', 'All of the above as one text to paste into an issue'],
};

const LOG_ENTRY_TEXTS: FieldTexts = {
	logged_time: ['number?', 'When it was written; null if the time cannot be read'],
	logged_at: ['text?', `The same, ${ISO}`],
	level: ['text', "DSM's word: `info`, `warn` or `err`; `unknown` for any other"],
	kind: [
		'text',
		'What it says, as far as the English sentence is known: `run_started`, `run_succeeded`, `run_partial`, `run_failed`, `run_canceled`, `run_suspended`, `run_resumed`, `run_discarded`, `run_exception`, `item_skipped`, `rotation_started`, `rotation_failed`, `version_deleted`, `check_started`, `check_passed`, `check_damaged`, `check_failed`, `check_canceled`, `task_changed`, `credentials_changed`; `other` for the rest, and in another language',
	],
	message: ['text', 'What it says, with the task in front, for a notification'],
	name: ['text?', 'The task that it names'],
	task_id: ['text?', 'The number of that task; null if there is none of this name any more'],
	destination_kind: ['text?', 'What Hyper Backup calls the destination, such as `Local`'],
	path: ['text?', 'For `item_skipped`: the file or folder'],
	reason: ['text?', 'The cause that stands in parentheses'],
	files_scanned: ['number?', 'For `run_succeeded`, where the entry has counts'],
	files_new: ['number?', 'The same'],
	files_modified: ['number?', 'The same'],
	files_unchanged: ['number?', 'The same'],
	user: ['text', 'The DSM account, or `SYSTEM`'],
	event: ['text', 'The whole text, as the NAS wrote it'],
	...NAS,
};

/** What *Include Log* adds. */
const LOG_TEXTS: FieldTexts = {
	log: ['object?', 'With *Include Log*: what the log says; null if it could not be read'],
	'log.reason': ['text?', 'Why the run ended as it did, in one line'],
	'log.skipped_count': ['number', 'How many files and folders were skipped', 'files'],
	'log.skipped_paths': ['list', 'The first 100 of them, as texts'],
	'log.entries': [
		'list',
		'The first 100 warnings and errors of the run, as [log entries](operations.md#a-log-entry)',
	],
	'log.complete': ['yes/no', 'No, if the log was longer than what was read'],
	log_error: ['text', 'Why the log could not be read'],
};

const VERSION_WORDS: FieldTexts = {
	version_id: ['text', "DSM's number of the version. Numbers have gaps: rotation deletes versions"],
	message: ['text', 'How the version is, in one sentence'],
	status: [
		'text',
		'`success` (it was completed), `running`, `canceled`, `failed` or `unknown`. Only `success` can be relied on',
	],
	started_time: ['number?', 'When its backup began'],
	started_at: ['text?', `The same, ${ISO}`],
	completed_time: ['number?', 'When it was completed; null: it is not complete'],
	completed_at: ['text?', `The same, ${ISO}`],
	duration: ['number?', 'How long its backup took'],
	locked: ['yes/no?', 'Rotation does not delete it'],
};

const VERSION_TEXTS: FieldTexts = {
	...VERSION_WORDS,
	task_id: WORDS.task_id!,
	name: ['text?', `${NAME}; null unless the task was chosen by name`],
	...NAS,
};

const VERSION_SOMETIMES: FieldTexts = {
	files_new: [
		'number?',
		'On DSM 6, as all fields down to `bytes_total`: new since the version before',
	],
	files_modified: ['number?', 'Modified since then'],
	files_deleted: ['number?', 'Deleted since then'],
	files_unchanged: ['number?', 'Not changed since then'],
	files_total: ['number?', 'In the version'],
	bytes_total: ['number?', 'The size of the version'],
};

const RUN_STATISTICS = (path: string): FieldTexts => ({
	[`${path}.finished_time`]: ['number?', 'When the run ended'],
	[`${path}.finished_at`]: ['text?', `The same, ${ISO}`],
	[`${path}.files_new`]: ['number?', 'New files'],
	[`${path}.files_modified`]: ['number?', 'Modified files'],
	[`${path}.files_deleted`]: ['number?', 'Deleted files'],
	[`${path}.files_changed`]: ['number?', 'The sum of the three'],
	[`${path}.source_size`]: ['number?', 'Disk space that the data takes on the NAS'],
	[`${path}.source_size_bytes`]: [
		'number?',
		'The same in bytes, right only if the inferred unit is',
	],
	[`${path}.target_size`]: ['number?', 'What the whole backup takes at the destination'],
	[`${path}.target_size_bytes`]: [
		'number?',
		'The same in bytes, right only if the inferred unit is',
	],
});

const STATISTIC_WORDS: FieldTexts = {
	message: ['text', 'What the last run found, in one sentence'],
	latest: ['object?', 'The last run; null: there was none with statistics'],
	...RUN_STATISTICS('latest'),
	previous: [
		'object?',
		'The run before; null: there was none, so there is nothing to compare with',
	],
	...RUN_STATISTICS('previous'),
	source_growth: ['number?', '`latest.source_size` less `previous.source_size`', '`size_unit`'],
	target_growth: ['number?', 'The same of the destination', '`size_unit`'],
	size_unit: ['text', 'The unit of the sizes: `KiB (inferred)`. DSM does not name it'],
};

const STATISTIC_TEXTS: FieldTexts = {
	task_id: WORDS.task_id!,
	name: ['text?', `${NAME}; null unless the task was chosen by name`],
	...NAS,
	...STATISTIC_WORDS,
};

/** What *Include* of Get adds. */
const INCLUDED_TEXTS: FieldTexts = {
	destination_details: [
		'map?',
		'With *Destination*: the fields of [a destination](operations.md#a-destination); null if it could not be read',
	],
	destination_details_error: ['text', 'Why not'],
	statistics: [
		'map?',
		'With *Statistics*: the fields of [statistics](operations.md#statistics), from `message` on; null if they could not be read',
	],
	statistics_error: ['text', 'Why not'],
	versions: [
		'list?',
		'With *Versions*: [versions](operations.md#a-version), the newest first; null if they could not be read',
	],
	versions_error: ['text', 'Why not'],
};

const FILE_TEXTS: FieldTexts = {
	name: ['text', 'The name of the file or folder'],
	path: ['text', 'Its path in the version, beginning with the shared folder'],
	type: ['text', '`file`, `folder` or `unknown`'],
	size: ['number?', 'Its size; null for folders', 'bytes'],
	modified_time: ['number?', 'When it was modified last'],
	modified_at: ['text?', `The same, ${ISO}`],
	damaged: ['yes/no?', 'The NAS marks it as damaged'],
	version_id: ['text', 'The version it lies in'],
	task_id: WORDS.task_id!,
	...NAS,
};

const DOWNLOAD_TEXTS: FieldTexts = {
	message: ['text', 'What was downloaded, in one sentence'],
	...FILE_TEXTS,
	received_bytes: ['number', 'How much was received'],
	length_checked: [
		'yes/no',
		'The length is the one that the version lists; no where it lists none',
	],
};

const VAULT_TARGET_TEXTS: FieldTexts = {
	target_id: ['text', "Vault's number of the target"],
	name: ['text', "The target's name"],
	message: ['text', 'When its last backup arrived, in one sentence'],
	status: ['text', "DSM's word; only `idle` is known: nothing is arriving"],
	last_backup_start_time: ['number?', 'When the last backup began; null: none is known'],
	last_backup_start_at: ['text?', `The same, ${ISO}`],
	last_backup_duration: ['number?', 'How long it took'],
	last_received_time: ['number?', 'When it had arrived'],
	last_received_at: ['text?', `The same, ${ISO}`],
	used_size: ['number?', "DSM's figure"],
	used_size_bytes: ['number?', 'The same in bytes, right only if the inferred unit is'],
	size_unit: ['text', 'The unit of `used_size`: `KiB (inferred)`. DSM does not name it'],
	size_is_stale: ['yes/no?', 'The NAS is computing the size, and the figure is an old one'],
	encrypted: ['yes/no?', 'Client-side encryption'],
	resumable: ['yes/no?', 'An interrupted backup can be resumed'],
	share: ['text?', 'The shared folder it lies in'],
	path: ['text?', 'Where it lies on the volume'],
	...NAS,
};

/** Nobody has published these responses: they are passed on. */
const VAULT_DETAIL_TEXTS: FieldTexts = {
	target_id: ['text', "Vault's number of the target"],
	...NAS,
	data: ['map', 'What the NAS sent, with secrets masked'],
};

const VAULT_LOG_TEXTS: FieldTexts = {
	target_id: ['text?', 'The target that was chosen; null: all'],
	...NAS,
	entry: ['map', 'The entry as the NAS sent it, with secrets masked'],
};

const API_RESPONSE_TEXTS: FieldTexts = {
	success: ['yes/no', 'Always yes: a refusal is an error'],
	api: ['text', 'The API that was called'],
	version: ['number', 'In this version', 'a version'],
	method: ['text', 'The method'],
	...NAS,
	data: ['map?', 'What the NAS sent, with secrets masked; null: nothing'],
};

const SUMMARY_TEXTS: FieldTexts = {
	message: ['text', 'The whole NAS in one sentence, with the worst task, for a notification'],
	...NAS,
	needs_attention: ['number', 'How many tasks need attention', 'tasks'],
	total: ['number', 'How many tasks there are', 'tasks'],
	by_status: ['map', 'How many tasks have which [status](status.md)', 'tasks'],
	oldest_success: [
		'object?',
		'Of the tasks whose last backup completed successfully, the one whose backup is oldest; null: there is none. In the documented API, which shows no result, an idle task that has run counts',
	],
	'oldest_success.task_id': WORDS.task_id!,
	'oldest_success.name': WORDS.name!,
	'oldest_success.time': ['number', 'When that backup ended'],
	'oldest_success.at': ['text', `The same, ${ISO}`],
	tasks: ['list', 'The tasks, worst first'],
	'tasks[].task_id': WORDS.task_id!,
	'tasks[].name': WORDS.name!,
	'tasks[].status': WORDS.status!,
	'tasks[].last_result': [
		'text?',
		`${WORDS.last_result![1]}; null: the documented API does not show it`,
	],
	'tasks[].attention': [
		'text?',
		'Why it needs attention: `error`, `unknown`, `late` (two hours after its scheduled time nothing has started), `suspended`, `interrupted` (canceled or discarded), `never_ran`; null: it needs none',
	],
	'tasks[].message': WORDS.message!,
	'tasks[].since_time': [
		'number?',
		'Since when: the end of the last run, or the missed scheduled time; null: it needs none, or not shown',
	],
	'tasks[].since_at': ['text?', `The same, ${ISO}`],
	'tasks[].last_backup_at': WORDS.last_backup_at!,
	'tasks[].next_backup_at': WORDS.next_backup_at!,
	text: ['text', 'All of it as plain text, one task on each line'],
	html: ['text', 'The same as a table in HTML, for a mail or a page'],
};

const EVENT_TEXTS: FieldTexts = {
	event: ['text', 'Which event: [events.md](events.md)'],
	detected_at: ['text', 'When the trigger detected it, ISO 8601 in UTC'],
	message: ['text', 'One sentence, for a notification'],
	...NAS,
	task: [
		'map?',
		'The task as it is now, with the fields of [Get Many](operations.md#get-many) and, where the trigger read more, of [Get](operations.md#get); null if it was deleted, or the event is about the NAS',
	],
	previous: [
		'map?',
		'The task at the poll before: `task_id`, `name`, `status`, `activity`, `last_result`, `problem`; null for a new task',
	],
	run: ['object?', 'For runs that ended; null otherwise'],
	'run.outcome': [
		'text',
		'`succeeded`, `partial`, `failed`, `canceled` (by a user, or interrupted), `discarded`, `suspended` or `unknown`',
	],
	'run.started_time': [
		'number?',
		'When the run began; null where DSM does not show it (before Hyper Backup 4.2)',
	],
	'run.started_at': RUN_TIMES.started_at!,
	'run.finished_time': RUN_TIMES.finished_time!,
	'run.finished_at': RUN_TIMES.finished_at!,
	'run.duration': ['number?', 'How long the run took; null where the start is not shown'],
	'run.version': [
		'text?',
		'The version that a successful run made (newer versions of Hyper Backup)',
	],
	'run.error': ['text?', "DSM's key into its own texts; null: no error"],
	'run.error_code': ['number?', "DSM's number; null: no error"],
	'run.files': ['number?', "Files that the run examined, by Hyper Backup's log"],
	...Object.fromEntries(Object.entries(FIGURES).map(([name, text]) => [`run.${name}`, text])),
	'run.size_unit': ['text', 'The unit of `run.source_size`: `KiB (inferred)`'],
	'run.message': ['text?', 'One sentence that says how the run ended, for a notification'],
	'run.unseen': ['yes/no', 'The run began and ended between two polls, or while n8n was down'],
	'run.failures_in_a_row': [
		'number',
		'How many runs of the task have failed or ended with an unknown outcome since its last success, this one included; partial and canceled runs neither count nor end the row; 0 after a success',
		'runs',
	],
	changed: ['list', 'Names of the fields of the task that differ, as texts'],
};

const EVENT_SOMETIMES_TEXTS: FieldTexts = {
	reason: [
		'text',
		'Why a condition is reported: `no_success`, `not_started`, `never_ran`, `running`; `task_removed` for its end with the task',
	],
	since: ['text', `Since when, ${ISO}`],
	muted: ['object', 'With *Mute Between* or *Mute Tasks Until*: it was held until now'],
	'muted.count': [
		'number',
		'How many events of this kind of the task were held; this is the newest',
		'events',
	],
	'muted.since': ['text', 'When the first of them was detected, ISO 8601 in UTC'],
	reminder: [
		'yes/no',
		'With *Remind Every*: it was reported before, and goes on. Only there when true',
	],
	unusual: ['object', 'For `unusualRun`: what was unusual'],
	'unusual.field': [
		'text',
		'The field of `run` that is furthest off: `duration`, `source_size`, `bytes` or `files_changed`',
	],
	'unusual.value': ['number', 'Its value', '`unusual.unit`'],
	'unusual.usual': ['number', 'The median of the runs before, to three digits', '`unusual.unit`'],
	'unusual.unit': ['text', 'Of both: `seconds`, `KiB (inferred)`, `bytes` or `files`'],
	'unusual.deviation': [
		'number',
		'How far it is from that, in units of the usual spread; negative: less than usual',
		'times',
	],
	'unusual.runs': ['number', 'How many runs it was compared with', 'runs'],
	'unusual.also': ['list', 'What else is unusual of the same run: objects with the same fields'],
	ended: ['object', 'For `backupRecovered`: what is over'],
	'ended.event': [
		'text',
		'Which event began it, the gravest one if there were several: `backupFailed`, `backupOutcomeUnknown`, `backupPartial`, `backupCanceled` or `backupOverdue`',
	],
	'ended.outcome': ['text?', 'The `run.outcome` of that event; null for `backupOverdue`'],
	'ended.since': [
		'text',
		`When the trigger detected the first bad run, or since when the task was overdue, ${ISO}`,
	],
	'ended.failures': ['number', 'How many runs failed or ended with an unknown outcome', 'runs'],
	'ended.duration': ['number', 'From `ended.since` until the trigger detected the success'],
	last_check_time: [
		'number?',
		`For \`integrityCheckOverdue\`: the last integrity check; null: none is known`,
	],
	last_check_at: ['text?', 'The same, ISO 8601 in UTC'],
	days_without_check: [
		'number',
		'For `integrityCheckOverdue`: whole days since then, or since the first poll',
		'days',
	],
	cause: ['text?', 'For `nasUnreachable`: what went wrong'],
	entry: [
		'map?',
		'For `logEntry`: [the entry](operations.md#a-log-entry); null if there were more new entries than can be reported one by one, as `message` says',
	],
	vault_target: [
		'map?',
		'For `vaultTargetOverdue`: [the target](operations.md#a-vault-target); null if Vault does not list it any more',
	],
	hours_without_backup: [
		'number',
		'For `vaultTargetOverdue`: whole hours since the last backup arrived, or since the first poll',
		'hours',
	],
	...LOG_TEXTS,
};

const GET_LOG_TEXTS: FieldTexts = {
	...LOG_TEXTS,
	log: [
		'object?',
		'With *Log of the Last Run*: what the log says of it; null if it could not be read',
	],
};

export const TASK: Kind = { heading: 'A task', texts: TASK_TEXTS };
export const DETAILS: Kind = {
	heading: 'A task in full',
	texts: DETAILS_TEXTS,
	sometimes: { ...INCLUDED_TEXTS, ...GET_LOG_TEXTS },
};
export const STATUS: Kind = { heading: 'The status of a task', texts: STATUS_TEXTS };
export const ACTION: Kind = {
	heading: 'An action',
	texts: ACTION_TEXTS,
	sometimes: ACTION_SOMETIMES_TEXTS,
};
export const RUN_REPORT: Kind = {
	heading: 'The outcome of a run',
	texts: RUN_REPORT_TEXTS,
	sometimes: { ...RUN_REPORT_SOMETIMES_TEXTS, ...LOG_TEXTS },
};
export const DESTINATION: Kind = {
	heading: 'A destination',
	texts: DESTINATION_TEXTS,
	sometimes: {
		used_size_cache: ['number?', 'Of cloud destinations: the size of the cache', '`size_unit`'],
	},
};
export const CHECK: Kind = { heading: 'The last integrity check', texts: CHECK_TEXTS };
export const CHECK_REPORT: Kind = {
	heading: 'The outcome of an integrity check',
	texts: CHECK_REPORT_TEXTS,
	sometimes: {
		at_time_limit: [
			'text',
			'What was done when the time limit was reached: `canceled` or `cancel_failed`',
		],
		at_time_limit_error: ['text', 'Why it could not be canceled'],
	},
};
export const DIAGNOSIS: Kind = { heading: 'A diagnosis', texts: DIAGNOSIS_TEXTS };
export const LOG_ENTRY: Kind = { heading: 'A log entry', texts: LOG_ENTRY_TEXTS };
export const VERSION: Kind = {
	heading: 'A version',
	texts: VERSION_TEXTS,
	sometimes: VERSION_SOMETIMES,
};
export const STATISTIC: Kind = { heading: 'Statistics', texts: STATISTIC_TEXTS };
export const FILE: Kind = { heading: 'A file', texts: FILE_TEXTS };
export const DOWNLOAD: Kind = { heading: 'A downloaded file', texts: DOWNLOAD_TEXTS };
export const VAULT_TARGET: Kind = { heading: 'A vault target', texts: VAULT_TARGET_TEXTS };
export const VAULT_DETAIL: Kind = {
	heading: 'A vault target in full',
	texts: VAULT_DETAIL_TEXTS,
};
export const VAULT_LOG: Kind = { heading: 'An entry of the vault log', texts: VAULT_LOG_TEXTS };
export const API_RESPONSE: Kind = { heading: 'A response', texts: API_RESPONSE_TEXTS };
export const SUMMARY: Kind = { heading: 'A summary', texts: SUMMARY_TEXTS };
export const EVENT: Kind = {
	heading: 'An event',
	texts: EVENT_TEXTS,
	sometimes: EVENT_SOMETIMES_TEXTS,
};
