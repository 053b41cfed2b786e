import type { IDataObject } from 'n8n-workflow';
import type { DsmVersion, NasOptions, TaskSpec } from '../../simulator';
import { runNode } from '../../testing/engine';
import type { credentialsFor } from '../../testing/nas';
import { closeAll, givenNas } from '../../testing/nas';

afterEach(closeAll);

const NIGHTLY: TaskSpec = {
	id: 1,
	name: 'Nightly',
	durationSeconds: 600,
	repository: { share: 'usb1', key: 'AKIASECRETKEYID' },
	nextOutcomes: [{ result: 'partial', skipped: ['/volume1/photo/a.jpg'] }],
};

const ALL = ['destination', 'log', 'statistics', 'versions'];
const LOG = 'SYNO.SDS.Backup.Client.Common.Log';

/** A NAS whose task has run once more, and only partially. */
async function given(options: NasOptions = {}) {
	const stage = await givenNas({ tasks: [NIGHTLY], ...options });
	stage.nas.task(1).accept();
	stage.nas.advance({ minutes: 11 });
	return stage;
}

const get = async (
	credentials: ReturnType<typeof credentialsFor>,
	include: unknown = ALL,
	more: IDataObject = {},
	options: IDataObject = {},
) =>
	await runNode(credentials, {
		operation: 'get',
		taskId: { __rl: true, mode: 'id', value: '1' },
		options: { include, ...options },
		...more,
	} as never);

const KINDS: Array<[dialect: 'dsm' | 'documented', dsm: DsmVersion, requests: number]> = [
	['dsm', '7.0', 1],
	['dsm', '7.2', 1],
	['dsm', '7.4', 1],
	['documented', '7.2', 2],
];

describe.each(KINDS)('Include (%s dialect, DSM %s)', (dialect, dsm, requests) => {
	test('everything at once', async () => {
		const { nas, credentials } = await given({ dialect, dsm });
		const { items, error } = await get(credentials);
		expect(error).toBeUndefined();
		expect(items[0]!.json).toMatchObject({
			name: 'Nightly',
			destination_details: { online: true, destination: 'Local folder or USB: usb1' },
			log: { reason: '1 item was skipped: /volume1/photo/a.jpg', skipped_count: 1 },
			statistics: { latest: { files_new: expect.any(Number) as number } },
			versions: [
				{ version_id: '2', status: 'success' },
				{ version_id: '1', status: 'success' },
			],
		});
		expect(Object.keys(items[0]!.json).filter((name) => name.endsWith('_error'))).toEqual([
			...('last_error' in items[0]!.json ? ['last_error'] : []),
		]);
		nas.resetRequests();
		await get(credentials);
		expect(nas.requests).toHaveLength(requests);
	});
});

test('nothing is included by itself, and a part only when it is chosen', async () => {
	const { credentials } = await given();
	const [plain, one] = [await get(credentials, []), await get(credentials, ['versions'])];
	const more = (items: Array<{ json: IDataObject }>): string[] =>
		['destination_details', 'log', 'statistics', 'versions'].filter(
			(name) => name in items[0]!.json,
		);
	expect(more(plain.items)).toEqual([]);
	expect(more(one.items)).toEqual(['versions']);
});

test('a NAS that takes no compound requests is asked singly', async () => {
	const { nas, credentials } = await given();
	nas.fault({ kind: 'code', code: 102, api: 'SYNO.Entry.Request' });
	const { items } = await get(credentials);
	expect(items[0]!.json).toMatchObject({
		destination_details: { online: true },
		log: { skipped_count: 1 },
		statistics: { size_unit: 'KiB (inferred)' },
	});
});

test.each([
	['SYNO.Backup.Target', ['destination_details']],
	[LOG, ['log']],
	['SYNO.SDS.Backup.Client.Common.Statistic', ['statistics']],
	['SYNO.Backup.Version', ['versions']],
])('%s refused: only its part is null, and the item says why', async (api, lost) => {
	const { nas, credentials } = await given();
	nas.fault({ kind: 'code', code: 105, api });
	const { items, error } = await get(credentials);
	expect(error).toBeUndefined();
	const { json } = items[0]!;
	const parts = ['destination_details', 'log', 'statistics', 'versions'];
	expect(parts.filter((name) => json[name] === null)).toEqual(lost);
	for (const name of lost) expect(json[`${name}_error`]).toMatch(/\w+ .+/);
	expect(json.name).toBe('Nightly');
});

test('on DSM 6, which offers no log and no statistics, the item says so', async () => {
	const { credentials } = await given({ dsm: '6.2' });
	const { items } = await get(credentials);
	expect(items[0]!.json).toMatchObject({
		name: 'Nightly',
		log: null,
		log_error: `Hyper Backup on this NAS does not offer '${LOG}'`,
		statistics: null,
		destination_details: { online: true },
	});
});

test('a destination that hangs holds back what was asked beside it, and not the task', async () => {
	const { nas, credentials } = await given();
	await get(credentials, []);
	nas.fault({ kind: 'hang', api: 'SYNO.Backup.Target' });
	const { items, error } = await get(credentials, ALL, {}, { destinationTimeout: 7 });
	expect(error).toBeUndefined();
	expect(items[0]!.json).toMatchObject({
		name: 'Nightly',
		destination_details: {
			online: false,
			message: "Task '1': its destination did not respond within 7 seconds",
		},
		versions: null,
		statistics: null,
	});
});

test('without Simplify the parts are as the NAS sends them, without its secrets', async () => {
	const { credentials } = await given();
	const { items, saved } = await get(credentials, ALL, { simplify: false });
	expect(items[0]!.json).toMatchObject({
		destination_details: { is_online: true, repository: { share: 'usb1', key: '********' } },
		statistics: { source_list: [] },
		versions: [{ permit_delete: true }, { permit_delete: true }],
	});
	expect(saved).not.toContain('AKIASECRETKEYID');
});

test('a part that does not exist is refused before anything is sent', async () => {
	const { nas, credentials } = await givenNas({ tasks: [NIGHTLY] });
	const { error } = await get(credentials, ['everything']);
	expect(error?.message).toContain("'Include' does not know");
	expect(nas.requests).toEqual([]);
});
