import type { Operation } from '../Invocation';
import { guarded } from '../guarded';

/** Backoff a running backup so that it can be resumed. */
export const execute: Operation = async (invocation) => await guarded(invocation, 'suspend');
