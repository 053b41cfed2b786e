import type { Operation } from '../Invocation';
import { guarded } from '../guarded';

/** Throws a suspended backup away; the next run starts afresh. */
export const execute: Operation = async (invocation) => await guarded(invocation, 'discard');
