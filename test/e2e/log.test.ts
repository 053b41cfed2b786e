import { NEWEST } from '../../n8n-host/versions';
import { startNas, type Nas } from '../../simulator';
import { credentialData, runOperation, stageWith, type Stage } from './support';

const SKIPPED = ['/volume1/photo/a.jpg', '/volume1/photo/b.jpg'];
const one = { __rl: true, mode: 'id', value: '1' };

describe(`the log in the real n8n ${NEWEST}`, () => {
	let stage: Stage;
	let nas: Nas;
	let credentialId: string;

	beforeAll(async () => {
		stage = await stageWith(NEWEST);
		nas = await startNas({
			tasks: [
				{ id: 1, name: 'Nightly', nextOutcomes: [{ result: 'partial', skipped: SKIPPED }] },
				{ id: 2, name: 'Weekly' },
			],
		});
		nas.task(1).accept();
		nas.advance({ hours: 2 });
		credentialId = await stage.rest.createCredential('NAS', credentialData(nas));
	}, 1_800_000);

	afterAll(async () => {
		await stage?.close();
		await nas?.close();
	});

	const operate = async (parameters: Record<string, unknown>) =>
		(await runOperation(stage, credentialId, parameters)).items;

	test('Get Many gives the entries of one task at or above a level', async () => {
		const items = await operate({
			resource: 'log',
			operation: 'getAll',
			returnAll: true,
			filters: { task: '1', level: 'warn' },
		});
		expect(items.map(({ kind, path }) => [kind, path])).toEqual([
			['run_partial', null],
			['item_skipped', SKIPPED[1]],
			['item_skipped', SKIPPED[0]],
		]);
	});

	test('Get with the log included says why the last run was partial', async () => {
		const [item] = await operate({
			operation: 'get',
			taskId: one,
			options: { include: ['log'] },
		});
		expect(item).toMatchObject({
			name: 'Nightly',
			log: { reason: `2 items were skipped: ${SKIPPED.join(', ')}`, complete: true },
		});
	});
});
