import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { STATUSES, type Status } from '../hyperBackup/task/statusMapping';
import type { EventName } from './eventNames';

const EVENT_TEXTS: Record<EventName, [name: string, action: string, description: string]> = {
	backupCanceled: [
		'Backup Canceled',
		'On backup canceled',
		'A person canceled a backup, or discarded a suspended one',
	],
	backupFailed: [
		'Backup Failed',
		'On backup failed',
		'A backup failed, or ended in a way that could not be learnt',
	],
	backupNeverRan: [
		'Backup Never Ran',
		'On backup that never ran',
		'A task has existed for some time without a run. WithRaw again when it has run.',
	],
	backupOverdue: [
		'Backup Overdue',
		'On backup overdue',
		'There was no successful backup for too long, or a scheduled one did not start. WithRaw again when that is over.',
	],
	backupPartial: [
		'Backup Partially Completed',
		'On backup partially completed',
		'A backup ended with something left out',
	],
	backupResumed: ['Backup Resumed', 'On backup resumed', 'A suspended backup goes on'],
	backupStarted: ['Backup Started', 'On backup started', 'A backup has begun'],
	backupSucceeded: ['Backup Succeeded', 'On backup succeeded', 'A backup has ended well'],
	backupSuspended: [
		'Backup Suspended',
		'On backup suspended',
		'A backup was suspended and can be resumed',
	],
	backupTooLong: [
		'Backup Takes Too Long',
		'On backup that takes too long',
		'A backup runs for longer than it should. WithRaw again when it has ended.',
	],
	destinationProblem: [
		'Destination Problem',
		'On destination problem',
		'The destination is offline, broken, allows only restoring, refuses the login, or its service has ended',
	],
	integrityCheckFailed: [
		'Integrity Check Found Damage',
		'On integrity check that found damage',
		'An integrity check of the backup found damage',
	],
	integrityCheckPassed: [
		'Integrity Check Passed',
		'On integrity check passed',
		'An integrity check ended without finding damage',
	],
	integrityCheckStarted: [
		'Integrity Check Started',
		'On integrity check started',
		'An integrity check of the backup has begun',
	],
	nasUnreachable: [
		'NAS Unreachable',
		'On NAS unreachable',
		'Several polls in a row failed. WithRaw again when the NAS is back. Replaces the failed execution.',
	],
	statusChanged: [
		'Task Status Changed',
		'On task status changed',
		'A task became idle, running, suspended, error or unknown',
	],
	taskAdded: ['Task Added', 'On task added', 'There is a new backup task'],
	taskRemoved: ['Task Removed', 'On task removed', 'A backup task is gone'],
	taskRenamed: ['Task Renamed', 'On task renamed', 'A backup task has another name'],
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

const hours = { type: 'number' as const, typeOptions: { minValue: 0.01, numberPrecision: 2 } };
const onlyWith = (event: EventName): Pick<INodeProperties, 'displayOptions'> => ({
	displayOptions: { show: { '/events': [event] } },
});

export const triggerOptions: INodeProperties[] = [
	{
		displayName: 'Never Ran After (Hours)',
		name: 'neverRanHours',
		...hours,
		default: 24,
		description:
			'For Backup Never Ran: how long a task may exist without a run, counted from the first poll that saw it',
		...onlyWith('backupNeverRan'),
	},
	{
		displayName: 'Overdue After (Hours)',
		name: 'overdueHours',
		...hours,
		default: 26,
		description: 'For Backup Overdue: how old the last successful backup may get',
		...onlyWith('backupOverdue'),
	},
	{
		displayName: 'Scheduled Run Late After (Hours)',
		name: 'graceHours',
		...hours,
		default: 2,
		description: 'For Backup Overdue: how long after its scheduled time a backup may begin',
		...onlyWith('backupOverdue'),
	},
	{
		displayName: 'Timeout (Milliseconds)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1000 },
		default: 30000,
		description: 'How long to wait for one answer of the NAS',
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
];
