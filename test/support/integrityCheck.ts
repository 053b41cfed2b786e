import type { IDataObject } from 'n8n-workflow';
import type { DsmVersion, Nas, TaskSpec } from '../../simulator';
import type { CredentialsHelper } from '../../testing/credentialsHelper';
import { runNode, type Ran, type RunOptions } from '../../testing/engine';

export const START = Date.UTC(2026, 10, 24, 8, 0, 0);
export const TARGET = 'SYNO.Backup.Target';
export const LOG = 'SYNO.SDS.Backup.Client.Common.Log';
export const PROFILES: DsmVersion[] = ['6.2', '7.0', '7.2', '7.4'];

const CHECKED = Date.UTC(2026, 10, 20, 3, 15, 0);

/** DSM 6 has another API for the log, whose responses nobody has shown. */
export const showsLog = (dsm: DsmVersion): boolean => dsm !== '6.2';

export const nightly = (more: Partial<TaskSpec> = {}): TaskSpec => ({
	id: 1,
	name: 'Nightly',
	durationSeconds: 600,
	checkSeconds: 900,
	lastRun: { result: 'done', endedAt: START - 3_600_000 },
	lastCheck: { at: CHECKED },
	...more,
});

/** An operation of the resource *Integrity Check* on the first task. */
export const operate = async (
	credentials: CredentialsHelper,
	operation: string,
	more: IDataObject = {},
	options: RunOptions = {},
): Promise<Ran> => {
	const taskId = { __rl: true, mode: 'id', value: 1 };
	const parameters = { resource: 'integrityCheck', operation, taskId, ...more };
	return await runNode(credentials, parameters as never, options);
};

/** How often a method was called by itself. */
export const calls = (nas: Nas, apiMethod: string): number =>
	nas.requests.filter((request) => request.apiMethod === apiMethod).length;

export const kinds = (nas: Nas): string[] => nas.history.map(({ kind }) => kind);
