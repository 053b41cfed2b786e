import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './faults';
import type { Sessions } from './Sessions';
import type { BackupTask } from './task/BackupTask';
import type { DsmVersion, Outcome, Recorded, Truth } from './types';

type Given = Record<string, unknown>;

/** What of a NAS can be controlled from outside. */
interface Nas {
	readonly history: Truth[];
	readonly requests: Recorded[];
	readonly sessions: Sessions;
	readonly tasks: BackupTask[];
	readonly connections: number;
	task(idOrName: number | string): BackupTask;
	reboot(milliseconds: number): void;
	upgrade(dsm: DsmVersion, milliseconds: number): void;
	resetRequests(): void;
	fault(fault: Fault): void;
	clearFaults(): void;
	advance(milliseconds: number): void;
}

/** What one can read of the NAS from outside: names after `/_simulator/`. */
const READS: Record<string, (nas: Nas) => unknown> = {
	history: (nas) => nas.history,
	requests: (nas) => nas.requests,
	logins: (nas) => nas.sessions.attempts,
	tasks: (nas) =>
		nas.tasks.map(({ id, name, state, status, result }) => ({ id, name, state, status, result })),
	counts: (nas) => ({
		requests: nas.requests.length,
		logins: nas.sessions.attempts.length,
		sessions: nas.sessions.open.length,
		connections: nas.connections,
	}),
};

const ACTIONS: Record<string, (nas: Nas, given: Given) => unknown> = {
	reboot: (nas, given) => nas.reboot(Number(given.milliseconds ?? 0)),
	upgrade: (nas, given) => nas.upgrade(given.dsm as DsmVersion, Number(given.milliseconds ?? 0)),
	'requests/reset': (nas) => nas.resetRequests(),
	fault: (nas, given) => nas.fault(given as unknown as Fault),
	'faults/clear': (nas) => nas.clearFaults(),
	'sessions/expire': (nas, given) => nas.sessions.expire((given.code as 119 | undefined) ?? 119),
	advance: (nas, given) => nas.advance(Number(given.milliseconds)),
};

const TASK_ACTIONS: Record<string, (task: BackupTask, given: Given) => unknown> = {
	run: (task) => task.accept(),
	end: (task, given) => task.finish(given as unknown as Outcome),
	next: (task, given) => task.willEnd(...(given.outcomes as Outcome[])),
	state: (task, given) => task.setState(String(given.state)),
	suspend: (task) => task.suspend(),
	interrupt: (task) => task.interrupt(),
	die: (task, given) => task.die(given),
	rotate: (task, given) => task.rotate(given),
	check: (task, given) => task.integrityCheck(given.seconds as number, given.end as 'passed'),
	repair: (task) => task.repair(),
};

/**
 * For demos and tests in another process: `/_simulator/...`, not a part of DSM. GET reads; POST (a
 * JSON body) acts,
 * on a task as `tasks/ID/ACTION`. What cannot be done is refused with 400 and the reason.
 */
export function control(
	nas: Nas,
	request: IncomingMessage,
	url: URL,
	body: string,
	response: ServerResponse,
): void {
	const send = (status: number, value: unknown): void =>
		void response
			.writeHead(status, { 'content-type': 'application/json' })
			.end(JSON.stringify(value ?? null));
	try {
		const path = url.pathname.replace('/_simulator/', '');
		const work = workFor(nas, request.method ?? '', path);
		if (!work) return send(404, { error: `The simulator has no ${request.method} ${path}` });
		send(200, work((body === '' ? {} : JSON.parse(body)) as Given));
	} catch (error) {
		send(400, { error: error instanceof Error ? error.message : String(error) });
	}
}

function workFor(nas: Nas, method: string, path: string): ((given: Given) => unknown) | undefined {
	const own = <T>(table: Record<string, T>, name: string): T | undefined =>
		Object.hasOwn(table, name) ? table[name] : undefined;
	if (method === 'GET') {
		const read = own(READS, path);
		return read && (() => read(nas));
	}
	if (method !== 'POST') return undefined;
	const ofTask = /^tasks\/([^/]+)\/([a-z]+)$/.exec(path);
	const taskAction = ofTask && own(TASK_ACTIONS, ofTask[2]!);
	if (ofTask && taskAction) {
		return (given) => {
			const name = decodeURIComponent(ofTask[1]!);
			const task = nas.task(/^\d+$/.test(name) ? Number(name) : name);
			taskAction(task, given);
			return { status: task.status, result: task.result };
		};
	}
	const action = own(ACTIONS, path);
	return action && ((given) => action(nas, given));
}
