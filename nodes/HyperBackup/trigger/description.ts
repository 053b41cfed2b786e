import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { STATUSES, type Status } from '../hyperBackup/task/statusMapping';
import { requestTimeout } from '../n8n/requestTimeout';
import type { EventName } from './eventNames';

const EVENT_TEXTS: Record<EventName, [name: string, action: string, description: string]> = {
	backupCanceled: [
		'Backup Canceled',
		'On backup canceled',
		'A backup was canceled by a user or interrupted, or a suspended one was discarded',
	],
	backupFailed: [
		'Backup Failed',
		'On backup failed',
		'A backup failed, or its outcome is unknown; also when old versions could not be deleted',
	],
	backupNeverRan: [
		'Backup Never Ran',
		'On backup never ran',
		'A task has never run. A second event follows when it has run.',
	],
	backupOverdue: [
		'Backup Overdue',
		'On backup overdue',
		'A scheduled backup did not start, or there has been no successful one since it was ' +
			'due. A second event follows when it is over.',
	],
	backupPartial: [
		'Backup Partially Completed',
		'On backup partially completed',
		'A backup finished, but some items were skipped',
	],
	backupRecovered: [
		'Backup Recovered',
		'On backup recovered',
		'The first successful backup after one that failed, was partially completed, canceled ' +
			'or overdue',
	],
	backupResumed: ['Backup Resumed', 'On backup resumed', 'A suspended backup was resumed'],
	backupStarted: ['Backup Started', 'On backup started', 'A backup started'],
	backupSucceeded: ['Backup Succeeded', 'On backup succeeded', 'A backup completed successfully'],
	backupSuspended: [
		'Backup Suspended',
		'On backup suspended',
		'A backup was suspended and can be resumed',
	],
	backupTooLong: [
		'Backup Takes Too Long',
		'On backup takes too long',
		'A backup has been running longer than the limit. A second event follows when it is over.',
	],
	destinationProblem: [
		'Destination Problem',
		'On destination problem',
		'The destination is offline, damaged, only allows restoring, refuses the login, or ' +
			'its service has ended',
	],
	integrityCheckFailed: [
		'Integrity Check Failed',
		'On integrity check failed',
		'An integrity check found damage or could not finish',
	],
	integrityCheckOverdue: [
		'No Integrity Check',
		'On no integrity check',
		'A task has had no integrity check for the given number of days. A second event ' +
			'follows when it has had one (experimental).',
	],
	integrityCheckPassed: [
		'Integrity Check Passed',
		'On integrity check passed',
		'An integrity check is over, and the task shows no damage',
	],
	integrityCheckStarted: [
		'Integrity Check Started',
		'On integrity check started',
		'An integrity check of the backup started',
	],
	logEntry: [
		'Log Entry',
		'On log entry',
		"A new entry in Hyper Backup's log, at or above the chosen level",
	],
	nasUnreachable: [
		'NAS Unreachable',
		'On NAS unreachable',
		'Several polls in a row failed, so the backups are not being watched. A second event ' +
			'follows when the NAS is back. Replaces the failed execution.',
	],
	statusChanged: [
		'Task Status Changed',
		'On task status changed',
		'The status of a task changed to idle, running, suspended, error or unknown',
	],
	taskAdded: ['Task Added', 'On task added', 'A backup task was created'],
	taskRemoved: ['Task Removed', 'On task removed', 'A backup task was deleted'],
	taskRenamed: ['Task Renamed', 'On task renamed', 'A backup task was renamed'],
	unusualRun: [
		'Unusual Run',
		'On unusual run',
		'The duration, size or number of changed files of a successful backup is far from the usual',
	],
	vaultTargetOverdue: [
		'Vault Target Overdue',
		'On vault target overdue',
		'Hyper Backup Vault on this NAS has received no backup from another device for the given ' +
			'number of hours. A second event follows when one has arrived.',
	],
};

export const eventOptions: INodePropertyOptions[] = (Object.keys(EVENT_TEXTS) as EventName[])
	.map((value): INodePropertyOptions => {
		const [name, action, description] = EVENT_TEXTS[value];
		return { name, value, action, description };
	})
	.sort((a, b) => a.name.localeCompare(b.name));

const STATUS_NAMES: Record<Status, string> = {
	idle: 'Idle',
	running: 'Running',
	suspended: 'Suspended',
	error: 'Error',
	unknown: 'Unknown',
};

export const statusOptions: INodePropertyOptions[] = STATUSES.map((value) => ({
	name: STATUS_NAMES[value],
	value,
})).sort((a, b) => a.name.localeCompare(b.name));

const hours = {
	type: 'number' as const,
	typeOptions: { minValue: 1, numberPrecision: 0 },
};

const onlyWith = (event: EventName): Pick<INodeProperties, 'displayOptions'> => ({
	displayOptions: { show: { '/events': [event] } },
});

const ruleHours = {
	type: 'number' as const,
	typeOptions: { minValue: 0, numberPrecision: 0 },
};

/** One rule of *Rules per Task*. */
const ruleValues: INodeProperties[] = [
	{
		displayName: 'Task Name',
		name: 'pattern',
		type: 'string',
		default: '',
		placeholder: 'e.g. Weekly*',
		description: 'The tasks the rule is for. * stands for any text.',
	},
	{
		displayName: 'Limits',
		name: 'limits',
		type: 'collection',
		placeholder: 'Add Limit',
		default: {},
		options: [
			{
				displayName: 'Late After (Hours)',
				name: 'lateHours',
				...hours,
				default: 2,
				description: 'How long after its scheduled time a backup may still start or finish',
			},
			{
				displayName: 'Never Ran After (Hours)',
				name: 'neverRanHours',
				...ruleHours,
				default: 24,
				description: 'How long a task may exist without a run. 0 does not report it.',
			},
			{
				displayName: 'Overdue After (Hours)',
				name: 'overdueHours',
				...ruleHours,
				default: 26,
				description:
					'How old the last successful backup may get. 0 does not report overdue backups.',
			},
			{
				displayName: 'Too Long After (Hours)',
				name: 'tooLongHours',
				...ruleHours,
				default: 24,
				description: 'How long a backup may run. 0 does not report it.',
			},
		],
	},
];

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** One window of *Mute Between*. */
const muteWindow: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'from',
		type: 'string',
		default: '22:00',
		placeholder: 'e.g. 22:00',
		description: "When the window begins, by the NAS's clock",
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '06:00',
		placeholder: 'e.g. 06:00',
		description: "When it ends, by the NAS's clock; on the next day if that is earlier",
	},
	{
		displayName: 'Days',
		name: 'days',
		type: 'multiOptions',
		default: [],
		description: 'The days on which the window begins. Leave empty for every day.',
		options: WEEKDAYS.map((name, value) => ({ name, value })),
	},
];

/** One row of *Mute Tasks Until*. */
const mutedTasks: INodeProperties[] = [
	{
		displayName: 'Task Name',
		name: 'pattern',
		type: 'string',
		default: '*',
		placeholder: 'e.g. Weekly*',
		description: 'The tasks to mute. * stands for any text.',
	},
	{
		displayName: 'Until',
		name: 'until',
		type: 'dateTime',
		default: '',
		description:
			"When to deliver what was held, by the NAS's clock. Leave empty to mute nothing, for " +
			'example by an expression.',
	},
];

export const triggerOptions: INodeProperties[] = [
	{
		displayName: 'After Failures in a Row',
		name: 'failuresInARow',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 1,
		description:
			'For Backup Failed: how many backups of a task have to fail in a row until one is ' +
			'reported. A success starts a new row.',
		...onlyWith('backupFailed'),
	},
	{
		displayName: 'Deviation Threshold',
		name: 'deviationThreshold',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 5,
		description:
			'For Unusual Run: how many times the usual spread the duration, the size or the number of ' +
			'changed files has to differ from the usual. Lower values report more.',
		...onlyWith('unusualRun'),
	},
	{
		displayName: 'Include Log',
		name: 'includeLog',
		type: 'boolean',
		default: false,
		description:
			"Whether to add what Hyper Backup's log says about the run: why it failed, or which " +
			'files were skipped (experimental)',
		displayOptions: { show: { '/events': ['backupFailed', 'backupPartial'] } },
	},
	{
		displayName: 'Late After (Hours)',
		name: 'lateHours',
		...hours,
		default: 2,
		description:
			'For Backup Overdue: how long after its scheduled time a backup may still start or finish',
		...onlyWith('backupOverdue'),
	},
	{
		displayName: 'Mute Between',
		name: 'muteBetween',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Time Window',
		default: {},
		description:
			'Hold all events in these hours. They are delivered in one poll when the window ends: the ' +
			'newest of each kind and task, with how many there were. Times are those of the NAS, or of ' +
			"the workflow's time zone while the NAS's clock cannot be read.",
		options: [{ displayName: 'Time Window', name: 'window', values: muteWindow }],
	},
	{
		displayName: 'Mute Tasks Until',
		name: 'muteTasks',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Tasks',
		default: {},
		description: 'Hold the events of some tasks until a time, for example during maintenance',
		options: [{ displayName: 'Tasks', name: 'tasks', values: mutedTasks }],
	},
	{
		displayName: 'Never Ran After (Hours)',
		name: 'neverRanHours',
		...hours,
		default: 24,
		description:
			'For Backup Never Ran: how long a task may exist without a run, counted from the first poll',
		...onlyWith('backupNeverRan'),
	},
	{
		displayName: 'No Integrity Check After (Days)',
		name: 'checkOverdueDays',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 30,
		description:
			'For No Integrity Check: how old the last integrity check may get. A task that was ' +
			'never checked counts from the first poll.',
		...onlyWith('integrityCheckOverdue'),
	},
	{
		displayName: 'Overdue After (Hours)',
		name: 'overdueHours',
		...hours,
		default: 26,
		description:
			'For Backup Overdue: how old the last successful backup may get. Without this ' +
			"option, the task's schedule is followed.",
		...onlyWith('backupOverdue'),
	},
	{
		displayName: 'Remind Every (Hours)',
		name: 'remindHours',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description:
			'For Backup Overdue, Backup Never Ran, Destination Problem and NAS Unreachable: report ' +
			'them again after each so many hours for as long as they last. 0 never does.',
		displayOptions: {
			show: {
				'/events': ['backupOverdue', 'backupNeverRan', 'destinationProblem', 'nasUnreachable'],
			},
		},
	},
	requestTimeout,
	{
		displayName: 'Rules per Task',
		name: 'taskRules',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Rule',
		default: {},
		description:
			'Other limits for tasks of certain names. The first rule that fits a task holds; what it ' +
			'does not name is as in the options for all tasks.',
		displayOptions: {
			show: { '/events': ['backupNeverRan', 'backupOverdue', 'backupTooLong'] },
		},
		options: [{ displayName: 'Rule', name: 'rule', values: ruleValues }],
	},
	{
		displayName: 'Then Every (Failures)',
		name: 'thenEvery',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 1,
		description:
			'For Backup Failed: after the first reported failure of a row, report each so many of ' +
			'those that follow. 0 reports none until a backup succeeds.',
		...onlyWith('backupFailed'),
	},
	{
		displayName: 'Too Long After (Hours)',
		name: 'tooLongHours',
		...hours,
		default: 24,
		description: 'For Backup Takes Too Long: how long a backup may run',
		...onlyWith('backupTooLong'),
	},
	{
		displayName: 'Unreachable After (Polls)',
		name: 'unreachableAfter',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 3,
		description: 'For NAS Unreachable: how many polls in a row have to fail',
		...onlyWith('nasUnreachable'),
	},
	{
		displayName: 'Vault Target Overdue After (Hours)',
		name: 'vaultOverdueHours',
		...hours,
		default: 26,
		description:
			'For Vault Target Overdue: how long ago the last backup may have arrived. A target that ' +
			'has received nothing counts from the first poll.',
		...onlyWith('vaultTargetOverdue'),
	},
];
