import type { Operation } from '../Invocation';
import { guarded } from '../guarded';

/** Stops a running backup; what it copied so far does not become a version. */
export const execute: Operation = async (invocation) => await guarded(invocation, 'cancel');
