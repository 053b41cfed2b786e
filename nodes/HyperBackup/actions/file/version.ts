import type { INodeProperties } from 'n8n-workflow';
import type { Place } from '../../hyperBackup/files/FileEntry';
import { versionIdOf } from '../../hyperBackup/versions/fetchVersions';
import { newestCompleted, rejectUnknownVersion } from '../../hyperBackup/versions/newestVersion';
import { DsmError } from '../../dsm/errors/DsmError';
import { TaskError } from '../../hyperBackup/task/TaskError';
import { labelOf, withTaskContext, type ChosenTask } from '../../n8n/chosenTask';
import type { Invocation, Where, TaskInvocation } from '../Invocation';
import { textParameter, wordParameter } from '../parameters';
import { versionRows } from '../version/versionRows';

const CHOICES = ['newest', 'number'] as const;

/** Which version: of the operations on files. */
export const versionFields: INodeProperties[] = [
	{
		displayName: 'Version',
		name: 'versionChoice',
		type: 'options',
		default: 'newest',
		description: 'The version (restore point) of the backup to read from',
		options: [
			{
				name: 'Newest Completed',
				value: 'newest',
				description: 'The newest version that was completed',
			},
			{ name: 'By Number', value: 'number', description: 'A version with a certain number' },
		],
	},
	{
		displayName: 'Version Number',
		name: 'versionId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 42',
		description: "The number of the version in Hyper Backup's list of versions",
		displayOptions: { show: { versionChoice: ['number'] } },
	},
];

/** undefined: the newest. Throws a sentence if it is no number. */
export function versionParameter(where: Where): string | undefined {
	if (wordParameter(where, 'versionChoice', 'Version', CHOICES, 'newest') === 'newest')
		return undefined;
	const number = textParameter(where, 'versionId', 'Version Number') ?? '';
	if (/^\d{1,15}$/.test(number)) return number;
	throw new TaskError(
		number === ''
			? "'Version Number' is empty"
			: `'Version Number' must be a number, and is '${number.slice(0, 60)}'`,
		"Enter the number of a version, or choose 'Newest Completed'.",
	);
}

export interface ChosenVersion extends Place {
	task: ChosenTask;
}

/** Task and version for this item: none, one or two requests. */
export async function chosenVersion(invocation: TaskInvocation): Promise<ChosenVersion> {
	const { api, task } = invocation;
	const number = versionParameter(invocation);
	if (number !== undefined) return { task, taskId: task.id, versionId: number, nas: api.nas };
	const rows = await versionRows(invocation, task);
	const versionId = versionIdOf(newestCompleted(rows, labelOf(task)));
	return { task, taskId: task.id, versionId, nas: api.nas };
}

/** Hyper Backup's own codes: the task or the version may not exist. */
const isRefusal = (error: unknown): boolean => {
	const { kind, dsmCode = 0 } = error instanceof DsmError ? error : { kind: '' };
	return kind === 'refused' && dsmCode >= 4400 && dsmCode < 4500;
};

/** A version that does not exist gets a sentence of its own (one more request). */
async function versionError(
	{ api }: Invocation,
	{ task, versionId }: ChosenVersion,
	error: unknown,
): Promise<unknown> {
	if (!isRefusal(error)) return error;
	try {
		await rejectUnknownVersion(api.client, task.id, versionId, labelOf(task));
	} catch (unknownVersion) {
		// What the NAS does not tell leaves the first error as it is.
		if (!(unknownVersion instanceof DsmError)) return unknownVersion;
	}
	return error;
}

/**
 * The result of `work`; where the NAS refuses, the sentence says about which task and version, or
 * that there is none.
 */
export async function inVersion<T>(
	invocation: Invocation,
	version: ChosenVersion,
	outcome: string,
	work: Promise<T>,
): Promise<T> {
	const explained = async (): Promise<T> => {
		try {
			return await work;
		} catch (error) {
			throw await versionError(invocation, version, error);
		}
	};
	return await withTaskContext(invocation.api, version.task, outcome, explained());
}
