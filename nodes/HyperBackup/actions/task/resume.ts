import { guardedOperation } from '../guardedOperation';

export const resume = guardedOperation('resume', {
	name: 'Resume',
	action: 'Resume a suspended backup',
	description: 'Continue a suspended backup. Refused for a task that is not suspended.',
});
