import { SimulatedClock, startNas } from '../../simulator';
import { credentialData, operationWorkflow } from '../e2e/support';
import { VIEWPORT } from './browser';
import { picture } from './pictures';
import { OFFICE_NAS, shows, type Stage } from './Stage';

export function nodeForm(stage: () => Stage): void {
	shows(
		stage,
		'added from the search and set to Get Status: tasks are offered by name, and found by a part of it',
		async ({ editor }) => {
			await editor.addNode('Get many backup tasks');
			await editor.chooseCredential(OFFICE_NAS);
			await editor.choose('operation', 'Get Status');
			expect(await editor.openTaskList()).toEqual([
				'iscsi-vm',
				'Mail to the second NAS',
				'Nightly to USB',
				'Photos to C2',
				'Web server',
			]);
			await picture(editor.page, 'task-list', await editor.formArea(520, { withOutput: false }));
			expect(await editor.searchTasks('photo', 1)).toEqual(['Photos to C2']);
			await editor.part('rlc-item').click();
		},
	);

	shows(stage, 'Execute Step shows what the chosen task is doing', async ({ editor, nas }) => {
		nas.task('Photos to C2').accept();
		nas.advance({ minutes: 12 });
		await editor.execute();
		const [status] = await editor.outputTable();
		expect(status).toMatchObject({
			task_id: '2',
			status: 'running',
			activity: 'backing_up',
			last_success_version: '87',
		});
		expect(Number(status!.progress)).toBeGreaterThan(0);
		await editor.closeNotes();
		await editor.widenOutput();
		await picture(editor.page, 'get-status', await editor.formArea(520));
	});

	shows(
		stage,
		'Get Many shows every task of the NAS as a table',
		async ({ editor, n8n, credentialId }) => {
			await editor.openWorkflow(
				await n8n.rest.createWorkflow(operationWorkflow(credentialId, { operation: 'getAll' })),
			);
			await editor.openNode('Hyper Backup');
			await editor.execute();
			const tasks = await editor.outputTable();
			expect(tasks.map(({ name, status, last_result }) => [name, status, last_result])).toEqual([
				['Nightly to USB', 'idle', 'success'],
				['Photos to C2', 'running', 'running'],
				['Mail to the second NAS', 'suspended', 'suspended'],
				['Web server', 'error', 'failed'],
				['iscsi-vm', 'idle', 'success'],
			]);
			await editor.closeNotes();
			await editor.widenOutput();
			await picture(editor.page, 'node-panel', await editor.formArea(680));
		},
	);

	const optionsOffered = async ({ editor }: Stage, first: string): Promise<string[]> => {
		await editor.part('collection-parameter-add').click();
		const offered = editor.page
			.getByRole('option')
			.or(editor.page.locator('.el-select-dropdown__item'))
			.filter({ visible: true });
		await offered.filter({ hasText: first }).waitFor();
		return await offered.allInnerTexts();
	};

	shows(
		stage,
		'options that only waiting has are offered where something is waited for, and nowhere else',
		async (on) => {
			const { editor, n8n, credentialId } = on;
			const open = async (operation: string): Promise<void> => {
				await editor.openWorkflow(
					await n8n.rest.createWorkflow(
						operationWorkflow(credentialId, {
							operation,
							taskId: { __rl: true, mode: 'list', value: '1', cachedResultName: 'Nightly to USB' },
						}),
					),
				);
				await editor.openNode('Hyper Backup');
			};
			await open('run');
			expect(await optionsOffered(on, 'Request Timeout')).toEqual([
				'Request Timeout (Milliseconds)',
			]);
			await editor.page.keyboard.press('Escape');
			await open('waitForCompletion');
			expect(await optionsOffered(on, 'Fail On')).toEqual([
				'Fail On',
				'Include Log',
				'Include Version Rotation',
				'Max Check Interval (Seconds)',
				'On Stop',
				'On Time Limit',
				'Outage Tolerance (Minutes)',
				'Parallel Items',
				'Request Timeout (Milliseconds)',
				'Start Timeout (Minutes)',
				'Time Limit (Minutes)',
			]);
			await editor.page.keyboard.press('Escape');
		},
	);

	shows(stage, 'Run shows the options of waiting when Wait for Completion is on', async (on) => {
		const { editor, n8n, credentialId } = on;
		await editor.openWorkflow(
			await n8n.rest.createWorkflow(
				operationWorkflow(credentialId, {
					operation: 'run',
					taskId: { __rl: true, mode: 'list', value: '1', cachedResultName: 'Nightly to USB' },
				}),
			),
		);
		await editor.page.setViewportSize({ ...VIEWPORT, height: 1000 });
		await editor.openNode('Hyper Backup');
		await editor.switchOn('waitForCompletion');
		expect(await optionsOffered(on, 'If Already Running')).toEqual(
			expect.arrayContaining([
				'Fail On',
				'If Already Running',
				'On Time Limit',
				'Time Limit (Minutes)',
			]),
		);
		await picture(editor.page, 'run-options', await editor.formArea(775, { withOutput: false }));
		await editor.page.keyboard.press('Escape');
	});

	shows(
		stage,
		'Read Only in the credential: Run says so, and nothing is sent',
		async ({ editor, n8n }) => {
			// One of its own: the trigger that an earlier test published polls the other every minute.
			const nas = await startNas({ clock: new SimulatedClock() });
			const credentialId = await n8n.rest.createCredential(
				'Read only',
				credentialData(nas, { readOnly: true }),
			);
			await editor.openWorkflow(
				await n8n.rest.createWorkflow(
					operationWorkflow(credentialId, {
						operation: 'run',
						taskId: { __rl: true, mode: 'list', value: '1', cachedResultName: 'Nightly to USB' },
					}),
				),
			);
			await editor.openNode('Hyper Backup');
			await editor.execute();
			expect(await editor.part('node-error-message').innerText()).toBe(
				'The backup was not started: the credential is read-only',
			);
			expect(await editor.part('node-error-description').innerText()).toBe(
				"Use another credential, or switch off 'Read Only' in this one. Nothing was sent.",
			);
			expect(nas.requests).toEqual([]);
			await nas.close();
		},
	);
}
