import { isChecking } from '../../hyperBackup/integrity/checkReadiness';
import { ignoreIfDone, ignoreOptions } from '../act';
import type { Operation } from '../Invocation';
import { readFirst } from '../waiting/Reading';
import { cancelCheck, nothingToCancel } from './cancelCheck';

/** Sent only while a check runs. Two requests. */
export const cancel: Operation = {
	option: {
		name: 'Cancel',
		action: 'Cancel a running integrity check',
		description: 'Stop a running integrity check (experimental)',
	},
	options: ignoreOptions,
	onTask: true,
	check: (where) => void ignoreIfDone(where),
	changes: () => 'The integrity check was not canceled',
	execute: async (invocation) => {
		const { api, task } = invocation;
		const ignore = ignoreIfDone(invocation);
		const { snapshot, dialect } = await readFirst(api, task, 'could not be read');
		// The documented API does not show checks: DSM itself knows whether one runs.
		const nothing = dialect.statusAddsToList && !isChecking(snapshot);
		if (nothing && !ignore) throw nothingToCancel(task, snapshot);
		if (nothing) {
			const { status } = snapshot;
			return [{ task_id: task.id, name: task.name ?? null, success: true, changed: false, status }];
		}
		const accepted = await cancelCheck(invocation, task);
		return [{ ...accepted, ...(ignore ? { changed: true } : {}) }];
	},
};
