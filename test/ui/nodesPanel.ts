import { picture } from './pictures';
import { shows, type Stage } from './Stage';

/** n8n itself has a node called NASA, which nothing of ours can come before. */
const SEARCHES = [
	{ text: 'hyper backup', place: 1 },
	{ text: 'synology', place: 1 },
	{ text: 'backup', place: 1 },
	{ text: 'nas', place: 2 },
];

export function nodesPanel(stage: () => Stage): void {
	beforeAll(async () => await stage().editor.openNodesPanel());

	for (const { text, place } of SEARCHES) {
		shows(stage, `'${text}' finds Synology Hyper Backup as number ${place}`, async ({ editor }) => {
			const found = await editor.searchNodes(text, 'Synology Hyper Backup');
			expect(found.indexOf('Synology Hyper Backup') + 1).toBe(place);
		});
	}

	shows(
		stage,
		'the trigger and the node are one entry, which opens into the events and the operations',
		async ({ editor }) => {
			const found = await editor.searchNodes('hyper backup', 'Synology Hyper Backup');
			expect(found.filter((name) => name.includes('Hyper Backup'))).toEqual([
				'Synology Hyper Backup',
			]);
			await picture(editor.page, 'search', { x: 1016, y: 66, width: 384, height: 280 });
			await editor.openEntries();
			await editor
				.part('node-creator-item-name')
				.getByText('Run a backup task', { exact: true })
				.waitFor();
			const entries = await editor.part('node-creator-item-name').allInnerTexts();
			expect(entries.map((entry) => entry.trim())).toEqual(
				expect.arrayContaining([
					'On backup failed',
					'On backup overdue',
					'On NAS unreachable',
					'Run a backup task',
					'Get the status of a backup task',
				]),
			);
		},
	);
}
