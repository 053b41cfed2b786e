import { freePort } from '../../n8n-host/ports';
import { operationWorkflow } from '../e2e/support';
import { picture } from './pictures';
import { shows, type Stage } from './Stage';

const NIGHTLY = { __rl: true, mode: 'list', value: '1', cachedResultName: 'Nightly to USB' };
const STACK_TRACE = /\bat .+:\d+:\d+|node_modules/;

export function errorsShown(stage: () => Stage): void {
	const executed = async (
		{ editor, n8n }: Stage,
		credentialId: string,
		operation: string,
	): Promise<[message: string, description: string]> => {
		await editor.openWorkflow(
			await n8n.rest.createWorkflow(
				operationWorkflow(credentialId, { operation, taskId: NIGHTLY }),
			),
		);
		await editor.openNode('Hyper Backup');
		await editor.execute();
		await editor.part('node-error-message').waitFor();
		expect(await editor.output.innerText()).not.toMatch(STACK_TRACE);
		return [
			await editor.part('node-error-message').innerText(),
			await editor.part('node-error-description').innerText(),
		];
	};

	shows(stage, 'Resume on a task that is not suspended: why nothing was done', async (on) => {
		expect(await executed(on, on.credentialId, 'resume')).toEqual([
			"Task '1' was not resumed: it is not suspended: it is idle, and its last backup completed successfully",
			'Only a suspended task can be resumed. Nothing was sent: on any other task DSM reports success and marks it as failed.',
		]);
		await on.editor.closeNotes();
		await picture(on.editor.page, 'error', await on.editor.formArea(430));
	});

	shows(
		stage,
		'a NAS that is off: the same words in the output and in the list of tasks',
		async (on) => {
			const { editor, n8n } = on;
			const off = `127.0.0.1:${await freePort()}`;
			const advice =
				'The NAS may be off or starting, the port may be wrong (DSM: 5001 for HTTPS, 5000 for HTTP), or a firewall may refuse n8n.';
			const credentialId = await n8n.rest.createCredential('Switched-off NAS', {
				baseUrl: `http://${off}`,
				username: 'backup',
				password: 'never-sent-anywhere',
				allowUnauthorizedCerts: false,
			});
			on.secrets.add('never-sent-anywhere');
			expect(await executed(on, credentialId, 'getStatus')).toEqual([
				`Task '1' could not be read. '${off}' refused the connection`,
				advice,
			]);
			await editor.part('rlc-input-container').click();
			const list = editor.part('rlc-error-container');
			await list.getByText(`'${off}' refused the connection`).waitFor();
			expect(await list.innerText()).toContain(advice);
		},
	);
}
