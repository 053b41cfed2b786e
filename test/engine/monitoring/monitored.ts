import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { DsmVersion, Nas, TaskSpec } from '../../../simulator';
import { ActiveTrigger } from '../../../testing/engine';
import { givenNas } from '../../../testing/nas';

export const START = Date.UTC(2026, 10, 24, 8, 0, 0);

export const nightly = (more: Partial<TaskSpec> = {}): TaskSpec => ({
	id: 1,
	name: 'Nightly',
	durationSeconds: 600,
	lastRun: { result: 'done', endedAt: START - 3_600_000 },
	...more,
});

export const reported = (items: IDataObject[] | null): string[] =>
	(items ?? []).map(({ event }) => event as string);

/** A trigger that has taken its baseline, by the clock of its NAS. */
export async function activated(
	spec: TaskSpec | TaskSpec[],
	parameters: INodeParameters,
	more: { dialect?: 'dsm' | 'documented'; dsm?: DsmVersion } = {},
) {
	const tasks = Array.isArray(spec) ? spec : [spec];
	const { nas, credentials } = await givenNas({ tasks, ...more });
	jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
	const trigger = new ActiveTrigger(credentials, parameters);
	await trigger.poll();
	return { nas, trigger };
}

/** A run that nobody sees under way. */
export function runToTheEnd(nas: Nas, id: number | string = 1): void {
	nas.task(id).accept();
	nas.advance({ minutes: 61 });
}
