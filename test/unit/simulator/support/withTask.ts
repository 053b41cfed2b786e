import type { NasOptions, TaskSpec } from '../../../../simulator';

/** A NAS with one task, whose runs take 100 seconds. */
const NIGHTLY: TaskSpec = { id: 1, name: 'Nightly', durationSeconds: 100 };
export const withTask = (more: Partial<TaskSpec> = {}, options: NasOptions = {}): NasOptions => ({
	dsm: '7.2',
	tasks: [{ ...NIGHTLY, ...more }],
	...options,
});
