import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './faults';
import type { Nas } from './Nas';
import type { Outcome } from './types';

/**
 * For demos and tests in another process: `/_simulator/...`, not a part of DSM. GET history, requests, tasks, logins, counts; POST (a JSON body)
 * `tasks/ID/run`, `tasks/ID/end` {result, errorCode, error}, `tasks/ID/next` {outcomes}, `tasks/ID/state` {state}, `fault`, `faults/clear`,
 * `sessions/expire` {code}, `reboot` {milliseconds}, `advance` {milliseconds}, `requests/reset`.
 */
export function control(
	nas: Nas,
	request: IncomingMessage,
	url: URL,
	body: string,
	response: ServerResponse,
): void {
	const path = url.pathname.replace('/_simulator/', '');
	const given = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>;
	const tell = (value: unknown): void =>
		void response
			.writeHead(200, { 'content-type': 'application/json' })
			.end(JSON.stringify(value ?? null));
	const ofTask = /^tasks\/([^/]+)\/(run|end|next|state)$/.exec(path);
	if (request.method === 'POST' && ofTask) {
		const name = decodeURIComponent(ofTask[1]!);
		const task = nas.task(/^\d+$/.test(name) ? Number(name) : name);
		if (ofTask[2] === 'run') task.accept();
		if (ofTask[2] === 'end') task.finish(given as unknown as Outcome);
		if (ofTask[2] === 'next') task.willEnd(...(given.outcomes as Outcome[]));
		if (ofTask[2] === 'state') task.setState(String(given.state));
		return tell({ status: task.status, result: task.result });
	}
	switch (`${request.method} ${path}`) {
		case 'GET history':
			return tell(nas.history);
		case 'GET requests':
			return tell(nas.requests);
		case 'GET logins':
			return tell(nas.sessions.attempts);
		case 'GET tasks':
			return tell(
				nas.tasks.map(({ id, name, state, status, result }) => ({
					id,
					name,
					state,
					status,
					result,
				})),
			);
		case 'GET counts':
			return tell({
				requests: nas.requests.length,
				logins: nas.sessions.attempts.length,
				sessions: nas.sessions.open.length,
				connections: nas.connections,
			});
		case 'POST reboot':
			return tell(nas.reboot(Number(given.milliseconds ?? 0)));
		case 'POST requests/reset':
			return tell(nas.resetRequests());
		case 'POST fault':
			return tell(nas.fault(given as unknown as Fault));
		case 'POST faults/clear':
			return tell(nas.clearFaults());
		case 'POST sessions/expire':
			return tell(nas.sessions.expire((given.code as 119 | undefined) ?? 119));
		case 'POST advance':
			return tell(nas.advance(Number(given.milliseconds)));
		default:
			response.writeHead(404).end();
	}
}
