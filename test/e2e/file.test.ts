import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { exampleWorkflow } from '../../n8n-host/examples';
import { NEWEST } from '../../n8n-host/versions';
import { madeUpBytes, startNas, type FileSpec, type Nas } from '../../simulator';
import { credentialData, operationWorkflow, ROOT, stageWith, type Stage } from './support';

const MEGABYTE = 1024 * 1024;
const LARGE = 50 * MEGABYTE;
const MTIME = 1785723573;

const one = { __rl: true, mode: 'id', value: '1' };
const LETTER: FileSpec = { path: 'homes/anna/letter.txt', content: 'Dear all,\n', mtime: MTIME };
const FILM: FileSpec = { path: 'video/film.mkv', size: LARGE, mtime: MTIME };

const sha256 = (chunks: Iterable<Buffer>): string => {
	const hash = createHash('sha256');
	for (const chunk of chunks) hash.update(chunk);
	return hash.digest('hex');
};

interface Drill {
	file: FileSpec;
	/** What is on the NAS itself; the same file if not given. */
	live?: FileSpec;
	expectedSha256?: string;
}

describe(`files in the real n8n ${NEWEST}`, () => {
	let stage: Stage;
	let nas: Nas;
	let credentialId: string;
	const contents: FileSpec[] = [];

	beforeAll(async () => {
		stage = await stageWith(NEWEST, { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' });
		nas = await startNas({ tasks: [{ id: 1, name: 'Nightly', contents }], liveFiles: [] });
		credentialId = await stage.rest.createCredential('NAS', credentialData(nas));
	}, 1_800_000);

	afterAll(async () => {
		await stage?.close();
		await nas?.close();
	});

	beforeEach(() => (stage.receiver.received.length = 0));

	const onNas = (files: FileSpec[], live: FileSpec[] = files): void => {
		contents.splice(0, contents.length, ...files);
		nas.options.liveFiles!.splice(0, Infinity, ...live);
	};

	const operate = async (parameters: Record<string, unknown>) => {
		const workflow = operationWorkflow(credentialId, {
			resource: 'file',
			taskId: one,
			...parameters,
		});
		const execution = await stage.rest.run(await stage.rest.createWorkflow(workflow), 'Start');
		expect(execution.error).toBeUndefined();
		return execution.runData['Hyper Backup']?.[0]?.data?.main[0] ?? [];
	};

	const drillWorkflow = async ({ file, expectedSha256 = '' }: Drill): Promise<string> => {
		const workflow = exampleWorkflow(ROOT, 'restore-drill.json', {
			credentialId,
			sendTo: `${stage.receiver.url}/alert`,
		});
		const text = JSON.stringify(workflow)
			.replace('"value":"homes/anna/letter.txt"', `"value":"${file.path}"`)
			.replace(
				'"name":"expectedSha256","value":""',
				`"name":"expectedSha256","value":"${expectedSha256}"`,
			)
			.replace('"value":"https://nas.example.com:5001"', `"value":"${nas.url}"`);
		return await stage.rest.createWorkflow(JSON.parse(text) as Record<string, unknown>);
	};

	/** Runs a workflow; and by how many megabytes n8n's process grew meanwhile, at most. */
	const measured = async (id: string) => {
		const before = stage.n8n.residentMB();
		let most = before;
		let isOver = false;
		const measure = (async () => {
			while (!isOver) {
				most = Math.max(most, stage.n8n.residentMB());
				await pause(20);
			}
		})();
		const execution = await stage.rest.run(id, 'Start');
		isOver = true;
		await measure;
		expect(execution.error).toBeUndefined();
		return { execution, grownMB: most - before };
	};

	/** The result that the workflow sent. */
	const drill = async (setup: Drill): Promise<{ result: unknown; grownMB: number }> => {
		onNas([setup.file], [setup.live ?? setup.file]);
		const { execution, grownMB } = await measured(await drillWorkflow(setup));
		const [item] = execution.runData.Result?.[0]?.data?.main[0] ?? [];
		const [sent] = stage.receiver.received.splice(0);
		expect(sent!.body).toMatchObject({ message: item!.json.message });
		return { result: item!.json.result, grownMB };
	};

	/** The same file from the NAS itself, by n8n's own node. */
	const downloadWithHttpRequest = async (file: FileSpec): Promise<number> => {
		onNas([file]);
		const url = new URL(`${nas.url}/webapi/entry.cgi`);
		const query = { api: 'SYNO.FileStation.Download', version: '2', method: 'download' };
		url.search = new URLSearchParams({ ...query, path: `["/${file.path}"]` }).toString();
		const workflow = operationWorkflow(credentialId, {}) as { nodes: object[] };
		Object.assign(workflow.nodes[1]!, {
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: url.href,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'synologyHyperBackupApi',
				options: { response: { response: { responseFormat: 'file' } } },
			},
		});
		return (await measured(await stage.rest.createWorkflow({ ...workflow }))).grownMB;
	};

	test('Get Many lists a folder of the newest version', async () => {
		onNas([LETTER, FILM]);
		const items = await operate({ operation: 'getAll', folder: 'homes/anna', returnAll: true });
		expect(items.map(({ json }) => [json.path, json.size])).toEqual([
			['homes/anna/letter.txt', 10],
		]);
	});

	test('Download puts the file into the binary data on disk', async () => {
		onNas([LETTER]);
		const [item] = await operate({ operation: 'download', path: LETTER.path });
		expect(item!.json).toMatchObject({ path: LETTER.path, received_bytes: 10 });
		expect(item).toMatchObject({
			binary: { data: { id: expect.stringMatching(/^filesystem/) as string } },
		});
	});

	describe('the restore drill', () => {
		const LIMIT_MB = 20;
		const TRIES = 6;
		const corrupted: FileSpec = { ...FILM, mishap: 'altered' };
		const truncated: FileSpec = { ...FILM, mishap: 'brokenOff' };

		/**
		 * In a process that has never streamed a file, Node lets chunks that were used wait for its
		 * collector, tens of megabytes of them, whatever reads the file: so n8n's own node reads one
		 * first. On a busy machine the collector comes late: so each size has some tries. A file that is
		 * held would show in all of them.
		 */
		test('of 50 and of 300 MB: the memory of n8n grows by less than 20 MB', async () => {
			await drill({ file: LETTER });
			const byOwnNode = await downloadWithHttpRequest(FILM);
			await downloadWithHttpRequest(FILM);
			const grown: number[] = [];
			for (const size of [LARGE, 6 * LARGE]) {
				const expectedSha256 = sha256(madeUpBytes(size));
				let least = Infinity;
				for (let tries = 0; tries < TRIES && least >= LIMIT_MB; tries++) {
					const { result, grownMB } = await drill({ file: { ...FILM, size }, expectedSha256 });
					expect(result).toBe('match');
					least = Math.min(least, grownMB);
				}
				grown.push(least);
			}
			process.stderr.write(`n8n grew by ${byOwnNode} MB, then by ${grown.join(' and ')} MB\n`);
			expect(Math.max(...grown)).toBeLessThan(LIMIT_MB);
		});

		test.each<[string, Drill, string]>([
			['a file as on the NAS', { file: LETTER }, 'match'],
			[
				'a file with the checksum that was given',
				{ file: LETTER, expectedSha256: sha256([Buffer.from('Dear all,\n')]) },
				'match',
			],
			['another checksum', { file: LETTER, expectedSha256: 'f'.repeat(64) }, 'mismatch'],
			[
				'a file that has changed since',
				{ file: LETTER, live: { ...LETTER, mtime: MTIME + 1 } },
				'source_changed',
			],
			['a corrupted file', { file: corrupted, live: FILM }, 'mismatch'],
			['a file that is cut off', { file: truncated, live: FILM }, 'incomplete'],
			['a file that is short', { file: { ...FILM, mishap: 'short' }, live: FILM }, 'incomplete'],
			['a file marked as damaged', { file: { ...LETTER, isBad: true } }, 'damaged'],
		])('%s', async (_what, setup, expected) => {
			expect((await drill(setup)).result).toBe(expected);
		});
	});
});
