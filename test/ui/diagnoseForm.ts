import { demoTasks, startNas, wallClock, type Nas } from '../../simulator';
import { credentialData, operationWorkflow } from '../e2e/support';
import { picture } from './pictures';
import { shows, type Stage } from './Stage';

export function diagnoseForm(stage: () => Stage): void {
	let nas: Nas;

	// Its clock runs: the other one's standing still would be the first thing the report finds.
	beforeAll(async () => {
		nas = await startNas({ clock: wallClock(), timeZone: 'UTC', tasks: demoTasks(Date.now()) });
		stage().secrets.watch(nas);
	});

	afterAll(async () => await nas?.close());

	shows(
		stage,
		'resource NAS System: Execute Step shows a report that names neither the NAS nor the account',
		async ({ editor, n8n }) => {
			const credentialId = await n8n.rest.createCredential('Diagnosed NAS', credentialData(nas));
			await editor.openWorkflow(
				await n8n.rest.createWorkflow(operationWorkflow(credentialId, { operation: 'getAll' })),
			);
			await editor.openNode('Hyper Backup');
			await editor.choose('resource', 'NAS System');
			expect(await editor.field('operation').locator('input').inputValue()).toBe('Diagnose');
			await editor.execute();
			const [report, ...others] = await editor.outputTable();
			expect(others).toEqual([]);
			expect(report).toMatchObject({ hyper_backup: 'true', dialect: 'dsm' });
			expect(report!.report).toContain('tasks: {"total":5,');
			expect(JSON.stringify(report)).not.toMatch(/127\.0\.0\.1|backup-operator|Nightly/);
			await editor.closeNotes();
			await editor.widenOutput();
			await editor.output.getByTestId('radio-button-json').click();
			await editor.output.getByText('dsm_version').first().waitFor();
			await picture(editor.page, 'diagnose', await editor.formArea(600));
		},
	);
}
