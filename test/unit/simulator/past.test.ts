import type { Nas, TaskSpec } from '../../../simulator';
import { call, closeAll, code, givenNas, type Form } from './support/wireClient';

afterEach(closeAll);

const LOG = { api: 'SYNO.SDS.Backup.Client.Common.Log' };
const VERSION = { api: 'SYNO.Backup.Version', version: '2' };
const STATISTIC = { api: 'SYNO.SDS.Backup.Client.Common.Statistic' };
const START = Date.UTC(2026, 10, 24, 8);
const HOUR = 3_600_000;

interface Row {
	event: string;
	level: string;
	time: string;
	user: string;
}
const rows = async (nas: Nas, filters: Form = {}): Promise<Row[]> =>
	(await call(nas, 'list', { offset: '0', limit: '-1', ...filters }, LOG)).data!.log_list as Row[];
const texts = async (nas: Nas, filters: Form = {}): Promise<string[]> =>
	(await rows(nas, filters)).map(({ level, event }) => `${level} ${event}`);
const withTask = (more: Partial<TaskSpec> = {}): { tasks: TaskSpec[] } => ({
	tasks: [{ id: 1, name: 'Nightly', durationSeconds: 60, lastRun: null, ...more }],
});

describe('the log', () => {
	test('a run, and a file that was left out of a good one', async () => {
		const nas = await givenNas(withTask({ files: 2000 }));
		nas.task(1).willEnd({ result: 'done', skipped: ['/volume1/docker/app.socket'] });
		nas.task(1).accept();
		nas.advance({ minutes: 2 });
		expect(await texts(nas)).toEqual([
			[
				'info [Local][Nightly] Backup task finished successfully. [2000 files scanned]',
				'[7 new files] [3 files modified] [1990 files unchanged]',
			].join(' '),
			[
				'warn [Local][Nightly] Incomplete file backup. (The file is a special file.)',
				'[/volume1/docker/app.socket]',
			].join(' '),
			'info [Local][Nightly] Backup task started.',
		]);
	});

	test.each([
		[
			{ result: 'failed', reason: 'The destination is gone.' },
			[
				'err [Local][Nightly] Failed to run backup task.',
				'err [Local][Nightly] Exception occurred while backing up data. (The destination is gone.)',
			],
		],
		[
			{ result: 'partial', skipped: ['/volume1/a'] },
			[
				'warn [Local][Nightly] Backup task partially completed.',
				'warn [Local][Nightly] Exception occurred while backing up data. [/volume1/a]',
			],
		],
	] as const)('%j', async (outcome, expected) => {
		const nas = await givenNas(withTask());
		nas
			.task(1)
			.willEnd({ ...outcome, skipped: [...('skipped' in outcome ? outcome.skipped : [])] });
		nas.task(1).accept();
		nas.advance({ minutes: 2 });
		expect((await texts(nas)).slice(0, 2)).toEqual(expected);
	});

	test.each([
		['image_local', 'Local'],
		['image_remote', 'Network'],
		['synocloud_swift', 'Synology C2'],
		['webdav', 'WebDAV'],
	])('the destination of %s is called %s', async (transferType, kind) => {
		const nas = await givenNas(withTask({ transferType }));
		nas.task(1).accept();
		expect(await texts(nas)).toEqual([`info [${kind}][Nightly] Backup task started.`]);
	});

	test('rotation, integrity checks and settings', async () => {
		const nas = await givenNas(
			withTask({
				rotationSeconds: 60,
				keepVersions: 2,
				versions: [1, 2, 3].map((id) => ({ id, startedAt: START - (4 - id) * HOUR })),
			}),
		);
		nas.task(1).rotate();
		nas.advance({ minutes: 1 });
		nas.task(1).integrityCheck(60);
		nas.advance({ minutes: 1 });
		nas.task(1).integrityCheck(60, 'damaged');
		nas.advance({ minutes: 1 });
		nas.task(1).rename('Daily');
		expect((await texts(nas)).slice(0, 7)).toEqual([
			'info Setting of backup task [Daily] was modified',
			'err [Local][Nightly] Backup integrity check is finished. The target is found broken.',
			'info [Local][Nightly] Backup integrity check has started.',
			'info [Local][Nightly] Backup integrity check is finished. No error was found.',
			'info [Local][Nightly] Backup integrity check has started.',
			'info [Nightly] Rotate version [2026/11/24 05:00:00] from ID [1].',
			'info [Nightly] Trigger version rotation.',
		]);
	});

	test('a check while a backup runs succeeds, does nothing, and leaves a line', async () => {
		const nas = await givenNas(withTask());
		nas.task(1).accept();
		expect(
			await code(call(nas, 'error_detect', { task_id: '1' }, { api: 'SYNO.Backup.Target' })),
		).toBe(0);
		expect(nas.task(1).status).toBe('backup');
		expect((await texts(nas))[0]).toBe(
			'err [Local][Nightly] Failed to run backup integrity check.',
		);
	});

	test('names who started a run, and SYSTEM for the schedule', async () => {
		const nas = await givenNas(withTask({ schedule: { hour: 10, minute: 0 } }));
		await call(nas, 'backup', { task_id: '1' });
		nas.advance({ hours: 4 });
		const started = (await rows(nas)).filter(({ event }) => event.endsWith('started.'));
		expect(started.map(({ time, user }) => `${time} ${user}`)).toEqual([
			'2026/11/24 10:00:00 SYSTEM',
			'2026/11/24 08:00:00 backup-operator',
		]);
	});

	test('filters by phrase, task and date, and pages', async () => {
		const nas = await givenNas({
			tasks: [
				{
					id: 1,
					name: 'A',
					pastVersions: 5,
					lastRun: { result: 'done', endedAt: START - HOUR, version: 9 },
				},
				{ id: 2, name: 'B', lastRun: { result: 'failed', endedAt: START - 2 * HOUR } },
			],
		});
		const phrase = '"Backup task finished successfully"';
		expect(await rows(nas, { filter_keyword: phrase })).toHaveLength(4);
		expect((await rows(nas, { task_id: '2' })).map(({ level }) => level)).toEqual(['err', 'info']);
		const from = String(START / 1000 - 3 * 3600);
		const to = String(START / 1000 - 3600 * 1.5);
		expect(await texts(nas, { filter_date_from: from, filter_date_to: to })).toEqual([
			'err [Local][B] Failed to run backup task.',
			'info [Local][B] Backup task started.',
		]);
		const { data } = await call(nas, 'list', { offset: '2', limit: '3' }, LOG);
		expect(data).toMatchObject({ total: 12, offset: 5, error_count: 2, info_count: 10 });
		expect(data!.log_list).toEqual((await rows(nas)).slice(2, 5));
	});

	test.each([
		['filter', 0],
		['refuse', 120],
	] as const)('a quoted level: %s', async (quotedFilterLevel, expected) => {
		const nas = await givenNas({ unknowns: { quotedFilterLevel } });
		const params = { offset: '0', limit: '9', filter_level: '"err"' };
		expect(await code(call(nas, 'list', params, LOG))).toBe(expected);
	});

	test('paging is required', async () => {
		const nas = await givenNas();
		const { error } = await call(nas, 'list', { limit: '1' }, LOG);
		expect(error).toEqual({ code: 120, errors: { name: 'offset', reason: 'required' } });
	});
});

describe('versions', () => {
	interface Version {
		version_id: string;
		status: string;
		complete_time: number;
	}
	const versions = async (nas: Nas, params: Form = {}): Promise<Version[]> =>
		(await call(nas, 'list', { task_id: '1', ...params }, VERSION)).data!
			.version_info_list as Version[];
	const short = async (nas: Nas, params: Form = {}): Promise<string[]> =>
		(await versions(nas, params)).map(({ version_id, status }) => `${version_id} ${status}`);

	test('come from the past, with canceled ones; newest first, paged and filtered', async () => {
		const nas = await givenNas({
			tasks: [
				{
					id: 1,
					name: 'A',
					pastVersions: 5,
					lastRun: { result: 'done', endedAt: START - HOUR, version: 9 },
				},
			],
		});
		const all = ['9 success', '8 success', '7 success', '6 cancel', '5 success'];
		expect(await short(nas)).toEqual(all);
		expect(await short(nas, { offset: '1', limit: '2' })).toEqual(all.slice(1, 3));
		expect(await short(nas, { sort_direction: '"asc"' })).toEqual([...all].reverse());
		expect(await short(nas, { filter_name: '"success"' })).not.toContain('6 cancel');
		const { data } = await call(nas, 'list', { task_id: '1', limit: '1' }, VERSION);
		expect(data!.total).toBe(5);
	});

	test('the one in progress is listed; a resumed run is still one version', async () => {
		const nas = await givenNas({ tasks: [{ id: 1, name: 'A', durationSeconds: 100 }] });
		nas.task(1).accept();
		expect(await short(nas)).toEqual(['2 backup', '1 success']);
		nas.advance({ seconds: 50 });
		nas.task(1).suspend();
		nas.task(1).resume();
		nas.advance({ seconds: 60 });
		expect(await short(nas)).toEqual(['2 success', '1 success']);
		const { data } = await call(nas, 'status', {
			task_id: '1',
			additional: '["last_bkp_success_version"]',
		});
		expect(data!.last_bkp_success_version).toBe('2');
	});

	test.each([
		['zero', 0],
		['time', START / 1000 + 30],
	] as const)('a canceled one: complete_time %s', async (canceledCompleteTime, expected) => {
		const nas = await givenNas({ ...withTask(), unknowns: { canceledCompleteTime } });
		nas.task(1).accept();
		nas.advance({ seconds: 30 });
		nas.task(1).cancel();
		const [version] = await versions(nas);
		expect(version).toMatchObject({ status: 'cancel', locked: true, complete_time: expected });
	});

	test.each([
		['fail', ['1 fail']],
		['none', []],
	] as const)('a failed one: %s; its number is not used again', async (failedVersion, expected) => {
		const nas = await givenNas({ ...withTask(), unknowns: { failedVersion } });
		nas.task(1).willEnd('failed');
		nas.task(1).accept();
		nas.advance({ minutes: 2 });
		expect(await short(nas)).toEqual(expected);
		nas.task(1).accept();
		nas.advance({ minutes: 2 });
		expect(await short(nas)).toEqual(['2 success', ...expected]);
	});

	test('discarding a suspended run takes its version away', async () => {
		const nas = await givenNas(withTask());
		nas.task(1).accept();
		nas.task(1).suspend();
		nas.task(1).discard();
		expect(await short(nas)).toEqual([]);
	});

	test.each([4400, 4401])('an unknown task gives %d by switch', async (unknownTaskCode) => {
		const nas = await givenNas({ unknowns: { unknownTaskCode } });
		expect(await code(call(nas, 'list', { task_id: '99' }, VERSION))).toBe(unknownTaskCode);
	});
});

describe('statistics', () => {
	test('the run before and the latest; none is all zeros', async () => {
		const nas = await givenNas(withTask({ files: 1000, bytes: 4096 * 1024 }));
		interface Point {
			end_time: number;
			source_size?: number;
		}
		const read = async (): Promise<Point[]> =>
			(await call(nas, 'get', { task_id: '1' }, STATISTIC)).data!
				.source_previous_next_list as Point[];
		expect((await read()).map(({ end_time }) => end_time)).toEqual([0, 0]);
		nas.task(1).accept();
		nas.advance({ minutes: 2 });
		const [previous, latest] = await read();
		expect(previous!.end_time).toBe(0);
		expect(latest).toMatchObject({ end_time: START / 1000 + 60, source_size: 4096 });
	});

	test('refused where the destination has none', async () => {
		const nas = await givenNas(withTask({ capability: { statistics: false } }));
		expect(await code(call(nas, 'get', { task_id: '1' }, STATISTIC))).toBe(4401);
	});
});
