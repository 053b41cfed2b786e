import { guardedOperation } from '../guardedOperation';

export const discard = guardedOperation('discard', {
	name: 'Discard',
	action: 'Discard a suspended backup',
	description: 'Discard a suspended backup; the next run starts from scratch',
});
