/**
 * What the trigger can tell, in the order of the editor's list. The values are kept in saved
 * workflows: they never change.
 */
export const EVENTS = [
	'statusChanged',
	'backupStarted',
	'backupSucceeded',
	'backupPartial',
	'backupFailed',
	'backupCanceled',
	'backupSuspended',
	'backupResumed',
	'backupRecovered',
	'integrityCheckStarted',
	'integrityCheckPassed',
	'integrityCheckFailed',
	'integrityCheckOverdue',
	'destinationProblem',
	'backupOverdue',
	'backupNeverRan',
	'backupTooLong',
	'unusualRun',
	'taskAdded',
	'taskRemoved',
	'taskRenamed',
	'logEntry',
	'vaultTargetOverdue',
	'nasUnreachable',
] as const;

export type EventName = (typeof EVENTS)[number];

/** Not chosen by themselves: each comes with the event in whose wake it happens. */
export type FollowUp =
	| 'backupOutcomeUnknown'
	| 'versionRotationFailed'
	| 'backupOverdueEnded'
	| 'backupNeverRanEnded'
	| 'backupTooLongEnded'
	| 'integrityCheckOverdueEnded'
	| 'vaultTargetOverdueEnded'
	| 'nasReachable';

/** What has to be chosen for an event to be delivered. */
export const CHOSEN_WITH: Record<FollowUp, EventName> = {
	// Nobody knows how the run went: an alert about failures has to include this.
	backupOutcomeUnknown: 'backupFailed',
	// No event of the list covers it, and it needs attention like a failed backup.
	versionRotationFailed: 'backupFailed',
	backupOverdueEnded: 'backupOverdue',
	backupNeverRanEnded: 'backupNeverRan',
	backupTooLongEnded: 'backupTooLong',
	integrityCheckOverdueEnded: 'integrityCheckOverdue',
	vaultTargetOverdueEnded: 'vaultTargetOverdue',
	nasReachable: 'nasUnreachable',
};

export function isChosen(event: EventName | FollowUp, chosen: readonly EventName[]): boolean {
	const wanted = Object.prototype.hasOwnProperty.call(CHOSEN_WITH, event)
		? CHOSEN_WITH[event as FollowUp]
		: (event as EventName);
	return chosen.includes(wanted);
}
