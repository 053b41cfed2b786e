import { guardedOperation } from '../guardedOperation';

export const cancel = guardedOperation('cancel', {
	name: 'Cancel',
	action: 'Cancel a running backup',
	description: 'Stop a running backup for good. What was copied so far does not become a version.',
});
