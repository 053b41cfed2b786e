import { closeAll } from '../../../testing/nas';
import { activated, nightly } from './monitored';

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
});

test('what is stored of a healthy task takes at most 150 bytes', async () => {
	const tasks = Array.from({ length: 40 }, (_, index) =>
		nightly({ id: index + 1, name: `Nightly to USB ${index}`, schedule: { hour: 2, minute: 0 } }),
	);
	const { trigger } = await activated(tasks, {
		events: ['backupFailed', 'backupOverdue', 'backupRecovered'],
	});
	expect(JSON.stringify(trigger.staticData).length / tasks.length).toBeLessThanOrEqual(150);
});
