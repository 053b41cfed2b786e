import { until } from '../../n8n-host/until';
import { picture } from './pictures';
import { OFFICE_NAS, shows, type Stage } from './Stage';

const MINUTES_OF_A_BACKUP = 11;

/** Published by one test, checked by another that runs last. */
let workflow = '';

export function triggerForm(stage: () => Stage): void {
	shows(
		stage,
		"'On backup failed' adds a trigger for that event, and Fetch Test Event shows an example of such an event",
		async ({ editor }) => {
			await editor.addNode('On backup failed');
			await editor.chooseCredential(OFFICE_NAS);
			expect(await editor.field('events').innerText()).toBe('Backup Failed');
			await editor.execute();
			const [event, ...others] = await editor.outputTable();
			expect(others).toEqual([]);
			expect(event).toMatchObject({ event: 'backupFailed' });
			expect(event!.task).toContain('Web server');
			await editor.closeNotes();
			await editor.field('events').click();
			const offered = editor.page.locator('.el-select-dropdown__item:visible');
			await offered.first().waitFor();
			expect(await offered.count()).toBe(24);
			await offered.filter({ hasText: 'Backup Canceled' }).scrollIntoViewIfNeeded();
			await picture(editor.page, 'trigger-panel', await editor.formArea(640));
			await editor.page.keyboard.press('Escape');
		},
	);

	shows(stage, 'Publish makes it poll the NAS at once', async ({ editor, nas }) => {
		nas.resetRequests();
		workflow = /workflow\/(\w+)/.exec(editor.page.url())![1]!;
		await editor.part('ndv-close-button').click();
		await editor.part('workflow-open-publish-modal-button').click();
		await editor.part('workflow-publish-button').click();
		await editor.part('activation-modal').getByRole('button', { name: 'Got it' }).click();
		expect(await editor.part('workflow-open-publish-modal-button').innerText()).toBe('Published');
		await until('the first poll of the NAS', () => nas.count('SYNO.Backup.Task', 'list') > 0);
		nas.task('Web server').willEnd({ result: 'failed', errorCode: 4467 });
		nas.task('Web server').accept();
		nas.advance({ minutes: MINUTES_OF_A_BACKUP });
	});
}

export function triggerExecution(stage: () => Stage): void {
	shows(
		stage,
		'a backup that fails becomes an execution in the Executions tab, with what went wrong',
		async ({ editor }) => {
			await editor.openExecutions(workflow);
			const executions = editor.page.locator('[data-test-id^="execution-details-"]');
			await executions.first().waitFor();
			await until('an execution beside the test event', async () => (await executions.count()) > 1);
			expect(await executions.count()).toBe(2);
			await executions.first().click();
			await editor.openNode('Synology Hyper Backup Trigger');
			const [event] = await editor.outputTable();
			expect(event).toMatchObject({ event: 'backupFailed' });
			expect(event!.task).toContain('Web server');
			expect(event!.run).toContain('4467');
		},
	);
}
