import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { certificate, DEFAULT_ACCOUNT, type Nas } from '../../simulator';
import { runNode } from '../../testing/engine';
import { httpRequestNode, testButton } from '../../testing/httpRequestNode';
import { closeAll, credentialsFor, givenNas, newProcess } from '../../testing/nas';

const servers: Server[] = [];

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
});

async function givenServer(
	respond: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
	const server = createServer(respond);
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const tasks = [{ id: 1, name: 'Nightly' }];
const logins = (nas: Nas) => nas.count('SYNO.API.Auth', 'login');
const list = (nas: { url: string }) => ({
	method: 'GET' as const,
	uri: `${nas.url}/webapi/entry.cgi?api=SYNO.Backup.Task&version=1&method=list`,
	json: true,
});

describe("n8n's HTTP Request node", () => {
	test('logs in once, and the next ones use the session that n8n keeps', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		for (let round = 0; round < 5; round++) {
			expect(await httpRequestNode(credentials, list(nas))).toMatchObject({ success: true });
			newProcess();
		}
		expect(logins(nas)).toBe(1);
	});

	test('does not log in again because a request failed', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		await httpRequestNode(credentials, list(nas));
		const { writes } = credentials;
		nas.fault({ kind: 'http404', api: 'SYNO.Backup.Task' });
		for (let round = 0; round < 10; round++)
			await expect(httpRequestNode(credentials, list(nas))).rejects.toThrow('could not be found');
		expect(logins(nas)).toBe(1);
		expect(credentials.writes).toBe(writes);
	});

	test('does not log in because Read Only refuses a request', async () => {
		const { nas } = await givenNas({ tasks });
		const credentials = credentialsFor(nas, { readOnly: true });
		await httpRequestNode(credentials, list(nas));
		const backup = { ...list(nas), uri: list(nas).uri.replace('list', 'backup') };
		for (let round = 0; round < 10; round++)
			await expect(httpRequestNode(credentials, backup)).rejects.toThrow('read-only');
		expect(logins(nas)).toBe(1);
		expect(nas.count('SYNO.Backup.Task', 'backup')).toBe(0);
	});

	test('says when a refused login is tried again, and tries it no earlier, whatever process', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		credentials.stored.password = 'wrong';
		const start = Date.now();
		const errors: Array<Error & { description?: string }> = [];
		for (let minute = 0; minute < 29; minute++) {
			jest.spyOn(Date, 'now').mockReturnValue(start + minute * 60_000);
			const request = httpRequestNode(credentials, list(nas));
			errors.push(
				await request.then(
					() => new Error('worked'),
					(error: Error) => error,
				),
			);
			newProcess();
		}
		expect(errors.every(({ message }) => message.includes('the password is wrong'))).toBe(true);
		expect(errors[1]!.description).toMatch(/does not try this login again before .* UTC/);
		expect(nas.sessions.attempts).toHaveLength(1);
		jest.spyOn(Date, 'now').mockReturnValue(start + 31 * 60_000);
		await expect(httpRequestNode(credentials, list(nas))).rejects.toThrow();
		expect(nas.sessions.attempts).toHaveLength(2);
		credentials.stored.password = DEFAULT_ACCOUNT.password;
		expect(await httpRequestNode(credentials, list(nas))).toMatchObject({ success: true });
	});

	test('uses the session that a node of this process opened after the kept one had died', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		await httpRequestNode(credentials, list(nas));
		const old = { ...credentials.stored };
		nas.sessions.expire(119);
		await runNode(credentials, { operation: 'getAll' });
		credentials.stored = old;
		expect(await httpRequestNode(credentials, list(nas))).toMatchObject({ success: true });
		expect(logins(nas)).toBe(2);
	});

	test('carries the session through no redirect', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		await httpRequestNode(credentials, list(nas));
		const seen: IncomingMessage[] = [];
		const elsewhere = await givenServer((request, response) => {
			seen.push(request);
			response.end('{}');
		});
		nas.fault({ kind: 'redirect', location: elsewhere, api: 'SYNO.Backup.Task' });
		for (const more of [{}, { followAllRedirects: true, maxRedirects: 21 }, { method: 'POST' }]) {
			const request = httpRequestNode(credentials, { ...list(nas), ...more } as never);
			await expect(request).rejects.toThrow('302');
		}
		expect(seen).toHaveLength(0);
	});

	test("sends a session to no server but the one it was opened on, whatever its 'Ignore SSL Issues' says", async () => {
		const own = await certificate();
		const { nas } = await givenNas({ tasks, tls: own });
		const credentials = credentialsFor(nas, { caCertificate: own.cert });
		await httpRequestNode(credentials, { ...list(nas), rejectUnauthorized: false });
		const port = Number(new URL(nas.url).port);
		await nas.close();
		const { nas: impostor } = await givenNas({ tasks, tls: await certificate(), port });
		const request = { ...list(impostor), rejectUnauthorized: false };
		await expect(httpRequestNode(credentials, request)).rejects.toThrow();
		expect(impostor.requests).toHaveLength(0);
	});
});

describe('the button Test', () => {
	test('logs in anew, lists the tasks, and leaves one session', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		for (let round = 0; round < 3; round++) expect(await testButton(credentials)).toBe('OK');
		expect(logins(nas)).toBe(3);
		expect(nas.sessions.open).toHaveLength(1);
		expect(nas.requests.filter(({ method }) => method === 'HEAD')).toHaveLength(3);
	});

	test('works with what a browser leaves behind the address', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		credentials.stored.baseUrl = ` ${nas.url}/#/signin `;
		expect(await testButton(credentials)).toBe('OK');
	});

	test('says in words what is wrong, and what to do', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		credentials.stored.password = 'wrong';
		expect(await testButton(credentials)).toMatch(
			/the password is wrong\. Check .* does not try this login again before .* UTC/,
		);
		expect(nas.sessions.attempts).toHaveLength(1);
	});

	test('reads no response without a bound: a gzip bomb on every path', async () => {
		const { nas, credentials } = await givenNas({ tasks });
		const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
		let written = 0;
		const proxy = await givenServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				if (request.method === 'HEAD') {
					// Sent all the same, as a hostile server would.
					response.socket!.write('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n');
					response.socket!.end(bomb);
					written = bomb.length;
					return;
				}
				const { status, text } = nas.respond({
					method: request.method!,
					url: new URL(request.url!, nas.url),
					headers: request.headers as Record<string, string>,
					body: Buffer.concat(chunks).toString(),
					remote: '127.0.0.1',
				});
				response.writeHead(status).end(text);
			});
		});
		credentials.stored.baseUrl = proxy;
		const concat = jest.spyOn(Buffer, 'concat');
		// The bytes are no part of a response to HEAD: the client may ignore them, or stop there.
		expect(await testButton(credentials)).toMatch(/^(OK|Parse Error.*)$/);
		expect(written).toBeGreaterThan(60_000);
		const largest = concat.mock.results.map(({ value }) => (value as Buffer).length);
		expect(Math.max(...largest)).toBeLessThan(1024 * 1024);
	});
});
