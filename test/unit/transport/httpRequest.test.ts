import { Readable } from 'node:stream';
import { httpRequest } from '../../../nodes/HyperBackup/dsm/http/httpRequest';
import { RESPONSE_LIMITS } from '../../../nodes/HyperBackup/dsm/http/parseResponse';
import { parseConnectionOptions } from '../../../nodes/HyperBackup/dsm/session/ConnectionOptions';

const connection = parseConnectionOptions({
	baseUrl: 'http://nas.example.com:5000',
	username: 'admin',
	password: 'secret',
});

const ANSWER = '{"success":true,"data":"w\u00e4hrend"}';

/** A request that is answered like this. */
const request = async (body: unknown) =>
	await httpRequest(() => Promise.resolve({ statusCode: 200, headers: {}, body }), connection, {
		method: 'POST',
		url: 'http://nas.example.com:5000/webapi/entry.cgi',
	});

/** Ends the time of every request that begins from now on. */
function givenTime(): AbortController {
	const controller = new AbortController();
	jest.spyOn(AbortSignal, 'timeout').mockReturnValue(controller.signal);
	return controller;
}

afterEach(() => jest.restoreAllMocks());

describe('a response is read', () => {
	test('whole, however it is cut into pieces', async () => {
		const bytes = Buffer.from(ANSWER);
		const pieces = [...bytes].map((byte) => Buffer.from([byte]));
		expect(await request(Readable.from(pieces))).toMatchObject({ data: 'während' });
	});

	test('where a client gives its text', async () => {
		expect(await request(ANSWER)).toMatchObject({ data: 'während' });
	});

	test('up to the limit', async () => {
		const bytes = Buffer.alloc(RESPONSE_LIMITS.bytes, ' ');
		bytes.write(ANSWER);
		expect(await request(Readable.from([bytes]))).toMatchObject({ success: true });
	});

	test('and the connection ended at the first byte more', async () => {
		const half = Buffer.alloc(RESPONSE_LIMITS.bytes / 2, ' ');
		const body = Readable.from([half, half, Buffer.from(' '), half, half]);
		await expect(request(body)).rejects.toThrow('is larger than 8 MB');
		expect(body.destroyed).toBe(true);
	});

	test('and not taken for whole where the connection breaks', async () => {
		const body = new Readable({ read() {} });
		body.push(Buffer.from(ANSWER));
		const reading = request(body);
		body.destroy();
		await expect(reading).rejects.toMatchObject({ kind: 'unreachable' });
	});

	test('and not taken for whole where the client reports an error', async () => {
		const body = new Readable({ read() {} });
		body.push(Buffer.from(ANSWER));
		const reading = request(body);
		body.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
		await expect(reading).rejects.toMatchObject({ kind: 'unreachable' });
	});

	test('until its time is over', async () => {
		const time = givenTime();
		const body = new Readable({ read() {} });
		const reading = request(body);
		await new Promise(setImmediate);
		time.abort();
		await expect(reading).rejects.toMatchObject({ kind: 'timeout' });
		expect(body.destroyed).toBe(true);
	});

	test('not at all where it begins after its time', async () => {
		const time = givenTime();
		const body = new Readable({ read() {} });
		let respond!: (response: unknown) => void;
		const sending = new Promise((resolve) => (respond = resolve));
		const options = { url: 'http://nas.example.com:5000/webapi/entry.cgi' };
		const reading = httpRequest(async () => await sending, connection, options);
		time.abort();
		await expect(reading).rejects.toMatchObject({ kind: 'timeout' });
		respond({ statusCode: 200, headers: {}, body });
		await new Promise(setImmediate);
		expect(body.destroyed).toBe(true);
	});
});
