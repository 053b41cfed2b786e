import type { IDataObject } from 'n8n-workflow';
import type { NasOptions, VaultTargetSpec } from '../../simulator';
import { ActiveTrigger, testEvent } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas } from '../../testing/nas';

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
});

const START = Date.UTC(2026, 10, 24, 8, 0, 0);
const HOUR = 3_600_000;
const TARGET = 'SYNO.Backup.Service.VersionBackup.Target';

const branch: VaultTargetSpec = { id: 1, name: 'Branch_1', lastBackupAt: START - 20 * HOUR };

const names = (items: IDataObject[] | null): string[] =>
	(items ?? []).map(({ event }) => String(event));

async function watched(
	parameters: IDataObject = {},
	targets: VaultTargetSpec[] = [branch],
	options: NasOptions = {},
) {
	const { nas } = await givenNas({
		vault: { targets },
		hyperBackup: 'missing',
		tasks: [],
		...options,
	});
	jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
	const trigger = new ActiveTrigger(credentialsFor(nas), {
		events: ['vaultTargetOverdue'],
		...parameters,
	} as never);
	return { nas, trigger };
}

test('on a NAS that only receives: reported once, and its end once', async () => {
	const { nas, trigger } = await watched();
	expect(await trigger.poll()).toBeNull();
	nas.advance({ hours: 5 });
	expect(await trigger.poll()).toBeNull();
	nas.advance({ hours: 2 });
	const [item, ...others] = (await trigger.poll())!;
	expect(others).toEqual([]);
	expect(item).toMatchObject({
		event: 'vaultTargetOverdue',
		message: "Vault target 'Branch_1': no backup has arrived for 27 hours",
		nas: 'NAS',
		task: null,
		hours_without_backup: 27,
		vault_target: { target_id: '1', name: 'Branch_1' },
	});
	nas.advance({ hours: 1 });
	expect(await trigger.poll()).toBeNull();
	nas.vault.receive(1, nas.clock.now());
	expect((await trigger.poll())![0]).toMatchObject({
		event: 'vaultTargetOverdueEnded',
		message: "Vault target 'Branch_1': a backup has arrived",
		hours_without_backup: 0,
	});
	expect(await trigger.poll()).toBeNull();
});

test('a poll is one request, and the list of tasks is not among them', async () => {
	const { nas, trigger } = await watched();
	await trigger.poll();
	await trigger.poll();
	nas.resetRequests();
	await trigger.poll();
	expect(nas.requests.map(({ api }) => api)).toEqual([TARGET]);
});

test('beside the events of tasks, on a NAS that does both', async () => {
	const events = ['backupSucceeded', 'vaultTargetOverdue'];
	const tasks = [{ id: 1, name: 'Nightly', durationSeconds: 600 }];
	const { nas, trigger } = await watched({ events }, [branch], { hyperBackup: 'installed', tasks });
	await trigger.poll();
	nas.task(1).accept();
	nas.advance({ hours: 7 });
	expect(names(await trigger.poll())).toEqual(['backupSucceeded', 'vaultTargetOverdue']);
});

test('a target that has received nothing counts from the first poll', async () => {
	const { nas, trigger } = await watched({}, [{ id: 2, name: 'Attic_1' }]);
	await trigger.poll();
	nas.advance({ hours: 25 });
	expect(await trigger.poll()).toBeNull();
	nas.advance({ hours: 1 });
	expect((await trigger.poll())![0]!.message).toBe(
		"Vault target 'Attic_1': no backup is known to have arrived, and it has been watched for 26 hours",
	);
});

test('the limit is an option, and bad input is an error', async () => {
	const { nas, trigger } = await watched({ options: { vaultOverdueHours: 48 } });
	await trigger.poll();
	nas.advance({ hours: 27 });
	expect(await trigger.poll()).toBeNull();
	nas.advance({ hours: 2 });
	expect(names(await trigger.poll())).toEqual(['vaultTargetOverdue']);
	trigger.choose({ events: ['vaultTargetOverdue'], options: { vaultOverdueHours: 0 } });
	await expect(trigger.poll()).rejects.toThrow("'Vault Target Overdue After (Hours)'");
});

test('a target that is missing for three polls is neither new nor gone; then its report ends', async () => {
	const { nas, trigger } = await watched();
	await trigger.poll();
	nas.advance({ hours: 7 });
	expect(names(await trigger.poll())).toEqual(['vaultTargetOverdue']);
	const [target] = nas.vault.targets.splice(0, 1);
	for (let poll = 0; poll < 3; poll++) expect(await trigger.poll()).toBeNull();
	nas.vault.targets.push(target!);
	expect(await trigger.poll()).toBeNull();
	nas.vault.targets.splice(0, 1);
	for (let poll = 0; poll < 3; poll++) expect(await trigger.poll()).toBeNull();
	expect((await trigger.poll())![0]).toMatchObject({
		event: 'vaultTargetOverdueEnded',
		message: "Vault target 'Branch_1': it does not exist any more",
		vault_target: null,
	});
	expect(await trigger.poll()).toBeNull();
});

test.each(['saved', 'lost'])(
	'a restart with its state %s repeats and loses nothing',
	async (how) => {
		const { nas, trigger } = await watched();
		await trigger.poll();
		trigger.save();
		nas.advance({ hours: 7 });
		expect(names(await trigger.poll())).toEqual(['vaultTargetOverdue']);
		trigger.save();
		nas.vault.receive(1, nas.clock.now());
		if (how === 'saved') {
			expect(names(await trigger.poll())).toEqual(['vaultTargetOverdueEnded']);
			trigger.save();
		}
		trigger.restart();
		expect(names(await trigger.poll())).toEqual(how === 'saved' ? [] : ['vaultTargetOverdueEnded']);
	},
);

test('what was reported ends after the workflow was published again, and on another address', async () => {
	const { nas, trigger } = await watched();
	await trigger.poll();
	nas.advance({ hours: 7 });
	expect(names(await trigger.poll())).toEqual(['vaultTargetOverdue']);
	trigger.save();
	trigger.restart('activate');
	expect(await trigger.poll()).toBeNull();
	trigger.move(nas.url.replace('127.0.0.1', 'localhost'));
	expect(await trigger.poll()).toBeNull();
	nas.vault.receive(1, nas.clock.now());
	expect(names(await trigger.poll())).toEqual(['vaultTargetOverdueEnded']);
});

test('a backup that arrives in the future counts as now', async () => {
	const { nas, trigger } = await watched({}, [{ ...branch, lastBackupAt: START + 900 * HOUR }]);
	await trigger.poll();
	nas.advance({ hours: 1 });
	expect(await trigger.poll()).toBeNull();
	expect(JSON.stringify(trigger.staticData)).not.toContain(String(START + 900 * HOUR));
});

test.each(['html', 'truncated', 'empty200', 'otherJson', 'http502', 'hang'] as const)(
	'%s: the poll fails, and nothing is reported as overdue or ended',
	async (kind) => {
		const { nas, trigger } = await watched();
		await trigger.poll();
		nas.advance({ hours: 7 });
		expect(names(await trigger.poll())).toEqual(['vaultTargetOverdue']);
		nas.fault({ kind });
		await expect(trigger.poll()).rejects.toThrow(/\w+ .+/);
		nas.clearFaults();
		expect(await trigger.poll()).toBeNull();
	},
);

test('with NAS Unreachable chosen: reported, and the return', async () => {
	const { nas, trigger } = await watched({ events: ['vaultTargetOverdue', 'nasUnreachable'] });
	await trigger.poll();
	nas.fault({ kind: 'http502' });
	const reported: string[] = [];
	for (let poll = 0; poll < 4; poll++) reported.push(...names(await trigger.poll()));
	expect(reported).toEqual(['nasUnreachable']);
	nas.clearFaults();
	expect(names(await trigger.poll())).toEqual(['nasReachable']);
});

test('on a NAS without Vault the failure names the package', async () => {
	const { nas } = await givenNas({ tasks: [] });
	const trigger = new ActiveTrigger(credentialsFor(nas), { events: ['vaultTargetOverdue'] });
	await trigger.poll();
	await expect(trigger.poll()).rejects.toThrow('Hyper Backup Vault is not installed');
});

test('Fetch Test Event shows the target that has waited longest', async () => {
	const older = { id: 3, name: 'Old_1', lastBackupAt: START - 90 * HOUR };
	const { nas } = await givenNas({ vault: { targets: [branch, older] }, tasks: [] });
	const { items } = await testEvent(credentialsFor(nas), { events: ['vaultTargetOverdue'] });
	expect(items[0]!.json).toMatchObject({
		test: true,
		event: 'vaultTargetOverdue',
		vault_target: { name: 'Old_1' },
	});
});

test.each([
	['no JSON', 'x'],
	['another shape', '{"nas":1}'],
	['targets of another kind', '{"nas":"NAS","state":[["1",{"label":7}]]}'],
])('%s in the place of what was stored: a new baseline is taken', async (_what, text) => {
	const { nas, trigger } = await watched();
	await trigger.poll();
	trigger.change((data) => {
		data.watch_vaultOverdue = text.replace('"NAS"', JSON.stringify(String(data.nas)));
	});
	await trigger.poll();
	nas.advance({ hours: 7 });
	expect(names(await trigger.poll())).toEqual(['vaultTargetOverdue']);
});
