import type { Nas, NasOptions } from '../../../simulator';
import { call, closeAll, code, givenNas, session, type Form } from './support/wireClient';

afterEach(closeAll);

const EXPLORE = 'SYNO.SDS.Backup.Client.Explore.';
const FILE = { api: `${EXPLORE}File` };
const FOLDER = { api: `${EXPLORE}Folder` };
const VERSION: Form = { task_id: '1', version_id: '1' };
const BACKEND = { backend: '"HyperBackup-backend"' };
const contents = [
	{ path: 'homes/anna/letter.txt', content: 'Dear all,\n', mtime: 1785723573 },
	{ path: 'homes/anna/old/a.bin', content: Buffer.alloc(200_000, 7) },
	{ path: 'photo/broken.jpg', content: 'x', isBad: true },
];
const given = async (options: NasOptions = {}): Promise<Nas> =>
	await givenNas({ tasks: [{ id: 1, name: 'Nightly', contents }], ...options });

describe('browsing a version', () => {
	test('the root has folders only, as a bare array', async () => {
		const nas = await given();
		const names = ['homes', 'photo'];
		for (const node of [{}, { node: '"@pathRoot"' }] as Form[]) {
			const { data } = await call(nas, 'list', { ...VERSION, ...node }, FOLDER);
			expect(data).toEqual(names.map((name) => expect.objectContaining({ name, path: name })));
		}
	});

	test.each([
		['object', { total: 2, files: expect.any(Array) }],
		['array', [expect.anything(), expect.anything()]],
	] as const)('files of a folder: %s', async (fileList, expected) => {
		const nas = await given({ unknowns: { fileList } });
		const { data } = await call(nas, 'list', { ...VERSION, node: '"homes/anna"' }, FILE);
		expect(data).toEqual(expected);
	});

	test('an entry says what it is', async () => {
		const nas = await given();
		const { data } = await call(nas, 'list', { ...VERSION, node: '"photo"' }, FILE);
		expect(data!.files).toEqual([
			{
				name: 'broken.jpg',
				path: 'photo/broken.jpg',
				type: 'File',
				size: 1,
				mtime: 0,
				is_bad: true,
				restore_unsafe_warn: false,
			},
		]);
	});

	test.each([
		['a slash in front', 4400, 'list', { ...VERSION, node: '"/homes"' }, FILE],
		['files of the root', 4400, 'list', VERSION, FILE],
		['folders without a version', 4401, 'list', { task_id: '1' }, FOLDER],
		['folders without anything', 4400, 'list', {}, FOLDER],
		['a folder that is not there', 4401, 'list', { ...VERSION, node: '"none"' }, FILE],
		['a version that is not there', 4401, 'list', { ...VERSION, version_id: '9' }, FOLDER],
	] as const)('%s: %d', async (_what, expected, method, params, api) => {
		expect(await code(call(await given(), method, params, api))).toBe(expected);
	});
});

describe('downloads', () => {
	async function download(nas: Nas, params: Form = {}): Promise<Response> {
		const { sid, token } = await session(nas);
		const query = new URLSearchParams({
			...FILE,
			version: '1',
			method: 'download',
			...VERSION,
			...BACKEND,
			node: '"homes/anna"',
			source_path: '"homes/anna/letter.txt"',
			download_id: '"job-1"',
			support_utf8_name: 'true',
			_sid: sid,
			...params,
		});
		return await fetch(`${nas.url}/webapi/entry.cgi/letter.txt?${query.toString()}`, {
			headers: { 'X-SYNO-TOKEN': token },
		});
	}

	test('the bytes of one file', async () => {
		const response = await download(await given());
		expect(response.headers.get('content-type')).toBe('application/octet-stream');
		expect(await response.text()).toBe('Dear all,\n');
	});

	test.each([
		['without the backend', { backend: '""' }, 4400],
		['a slash in front', { source_path: '"/homes/anna/letter.txt"' }, 4400],
		['a folder', { source_path: '"homes/anna"' }, 4401],
	])('%s is refused with JSON in place of bytes', async (_what, params, expected) => {
		const response = await download(await given(), params);
		expect(response.headers.get('content-type')).toContain('application/json');
		expect(await response.json()).toMatchObject({ error: { code: expected } });
	});

	test('a stream that breaks off has a length and not all of it', async () => {
		const nas = await given();
		nas.fault({ kind: 'truncated', api: FILE.api });
		const response = await download(nas, { source_path: '"homes/anna/old/a.bin"' });
		expect(response.headers.get('content-length')).toBe('200000');
		await expect(response.arrayBuffer()).rejects.toThrow();
	});

	test('a job is listed while its first byte is late; a second can be refused', async () => {
		const nas = await given({ unknowns: { parallelDownload: 'refuse' } });
		let release: () => void = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		nas.fault({ kind: 'late', api: FILE.api, until: held, times: 1 });
		const arrived = new Promise<void>((resolve) =>
			nas.afterNext(FILE.api, 'download', () => setImmediate(resolve)),
		);
		const first = download(nas);
		await arrived;
		const jobs = await call(nas, 'list', { download_ids: '["job-1"]' }, { api: `${EXPLORE}Job` });
		expect(jobs.data!.job_list).toEqual([
			{
				id: 'job-1',
				unique: 'job-1',
				name: 'letter.txt',
				processed_size: 0,
				total_size: 10,
				status: 'download',
				can_cancel: true,
			},
		]);
		expect((await call(nas, 'list')).data!.is_downloading).toBe(true);
		expect(await (await download(nas)).json()).toMatchObject({ error: { code: 4401 } });
		release();
		expect(await (await first).text()).toBe('Dear all,\n');
	});
});

describe('copying back', () => {
	const copy = (nas: Nas, params: Form = {}, method = 'copy'): Promise<number> =>
		code(
			call(
				nas,
				method,
				{
					...VERSION,
					...BACKEND,
					action: `"${method}"`,
					node: '"homes"',
					source_path: '["homes/anna/letter.txt"]',
					dest_path: '"/volume1/restored"',
					overwrite: 'false',
					...params,
				},
				FILE,
			),
		);

	test('is accepted, and busy for a while; a second time the file is there', async () => {
		const nas = await given();
		expect(await copy(nas)).toBe(0);
		expect((await call(nas, 'list')).data).toMatchObject({ is_restoring: true });
		expect(await copy(nas)).toBe(4462);
		expect(await copy(nas, { overwrite: 'true' })).toBe(0);
		nas.advance({ minutes: 2 });
		expect((await call(nas, 'list')).data).toMatchObject({ is_restoring: false });
	});

	test.each([
		['without the backend', { backend: '""' }],
		['to a share path', { dest_path: '"/restored"' }],
	])('%s: 4401', async (_what, params) => {
		expect(await copy(await given(), params)).toBe(4401);
	});

	test('restore needs no destination', async () => {
		expect(await copy(await given(), { dest_path: '""' }, 'restore')).toBe(0);
	});
});

test('versions and capability for the Explorer', async () => {
	const nas = await given();
	const versions = await call(nas, 'list', { task_id: '1' }, { api: `${EXPLORE}Version` });
	expect(versions.data).toMatchObject({ total: 1, version_info_list: [{ version_id: '1' }] });
	const target = await call(nas, 'get', VERSION, { api: `${EXPLORE}Target` });
	expect(target.data).toMatchObject({ capability: { support_download: true } });
});
