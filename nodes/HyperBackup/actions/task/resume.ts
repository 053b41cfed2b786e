import type { Operation } from '../Invocation';
import { guarded } from '../guarded';

/** Goes on with a suspended backup. */
export const execute: Operation = async (invocation) => await guarded(invocation, 'resume');
