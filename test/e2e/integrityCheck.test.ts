import { NEWEST } from '../../n8n-host/versions';
import type { Nas } from '../../simulator';
import { credentialData, fastNas, runOperation, stageWith, type Stage } from './support';

const one = { __rl: true, mode: 'id', value: '1' };
const SECRET = 'AKIASECRETKEYID';

describe(`destinations and integrity checks in the real n8n ${NEWEST}`, () => {
	let stage: Stage;
	let nas: Nas;
	let credentialId: string;

	beforeAll(async () => {
		stage = await stageWith(NEWEST);
		const repository = { share: 'usb1', key: SECRET };
		nas = await fastNas({ tasks: [{ id: 1, name: 'Nightly', repository, checkSeconds: 36_000 }] });
		credentialId = await stage.rest.createCredential('NAS', credentialData(nas));
	}, 1_800_000);

	afterAll(async () => {
		await stage?.close();
		await nas?.close();
	});

	const operate = async (parameters: Record<string, unknown>) =>
		(await runOperation(stage, credentialId, { taskId: one, ...parameters })).items;
	const check = async (operation: string, parameters: Record<string, unknown> = {}) =>
		await operate({ resource: 'integrityCheck', operation, ...parameters });

	test('Destination: Get says how the destination is, without its key', async () => {
		const items = await operate({ resource: 'destination', operation: 'get' });
		expect(items).toHaveLength(1);
		expect(items[0]).toMatchObject({
			online: true,
			destination: 'Local folder or USB: usb1',
			size_unit: 'KiB (inferred)',
		});
		expect(JSON.stringify(items)).not.toContain(SECRET);
	});

	test('Get Last of a task that was never checked is unknown', async () => {
		const [item] = await check('getLast');
		expect(item).toMatchObject({ name: 'Nightly', outcome: 'unknown', last_check_time: null });
	});

	test('Run starts a check, and Cancel ends it', async () => {
		expect(await check('run', { scope: 'index' })).toEqual([
			{ task_id: '1', name: null, success: true },
		]);
		expect(nas.task(1).checking).toBe(true);
		expect(await check('cancel')).toEqual([{ task_id: '1', name: null, success: true }]);
		expect(nas.task(1).checking).toBe(false);
	});

	test('Wait for Completion waits for a check that runs already', async () => {
		nas.task(1).integrityCheck(600, 'passed');
		const [item] = await check('waitForCompletion', { options: { maxCheckInterval: 2 } });
		expect(item).toMatchObject({ name: 'Nightly', outcome: 'passed' });
	});

	test('Run with waiting gives the outcome and its evidence', async () => {
		Object.assign(nas.task(1).spec, { nextCheck: 'damaged', checkSeconds: 600 });
		const [item] = await check('run', {
			waitForCompletion: true,
			options: { maxCheckInterval: 2, failOn: ['unknown'] },
		});
		expect(item).toMatchObject({
			outcome: 'damaged',
			evidence: { task_state: 'restore_only', error_code: 4467 },
		});
		expect((await check('getLast'))[0]).toMatchObject({ outcome: 'damaged' });
	});
});
