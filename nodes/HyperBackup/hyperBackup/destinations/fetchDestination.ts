import type { IDataObject } from 'n8n-workflow';
import { callTogether, type MemberAnswer } from '../../dsm/compound';
import type { Call } from '../../dsm/DsmClient';
import { dsmErrorOf, type DsmError } from '../../dsm/errors/DsmError';
import { readClock } from '../clock/NasClock';
import { asRow, isRow } from '../task/Task';
import type { TaskApi, WithRaw } from '../task/TaskApi';
import { destinationFromDsm, type Destination, type DestinationParts } from './Destination';
import { repositoryCall, targetCall } from './targetCall';

/** DSM's generic failure, which it gives for a destination that is away, after a wait. */
const FAILED = 4401;

/** The NAS itself responds, and knows the task: it is the destination that does not. */
async function knowsTask(api: TaskApi, id: string): Promise<boolean> {
	try {
		return (await api.fetchSnapshot(id)) !== undefined;
	} catch {
		return false;
	}
}

/** Why the destination counts as offline; the error is thrown if it means anything else. */
async function failureOf(
	api: TaskApi,
	id: string,
	error: DsmError,
	timeout: number,
): Promise<NonNullable<DestinationParts['failure']>> {
	const hangs = error.kind === 'timeout';
	if ((!hangs && error.dsmCode !== FAILED) || !(await knowsTask(api, id))) throw error;
	const clause = hangs
		? `its destination did not respond within ${Math.round(timeout / 1000)} seconds`
		: `the NAS could not reach its destination (${FAILED})`;
	return { clause, code: error.dsmCode ?? null };
}

/** What asks for a destination. The first one makes the NAS connect to it. */
export const destinationCalls = (id: string): [target: Call, repository: Call] => [
	targetCall(id, ['is_online', 'used_size']),
	repositoryCall(id),
];

interface Whose {
	id: string;
	/** How sentences call the task. */
	label: string;
	/** Milliseconds that the NAS had. */
	timeout: number;
}

/** The answers to `destinationCalls`. A destination that is away is a result, not an error. */
export async function readDestination(
	api: TaskApi,
	{ id, label, timeout }: Whose,
	[target, repository]: MemberAnswer[],
): Promise<WithRaw<Destination>> {
	const failure = 'error' in target! ? await failureOf(api, id, target.error, timeout) : undefined;
	const parts: DestinationParts = {
		target: 'data' in target! ? asRow(target.data) : {},
		repository: 'data' in repository! && isRow(repository.data) ? repository.data : undefined,
		failure,
	};
	const clock = await readClock(api.client, api.workflowZone);
	const raw = { ...parts.target, repository: parts.repository ?? null } as IDataObject;
	return { model: destinationFromDsm({ id, label }, parts, clock), raw };
}

/** The destination of a task: one request, in which the NAS connects to it. */
export async function fetchDestination(
	api: TaskApi,
	{ id, label }: { id: string; label: string },
	timeout: number,
): Promise<WithRaw<Destination>> {
	const [target, repository] = destinationCalls(id);
	const calls = [{ ...target, timeout }, repository];
	const together = { timeout, needed: [calls[0]!] };
	const answers = await callTogether(api.client, calls, together).catch((error: unknown) => {
		const failure = dsmErrorOf(error);
		if (failure.kind !== 'timeout') throw failure;
		return calls.map(() => ({ error: failure }));
	});
	return await readDestination(api, { id, label, timeout }, answers);
}
