import type { IDataObject } from 'n8n-workflow';
import type { MemberAnswer } from '../../dsm/compound';
import type { Call } from '../../dsm/DsmClient';
import { dsmErrorOf, messageOf } from '../../dsm/errors/DsmError';
import { maskDestination } from '../destinations/Destination';
import { destinationCalls, readDestination } from '../destinations/fetchDestination';
import { targetCall } from '../destinations/targetCall';
import { readClock } from '../clock/NasClock';
import { lastRunLog, taskLogCall } from '../logs/runLog';
import {
	rejectWithoutStatistics,
	statisticCall,
	statisticsOf,
} from '../statistics/fetchStatistics';
import { statisticsFromDsm } from '../statistics/Statistics';
import { maskSecrets } from '../task/maskSecrets';
import type { Task } from '../task/Task';
import type { TaskApi, WithRaw } from '../task/TaskApi';
import { fetchVersions, versionsCall } from '../versions/fetchVersions';
import { toVersion } from '../versions/Version';

/** What can be had beside a task. */
export const PARTS = ['destination', 'log', 'statistics', 'versions'] as const;

export type Part = (typeof PARTS)[number];

interface Wanted {
	id: string;
	/** How sentences call the task. */
	label: string;
	parts: readonly Part[];
	/** Milliseconds that the NAS has for the destination, and so for the whole. */
	timeout: number;
	simplify: boolean;
}

interface Reading extends Wanted {
	api: TaskApi;
	task: WithRaw<Task>;
	/** To the calls of this part. */
	answers: MemberAnswer[];
}

interface Reader {
	/** The field of the item. */
	field: string;
	calls: (id: string) => Call[];
	/** What is thrown stands in `<field>_error`. */
	read: (reading: Reading) => Promise<unknown>;
}

function dataOf(answer: MemberAnswer): unknown {
	if ('error' in answer) throw answer.error;
	return answer.data;
}

const clockOf = async ({ api }: Reading) => await readClock(api.client, api.workflowZone);

const READERS: Record<Part, Reader> = {
	destination: {
		field: 'destination_details',
		calls: destinationCalls,
		read: async (reading) => {
			const { model, raw } = await readDestination(reading.api, reading, reading.answers);
			return reading.simplify ? model : maskDestination(raw);
		},
	},
	log: {
		field: 'log',
		calls: (id) => [taskLogCall(id)],
		read: async ({ api, task, answers }) => await lastRunLog(api, task, dataOf(answers[0]!)),
	},
	statistics: {
		field: 'statistics',
		calls: (id) => [targetCall(id), statisticCall(id)],
		read: async (reading) => {
			const { label, answers, simplify } = reading;
			rejectWithoutStatistics(label, answers[0]!);
			const raw = statisticsOf(answers[1]!);
			return simplify ? statisticsFromDsm(label, raw, await clockOf(reading)) : raw;
		},
	},
	versions: {
		field: 'versions',
		calls: (id) => [versionsCall(id)],
		read: async (reading) => {
			const { api, id, answers, simplify } = reading;
			const rows = await fetchVersions(api.client, id, dataOf(answers[0]!));
			if (!simplify) return rows.map((row) => maskSecrets(row));
			const clock = await clockOf(reading);
			return rows.map((row) => toVersion(row, clock));
		},
	},
};

async function readPart(part: Part, reading: Reading): Promise<IDataObject> {
	const { field, read } = READERS[part];
	try {
		return { [field]: (await read(reading)) as IDataObject };
	} catch (error) {
		return { [field]: null, [`${field}_error`]: messageOf(error) };
	}
}

/**
 * The task with all calls in one request. A destination that does not respond holds the whole up:
 * then the task alone is requested, and what was asked for beside it has no answer.
 */
async function request(api: TaskApi, { id, timeout }: Wanted, calls: Call[]) {
	try {
		return await api.getWith(id, calls, calls.length === 0 ? undefined : timeout);
	} catch (error) {
		const failure = dsmErrorOf(error);
		if (calls.length === 0 || failure.kind !== 'timeout') throw failure;
		return { ...(await api.get(id)), answers: calls.map(() => ({ error: failure })) };
	}
}

/**
 * A task and what is wanted beside it: one request, in the documented dialect two. What cannot be
 * had is null, and the item says why.
 */
export async function getDetails(
	api: TaskApi,
	wanted: Wanted,
): Promise<WithRaw<Task> & { more: IDataObject }> {
	const parts = PARTS.filter((part) => wanted.parts.includes(part));
	const calls = parts.map((part) => READERS[part].calls(wanted.id));
	const { answers, ...task } = await request(api, wanted, calls.flat());
	const more: IDataObject = {};
	let next = 0;
	for (const [index, part] of parts.entries()) {
		const end = next + calls[index]!.length;
		const own = { ...wanted, api, task, answers: answers.slice(next, end) };
		Object.assign(more, await readPart(part, own));
		next = end;
	}
	return { ...task, more };
}
