import { createHash } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { madeUpBytes, type DsmVersion, type FileSpec, type NasOptions } from '../../simulator';
import { BinaryStore } from '../../testing/binaryStore';
import { runNode, type RunOptions } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas, newProcess } from '../../testing/nas';
import { letRequestsTimeOut } from '../support/requestTimeouts';

let store: BinaryStore;

beforeEach(() => (store = new BinaryStore()));

afterEach(async () => {
	store.close();
	await closeAll();
});

const EXPLORE = 'SYNO.SDS.Backup.Client.Explore.';
const FILE = `${EXPLORE}File`;
const LETTER = 'homes/anna/letter.txt';
const LARGE = 5_000_000;
const CONTENTS: FileSpec[] = [
	{ path: LETTER, content: 'Dear all,\n', mtime: 1785723573 },
	{ path: 'homes/anna/notes/list.txt', content: 'milk\n', mtime: 1785723600 },
	{ path: 'homes/anna/config.json', content: '{"success":"story"}', mtime: 1785723600 },
	{ path: 'homes/anna/empty', content: '', mtime: 1785723600 },
	{ path: 'homes/broken.jpg', content: 'x', isBad: true },
	{ path: 'video/film.mkv', size: LARGE, mtime: 1785720000 },
];

const KINDS: Array<[dialect: 'dsm' | 'documented', dsm: DsmVersion]> = [
	['dsm', '7.0'],
	['dsm', '7.2'],
	['dsm', '7.4'],
	['documented', '7.2'],
];

type Credentials = ReturnType<typeof credentialsFor>;

async function given(options: NasOptions = {}, contents = CONTENTS) {
	const versions = [
		{ id: 7, startedAt: Date.UTC(2026, 10, 20) },
		{ id: 9, startedAt: Date.UTC(2026, 10, 21) },
		{ id: 12, startedAt: Date.UTC(2026, 10, 22), status: 'cancel' as const },
	];
	const task = { id: 1, name: 'Nightly', contents, versions };
	return await givenNas({ tasks: [task, { id: 2, name: 'New', lastRun: null }], ...options });
}

/** A file that one thing goes wrong with. */
const oneFile = (file: Partial<FileSpec>): FileSpec[] => [{ path: LETTER, size: LARGE, ...file }];

const operate = async (
	credentials: Credentials,
	operation: string,
	parameters: IDataObject = {},
	options: RunOptions = {},
) =>
	await runNode(
		credentials,
		{
			resource: 'file',
			operation,
			taskId: { __rl: true, mode: 'id', value: '1' },
			...parameters,
		} as INodeParameters,
		options,
	);

const list = async (
	credentials: Credentials,
	folder = '',
	more: IDataObject = {},
	options: RunOptions = {},
) => await operate(credentials, 'getAll', { folder, ...more }, options);

const download = async (
	credentials: Credentials,
	path = LETTER,
	more: IDataObject = {},
	options: RunOptions = {},
) => await operate(credentials, 'download', { path, ...more }, options);

const names = (items: Array<{ json: IDataObject }>): unknown[] =>
	items.map(({ json }) => json.name);
const number = (versionId: string): IDataObject => ({ versionChoice: 'number', versionId });

describe.each(KINDS)('File on a NAS with the %s dialect and DSM %s', (dialect, dsm) => {
	const options = { dialect, dsm };

	test('Get Many lists the shared folders of the newest completed version', async () => {
		const { credentials } = await given(options);
		const { items, error } = await list(credentials);
		expect(error).toBeUndefined();
		expect(names(items)).toEqual(['homes', 'video']);
		expect(items[0]!.json).toEqual({
			name: 'homes',
			path: 'homes',
			type: 'folder',
			size: null,
			modified_time: null,
			modified_at: null,
			damaged: false,
			version_id: '9',
			task_id: '1',
			nas: 'NAS',
		});
	});

	test.each(['object', 'array'] as const)('Get Many lists a folder, as an %s', async (fileList) => {
		const { credentials } = await given({ ...options, unknowns: { fileList } });
		const { items } = await list(credentials, '/homes/anna/', number('7'));
		expect(names(items)).toEqual(['letter.txt', 'notes', 'config.json', 'empty']);
		expect(items[0]!.json).toMatchObject({
			path: LETTER,
			type: 'file',
			size: 10,
			modified_time: 1785723573,
			modified_at: '2026-08-03T02:19:33+00:00',
			version_id: '7',
		});
	});

	test('Download gives the bytes, with a name and a type', async () => {
		const { credentials } = await given(options);
		const { items, error } = await download(credentials);
		expect(error).toBeUndefined();
		const [item] = items;
		expect(item!.json).toMatchObject({
			message: `File '${LETTER}' of version 9 was downloaded: 10 bytes`,
			path: LETTER,
			size: 10,
			received_bytes: 10,
			length_checked: true,
			damaged: false,
			version_id: '9',
			task_id: '1',
			nas: 'NAS',
		});
		expect(item!.binary!.data).toMatchObject({ fileName: 'letter.txt', mimeType: 'text/plain' });
		expect((await store.read(item!.binary!.data!)).toString()).toBe('Dear all,\n');
		expect(item!.pairedItem).toEqual({ item: 0 });
	});

	test('Download gives a large file, byte for byte', async () => {
		const { credentials } = await given(options);
		const { items } = await download(credentials, 'video/film.mkv', { binaryPropertyName: 'film' });
		const hash = createHash('sha256');
		for (const chunk of madeUpBytes(LARGE)) hash.update(chunk);
		const received = await store.read(items[0]!.binary!.film!);
		expect(createHash('sha256').update(received).digest('hex')).toBe(hash.digest('hex'));
	});

	test('costs one request, and a download two, once session, APIs and clock are known', async () => {
		const { nas, credentials } = await given(options);
		for (let time = 0; time < 2; time++) await download(credentials);
		nas.resetRequests();
		await list(credentials, 'homes', number('9'));
		expect(nas.requests.map(({ api }) => api)).toEqual([FILE]);
		nas.resetRequests();
		await download(credentials, LETTER, number('9'));
		expect(nas.requests.map(({ apiMethod }) => apiMethod)).toEqual(['list', 'download']);
	});
});

test('DSM 6 does not offer the Explorer: the sentence says so', async () => {
	const { credentials } = await given({ dsm: '6.2' });
	const { error } = await list(credentials);
	expect(error!.message).toContain(`does not offer '${EXPLORE}Folder'`);
});

describe('File: Get Many', () => {
	test('a limit, and all', async () => {
		const { credentials } = await given();
		expect((await list(credentials, 'homes/anna', { limit: 2 })).items).toHaveLength(2);
		const all = { limit: 2, returnAll: true };
		expect((await list(credentials, 'homes/anna', all)).items).toHaveLength(4);
	});

	test('a NAS that sends a folder in parts is asked for the rest', async () => {
		const contents = Array.from({ length: 25 }, (_, index) => ({ path: `homes/${index}` }));
		const { nas, credentials } = await given({ unknowns: { fileListPage: 10 } }, contents);
		const { items } = await list(credentials, 'homes', { returnAll: true });
		expect(names(items)).toEqual(contents.map((_, index) => String(index)));
		nas.resetRequests();
		expect((await list(credentials, 'homes', { limit: 15 })).items).toHaveLength(15);
		expect(nas.requests.filter(({ api }) => api === FILE)).toHaveLength(2);
	});

	test('a NAS that sends the same part again is an error, not a longer list', async () => {
		const { nas, credentials } = await given();
		const row = { name: 'a', path: 'homes/a', type: 'File', size: 1, mtime: 1 };
		const body = JSON.stringify({ success: true, data: { total: 9, files: [row] } });
		nas.fault({ kind: 'body', api: FILE, body });
		const { error } = await list(credentials, 'homes');
		expect(error!.message).toContain('sent the same part of the folder twice');
	});

	test('rows that lack fields, or are of an unknown type, are shown as unknown', async () => {
		const { nas, credentials } = await given();
		const files = [{ name: 'a', type: 'Socket' }, {}, null, 'text', { path: 'b', type: 'File' }];
		const body = JSON.stringify({ success: true, data: files });
		nas.fault({ kind: 'body', api: FILE, body });
		const { items, error } = await list(credentials, 'homes');
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => [json.type, json.size, json.damaged])).toEqual([
			['unknown', null, null],
			['unknown', null, null],
			['unknown', null, null],
			['unknown', null, null],
			['file', null, null],
		]);
	});

	test('as the NAS sends it, without Simplify', async () => {
		const { credentials } = await given();
		const { items } = await list(credentials, 'homes', { simplify: false });
		expect(items[1]!.json).toEqual({
			name: 'broken.jpg',
			path: 'homes/broken.jpg',
			type: 'File',
			size: 1,
			mtime: 0,
			is_bad: true,
			restore_unsafe_warn: false,
		});
	});

	test('of a task by name', async () => {
		const { credentials } = await given();
		const taskId = { __rl: true, mode: 'name', value: 'nightly' };
		expect(names((await list(credentials, '', { taskId })).items)).toEqual(['homes', 'video']);
	});

	test.each<[string, IDataObject, RegExp, RegExp]>([
		['an empty task', { taskId: { __rl: true, mode: 'id', value: '2' } }, /no version/, /Run/],
		['no such task', { taskId: { __rl: true, mode: 'id', value: '5' } }, /no task/, /Nightly/],
		['no such version', number('8'), /has no version 8/, /9, 7/],
		['a canceled version', number('12'), /status is 'canceled'/, /9, 7/],
		['no such folder', { folder: 'homes/bert' }, /did not show the folder 'homes\/bert'/, /./],
	])('%s: a sentence that says so', async (_what, parameters, message, description) => {
		const { credentials } = await given();
		const { error } = await list(credentials, 'homes', parameters);
		expect(error!.message).toMatch(message);
		expect(error!.description).toMatch(description);
	});

	test.each<[string, IDataObject, RegExp]>([
		['getAll', { limit: 0 }, /'Limit' must be a number/],
		['getAll', { folder: 'homes/../etc' }, /'Folder' must be a path without dots/],
		['getAll', { folder: '/volume1/homes' }, /'Folder' begins with the volume 'volume1'/],
		['getAll', { folder: 5n as never }, /'Folder' must be a text/],
		['getAll', { versionChoice: 'oldest' }, /'Version' does not know "oldest"/],
		['getAll', number(' '), /'Version Number' is empty/],
		['getAll', number('latest'), /must be a number, and is 'latest'/],
		['download', { path: '/' }, /'File' must be the path of a file/],
		['download', { path: 'homes' }, /'File' must be the path of a file/],
		['download', { path: LETTER, binaryPropertyName: ' ' }, /'Put Output File in Field' is empty/],
		['download', { path: LETTER, options: { maxSize: 'big' } }, /'Max Size \(MB\)' must be/],
		['download', { path: LETTER, options: { idleTimeout: 0 } }, /'Idle Timeout \(Seconds\)' must/],
	])('%s with %j is refused before anything is sent', async (operation, parameters, message) => {
		const { nas, credentials } = await given();
		const { error } = await operate(credentials, operation, parameters);
		expect(error!.message).toMatch(message);
		expect(nas.requests).toHaveLength(0);
	});

	test.each([105, 120, 4400, 4401])('code %i is an error, and an item', async (code) => {
		const { nas, credentials } = await given();
		nas.fault({ kind: 'code', api: FILE, code });
		const { error } = await list(credentials, 'homes');
		expect(error!.message).toContain("Task '1' did not show the folder 'homes' in version 9");
		const { items } = await list(credentials, 'homes', {}, { onError: 'continueRegularOutput' });
		expect(items[0]!.json.error).toBe(error!.message);
	});

	test.each(['hang', 'html', 'truncated', 'empty200', 'otherJson', 'reset'] as const)(
		'%s is an error, never an empty folder',
		async (kind) => {
			const { nas, credentials } = await given();
			await list(credentials);
			nas.fault({ kind });
			const { error, items } = await list(credentials, 'homes');
			expect(error).toBeDefined();
			expect(items).toEqual([]);
		},
	);

	test('without Hyper Backup, the package is named', async () => {
		const { credentials } = await given({ hyperBackup: 'missing' });
		const { error } = await list(credentials);
		expect(error!.message).toMatch(/Hyper Backup is not installed on this NAS/);
	});
});

describe('File: Download', () => {
	test('the session is in no URL, and a read-only credential is enough', async () => {
		const { nas } = await given();
		newProcess();
		const { error } = await download(credentialsFor(nas, { readOnly: true }));
		expect(error).toBeUndefined();
		const [request] = nas.requests.filter(({ apiMethod }) => apiMethod === 'download');
		expect(request).toMatchObject({ method: 'GET', code: 0 });
		expect(request!.url).not.toMatch(/sid|token/i);
		expect(request!.headers).toMatchObject({
			cookie: expect.stringMatching(/^id=/) as string,
			'x-syno-token': expect.any(String) as string,
		});
		expect(request!.params).toMatchObject({
			task_id: '1',
			version_id: '"9"',
			node: '"homes/anna"',
			source_path: `"${LETTER}"`,
			support_utf8_name: 'true',
			backend: '"HyperBackup-backend"',
		});
	});

	test.each([106, 107, 119])('a session that ended (%i) is renewed once', async (code) => {
		const { nas, credentials } = await given();
		await download(credentials);
		nas.resetRequests();
		nas.fault({ kind: 'code', api: FILE, apiMethod: 'download', code, times: 1 });
		const { items, error } = await download(credentials);
		expect(error).toBeUndefined();
		expect((await store.read(items[0]!.binary!.data!)).toString()).toBe('Dear all,\n');
		expect(nas.count('SYNO.API.Auth', 'login')).toBe(1);
		expect(nas.count(FILE, 'download')).toBe(2);
	});

	test.each(['homes/anna/config.json', 'homes/anna/empty'])(
		'%s is a file, not a refusal',
		async (path) => {
			const { credentials } = await given();
			const { items, error } = await download(credentials, path);
			expect(error).toBeUndefined();
			const { content } = CONTENTS.find((file) => file.path === path)!;
			expect((await store.read(items[0]!.binary!.data!)).toString()).toBe(content);
		},
	);

	test.each([
		['application/json', '{"success":"story"}'],
		['text/html', '<p>Page</p>'],
		['text/plain', ''],
	])('small files of the type %s are files too', async (contentType, content) => {
		const { credentials } = await given({}, [{ path: LETTER, content, contentType }]);
		const { items, error } = await download(credentials);
		expect(error).toBeUndefined();
		expect((await store.read(items[0]!.binary!.data!)).toString()).toBe(content);
	});

	test('a large file of a type that refusals have is a file', async () => {
		const { credentials } = await given({}, oneFile({ contentType: 'application/json' }));
		const { items } = await download(credentials);
		expect(items[0]!.json).toMatchObject({ received_bytes: LARGE });
		expect(await store.read(items[0]!.binary!.data!)).toHaveLength(LARGE);
	});

	test.each([105, 4400, 4401])('a refusal (%i) in place of the bytes is an error', async (code) => {
		const { nas, credentials } = await given();
		nas.fault({ kind: 'code', api: FILE, apiMethod: 'download', code });
		const { error } = await download(credentials);
		expect(error!.message).toContain(`did not send the file '${LETTER}' of version 9`);
		expect(store.files()).toEqual([]);
	});

	test.each(['html', 'http404', 'http502', 'redirect', 'reset', 'empty200'] as const)(
		'%s in place of the bytes is an error, and nothing is kept',
		async (kind) => {
			const { nas, credentials } = await given();
			nas.fault({ kind, api: FILE, apiMethod: 'download' });
			const { error } = await download(credentials);
			expect(error).toBeDefined();
			expect(store.files()).toEqual([]);
		},
	);

	test.each<[string, Partial<FileSpec>, string, RegExp]>([
		['marked as damaged', { isBad: true }, 'damaged', /is marked as damaged by the NAS/],
		['short', { mishap: 'short' }, 'incomplete', /2500000 of 5000000 bytes were received/],
		['broken off', { mishap: 'brokenOff' }, 'incomplete', /bytes were received\. .*closed the/],
		['too long', { mishap: 'long' }, 'damaged', /more bytes than the 5000000 that the version/],
		['short and small', { size: 10, mishap: 'short' }, 'incomplete', /5 of 10 bytes/],
	])(
		'a file that is %s: a clear error, and nothing is kept',
		async (_w, file, outcome, message) => {
			const { credentials } = await given({}, oneFile(file));
			const { error } = await download(credentials);
			expect(error!.message).toMatch(message);
			expect(store.files()).toEqual([]);
			const { items } = await download(
				credentials,
				LETTER,
				{},
				{ onError: 'continueRegularOutput' },
			);
			// How much came before the connection was lost differs from run to run.
			expect(items[0]!.json).toMatchObject({ outcome, path: LETTER });
			expect(items[0]!.json.error).toMatch(message);
			expect(items[0]!.binary).toBeUndefined();
		},
	);

	test('a file that is listed as too large is not requested', async () => {
		const { nas, credentials } = await given();
		const { error } = await download(credentials, 'video/film.mkv', { options: { maxSize: 4 } });
		expect(error!.message).toBe("File 'video/film.mkv' of version 9 is larger than 4 MB");
		expect(nas.count(FILE, 'download')).toBe(0);
	});

	test('without a size in the list, the limit holds during the download', async () => {
		const { nas, credentials } = await given();
		const row = { name: 'film.mkv', path: 'video/film.mkv', type: 'File' };
		const body = JSON.stringify({ success: true, data: [row] });
		nas.fault({ kind: 'body', api: FILE, apiMethod: 'list', body });
		const options = { maxSize: 4 };
		const { error } = await download(credentials, 'video/film.mkv', { options });
		expect(error!.message).toContain('is larger than 4 MB');
		expect(store.files()).toEqual([]);
		const { items } = await download(credentials, 'video/film.mkv');
		expect(items[0]!.json).toMatchObject({ received_bytes: LARGE, length_checked: false });
	});

	test.each([
		['before the first byte', 'hang', undefined, 0, /^Task '1' did not send the file/],
		['in the middle', undefined, 'stalls', LARGE / 2, /was cut off: 2500000 of 5000000 bytes/],
	] as const)(
		'silence %s ends at the idle limit',
		async (_when, kind, mishap, received, message) => {
			let isOver = false;
			// The limit is checked in parts: time passes until it is over.
			const whenSilent = (): void => {
				if (isOver) return;
				if (store.bytes === received) letRequestsTimeOut();
				setImmediate(whenSilent);
			};
			const { nas, credentials } = await given({ whenSilent }, oneFile({ mishap }));
			if (kind) nas.fault({ kind, api: FILE, apiMethod: 'download' });
			const options = { idleTimeout: 120 };
			const { error } = await download(credentials, LETTER, { options });
			isOver = true;
			expect(error!.message).toMatch(message);
			expect(error!.message).toContain('The NAS sent nothing for 120 seconds');
			expect(store.files()).toEqual([]);
		},
	);

	test('a path that is not there: a sentence with what is', async () => {
		const { credentials } = await given();
		const { error } = await download(credentials, 'homes/anna/leter.txt');
		expect(error!.message).toContain("There is no file 'homes/anna/leter.txt' in version 9");
		expect(error!.description).toContain("'letter.txt', 'notes', 'config.json'");
	});

	test('a folder is not downloaded', async () => {
		const { nas, credentials } = await given();
		const { error } = await download(credentials, 'homes/anna/notes');
		expect(error!.message).toContain("'homes/anna/notes' is a folder");
		expect(nas.count(FILE, 'download')).toBe(0);
	});

	test('one download at a time for each NAS, however many items and executions', async () => {
		const { nas, credentials } = await given({ unknowns: { parallelDownload: 'refuse' } });
		const options = { parallelItems: 3 };
		const items = [{}, {}, {}];
		const runs = await Promise.all([
			download(credentials, 'video/film.mkv', { options }, { items }),
			download(credentials, LETTER, { options }, { items }),
		]);
		expect(runs.map(({ error }) => error)).toEqual([undefined, undefined]);
		expect(nas.count(FILE, 'download')).toBe(6);
	});

	test('a stopped execution closes the connection and keeps nothing', async () => {
		let stop: () => void = () => undefined;
		const whenSilent = (): void => stop();
		const { nas, credentials } = await given({ whenSilent }, oneFile({ mishap: 'stalls' }));
		await download(credentials, LETTER, {}, { withStop: (stopping) => (stop = stopping) });
		expect(store.files()).toEqual([]);
		const listed = await list(credentials);
		expect(listed.error).toBeUndefined();
		expect(nas.count(FILE, 'download')).toBe(1);
	});

	test("in n8n's memory mode the file is in the item", async () => {
		const { credentials } = await given();
		store.close();
		const { items, error } = await download(credentials, 'video/film.mkv');
		expect(error).toBeUndefined();
		expect(Buffer.from(items[0]!.binary!.data!.data, 'base64')).toHaveLength(LARGE);
		store = new BinaryStore();
	});
});

test.each(['getAll', 'download'])(
	'%s on DSM 6.2, which does not offer the Backup Explorer: a sentence with the way out',
	async (operation) => {
		const { credentials } = await given({ dsm: '6.2' });
		const { items, error } = await operate(credentials, operation, { path: LETTER });
		expect(items).toEqual([]);
		expect(error!.message).toContain('Hyper Backup on this NAS does not offer');
		expect(error!.description).toContain('Update Hyper Backup');
	},
);
