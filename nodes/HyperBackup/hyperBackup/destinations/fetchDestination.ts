import type { IDataObject } from 'n8n-workflow';
import { callTogether, type MemberAnswer } from '../../dsm/compound';
import { dsmErrorOf, type DsmError } from '../../dsm/errors/DsmError';
import { readClock } from '../clock/NasClock';
import { asRow, isRow } from '../task/dialects/Dialect';
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

/** One request; single ones on a NAS that takes no compound requests. */
async function request(
	api: TaskApi,
	id: string,
	timeout: number,
): Promise<[target: MemberAnswer, repository: MemberAnswer]> {
	const target = { ...targetCall(id, ['is_online', 'used_size']), timeout };
	try {
		const calls = [target, repositoryCall(id)];
		const [first, second] = await callTogether(api.client, calls, {
			timeout,
			needed: [target],
		});
		return [first!, second!];
	} catch (error) {
		const failure = dsmErrorOf(error);
		if (failure.kind !== 'timeout') throw failure;
		return [{ error: failure }, { error: failure }];
	}
}

/**
 * The destination of a task: one request, in which the NAS connects to it. A destination that is
 * away is a result, not an error. `label` is how sentences call the task; `timeout` in milliseconds.
 */
export async function fetchDestination(
	api: TaskApi,
	{ id, label }: { id: string; label: string },
	timeout: number,
): Promise<WithRaw<Destination>> {
	const [target, repository] = await request(api, id, timeout);
	const failure = 'error' in target ? await failureOf(api, id, target.error, timeout) : undefined;
	const parts: DestinationParts = {
		target: 'data' in target ? asRow(target.data) : {},
		repository: 'data' in repository && isRow(repository.data) ? repository.data : undefined,
		failure,
	};
	const clock = await readClock(api.client, api.workflowZone);
	const raw = { ...parts.target, repository: parts.repository ?? null } as IDataObject;
	return { model: destinationFromDsm({ id, label }, parts, clock), raw };
}
