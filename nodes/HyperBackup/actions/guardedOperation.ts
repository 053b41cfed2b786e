import type { Action } from '../hyperBackup/task/dialects/Dialect';
import { actIfAllowed, ignoreIfDone, ignoreOptions } from './act';
import { ACTIONS } from './actionRecords';
import type { Operation } from './Invocation';

/** An action that is only sent to a task in a state that it is meant for. Two requests. */
export function guardedOperation(action: Action, option: Operation['option']): Operation {
	return {
		option,
		options: ignoreOptions,
		onTask: true,
		check: (where) => void ignoreIfDone(where),
		changes: () => `The backup was not ${ACTIONS[action].done}`,
		execute: async (invocation) => await actIfAllowed(invocation, invocation.task, action),
	};
}
