import type { Operation } from '../Invocation';
import { waitForCompletion } from '../runAndWait';

/** Waits for a run that the schedule, a person or another workflow started. */
export const execute: Operation = waitForCompletion;
