import { guardedOperation } from '../guardedOperation';

export const suspend = guardedOperation('suspend', {
	name: 'Suspend',
	action: 'Suspend a running backup',
	description: 'Pause a running backup so that it can be resumed later',
});
