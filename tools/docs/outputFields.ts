/** `?`: null where DSM does not tell, or there is nothing to tell. `map`: names and values vary, so it is not described field by field. */
export type FieldType = 'text' | 'number' | 'yes/no' | 'list' | 'map' | 'object';

export type FieldTexts = Record<string, [type: FieldType | `${FieldType}?`, meaning: string]>;

/** A kind of item: its fields, and those that are not always there. */
export interface Kind {
	heading: string;
	texts: FieldTexts;
	sometimes?: FieldTexts;
}

const SECONDS = 'Unix seconds';

const WORDS: FieldTexts = {
	task_id: ['text', "DSM's number of the task; for LUN tasks its name"],
	name: ['text', "The task's name in Hyper Backup"],
	status: ['text', '`idle`, `running`, `suspended`, `error` or `unknown`: [status.md](status.md)'],
	activity: ['text?', 'What is going on, such as `backing_up`; null: nothing'],
	last_result: [
		'text',
		'How the last run ended: `success`, `partial`, `failed`, `canceled`, `discarded`, `suspended`, `never`, `running` or `unknown`',
	],
	problem: ['text?', 'What is wrong while `status` is `error`'],
	dsm_state: ['text?', "DSM's own word `state`, as it came"],
	dsm_status: ['text?', "DSM's own word `status`, as it came"],
	dsm_last_result: ['text?', "DSM's own word `last_bkp_result`, as it came"],
	last_backup_time: [
		'number?',
		`When the last run **ended**, good or bad, in ${SECONDS}; null: never, or not told (LUN tasks)`,
	],
	next_backup_time: ['number?', `The next scheduled run, in ${SECONDS}; null without a schedule`],
};

const LAST: FieldTexts = {
	last_success_time: ['number?', `When the last good run ended, in ${SECONDS}`],
	last_success_version: ['text?', 'The version that run made (newer versions of Hyper Backup)'],
	last_error: ['text?', "DSM's key into its own texts, not a sentence; null: no error"],
	last_error_code: ['number?', "DSM's number; null: no error (DSM's 4401 in this place)"],
};

const TASK_TEXTS: FieldTexts = {
	...WORDS,
	destination: ['text', 'Kind of destination, place and folder, as far as DSM tells them'],
	encrypted: ['yes/no?', 'Client-side encryption; null: not told (LUN tasks)'],
	modified: ['yes/no?', 'The task was edited since its last run; null: not told (LUN tasks)'],
};

const DETAILS_TEXTS: FieldTexts = {
	...TASK_TEXTS,
	...LAST,
	source_folders: ['list', 'What is backed up, by its path on the volume'],
	schedule: ['object?', 'null if the task never had one'],
	'schedule.enabled': ['yes/no', 'Whether the schedule is on'],
	'schedule.hour': ['number?', "By the NAS's clock"],
	'schedule.minute': ['number?', "By the NAS's clock"],
	'schedule.weekdays': ['list', '0 is Sunday'],
};

const STATUS_TEXTS: FieldTexts = {
	...WORDS,
	name: ['text?', "The task's name; null where it was chosen by its ID: DSM's status has none"],
	...LAST,
	progress: ['number?', '0 to 100; null: nothing runs, or DSM does not know yet'],
	files_backed_up: [
		'number?',
		"DSM's `scan_file_count`; that this is the number of files backed up is a guess",
	],
	bytes_backed_up: ['number?', 'Bytes; null as for `progress`'],
	estimated_time_remaining: [
		'number?',
		"Seconds, if DSM's speed is in bytes per second, which nobody has confirmed",
	],
	bytes_total: [
		'number?',
		'Bytes of the whole run. Only while something runs, as all down to `can_suspend`',
	],
	bytes_transmitted: ['number?', 'Bytes sent to the destination; may exceed `bytes_total`'],
	speed: ['number?', "DSM's `avg_speed`, taken for bytes per second"],
	step: ['text?', "DSM's word for the step of the run, such as `data_backup`"],
	can_cancel: ['yes/no', 'DSM allows *Cancel* now'],
	can_suspend: [
		'yes/no',
		'DSM allows *Suspend* now: while data is transferred, not while it prepares',
	],
};

const ACTION_TEXTS: FieldTexts = {
	task_id: WORDS.task_id!,
	success: [
		'yes/no',
		'The NAS accepted it. That is not the end of it: read the task with *Get Status*, or use *Wait for Completion*',
	],
};

/** Fields that come with an option, or after an answer that was lost. */
const ACTION_SOMETIMES_TEXTS: FieldTexts = {
	changed: ['yes/no', 'With *Only If Needed*: whether anything was done'],
	status: ['text', 'With *Only If Needed*, when nothing was done: the status the task is in'],
	response_lost: [
		'yes/no',
		"The answer was lost on the way, and the task's state shows that the NAS had accepted it. Only there when true",
	],
};

const RUN_REPORT_TEXTS: FieldTexts = {
	task_id: WORDS.task_id!,
	name: ['text?', "The task's name; null where it was chosen by ID and DSM did not tell the name"],
	outcome: [
		'text',
		'`succeeded`, `partial`, `failed`, `canceled`, `discarded`, `suspended`, `not_started`, `timed_out` or `unknown`; `skipped` with *If Already Running* set to *Skip*',
	],
	started_at: [
		'number?',
		`${SECONDS}. Where DSM does not tell the start (before Hyper Backup 4.2) as the node saw it`,
	],
	finished_at: ['number?', SECONDS],
	duration: ['number?', 'Seconds'],
	bytes: ['number?', 'Bytes of the run, as DSM reported them while it ran'],
	bytes_transmitted: ['number?', 'Bytes sent to the destination'],
	files: ['number?', 'Files counted by DSM'],
	average_speed: ['number?', '`bytes` by `duration`: bytes per second'],
	version: ['text?', 'The version a good run made (newer versions of Hyper Backup)'],
	error: ['text?', "DSM's key into its own texts; null: no error"],
	error_code: ['number?', "DSM's number; null: no error"],
	message: ['text', 'One sentence that says how it went, for a notification'],
	polls: ['number', 'How often the node looked'],
};

const RUN_REPORT_SOMETIMES_TEXTS: FieldTexts = {
	at_time_limit: [
		'text',
		'`canceled` or `suspended`: what was done when the time limit was reached',
	],
};

const DIAGNOSIS_TEXTS: FieldTexts = {
	package_version: ['text', 'Version of this package'],
	dsm_version: ['text?', 'As DSM writes it'],
	model: ['text?', 'Model of the NAS'],
	hyper_backup: ['yes/no', 'Hyper Backup is installed and running'],
	vault: ['yes/no', 'Hyper Backup Vault is there: the other end, which receives backups'],
	apis: [
		'map',
		'Which of the APIs that tell about Hyper Backup the NAS offers, and in which versions',
	],
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
		"Seconds by which the NAS's clock is ahead of n8n's; null if it may not be read",
	],
	'clock.nas_utc_offset': ['number?', "Minutes by which the NAS's wall clock is ahead of UTC"],
	'clock.workflow_utc_offset': ['number', "The same of the workflow's time zone"],
	tasks: ['object?', 'null if they could not be read'],
	'tasks.total': ['number', 'How many backup tasks there are'],
	'tasks.by_status': ['map', 'How many are in which [status](status.md)'],
	'tasks.by_kind': ['map', 'How many of which kind of destination'],
	unknown_words: [
		'list',
		'Words of DSM that are not known here: worth [a report](https://github.com/n8n-nodes-synology-hyper-backup/n8n-nodes-synology-hyper-backup/issues)',
	],
	hints: ['list', 'What a person should look at, each with what to do'],
	report: ['text', 'All of the above as one text to paste into an issue'],
};

const EVENT_TEXTS: FieldTexts = {
	event: ['text', 'Which event: [events.md](events.md)'],
	detected_at: ['text', 'When the trigger saw it, ISO 8601 in UTC'],
	task: [
		'map?',
		'The task as it is now, with the fields of [Get Many](operations.md#get-many) and, where DSM was asked for more, of [Get](operations.md#get); null if it is gone, or the event is about the NAS',
	],
	previous: [
		'map?',
		'What was remembered of it: `task_id`, `name`, `status`, `activity`, `last_result`, `problem`; null for a new task',
	],
	run: ['object?', 'For runs that ended; null otherwise'],
	'run.outcome': [
		'text',
		'`succeeded`, `partial`, `failed`, `canceled`, `discarded`, `suspended` or `unknown`',
	],
	'run.started_at': ['number?', `${SECONDS}; only Hyper Backup 4.2 and newer tell the start`],
	'run.finished_at': ['number?', SECONDS],
	'run.duration': ['number?', 'Seconds; null where the start is not told'],
	'run.version': ['text?', 'The version a good run made (newer versions of Hyper Backup)'],
	'run.error': ['text?', "DSM's key into its own texts; null: no error"],
	'run.error_code': ['number?', "DSM's number; null: no error"],
	'run.message': [
		'text?',
		'One sentence that says how it went, for a notification; null if it succeeded',
	],
	'run.unseen': ['yes/no', 'The run began and ended between two looks, or while n8n was down'],
	changed: ['list', 'Names of the fields of the task that differ'],
};

const EVENT_SOMETIMES_TEXTS: FieldTexts = {
	message: ['text?', 'Only for `nasUnreachable` and `nasReachable`: what went wrong'],
};

export const TASK: Kind = { heading: 'A task', texts: TASK_TEXTS };
export const DETAILS: Kind = { heading: 'A task in full', texts: DETAILS_TEXTS };
export const STATUS: Kind = { heading: 'The status of a task', texts: STATUS_TEXTS };
export const ACTION: Kind = {
	heading: 'An action',
	texts: ACTION_TEXTS,
	sometimes: ACTION_SOMETIMES_TEXTS,
};
export const RUN_REPORT: Kind = {
	heading: 'The outcome of a run',
	texts: RUN_REPORT_TEXTS,
	sometimes: RUN_REPORT_SOMETIMES_TEXTS,
};
export const DIAGNOSIS: Kind = { heading: 'A diagnosis', texts: DIAGNOSIS_TEXTS };
export const EVENT: Kind = {
	heading: 'An event',
	texts: EVENT_TEXTS,
	sometimes: EVENT_SOMETIMES_TEXTS,
};
