import { exampleWorkflow } from '../../n8n-host/examples';
import { ROOT } from '../e2e/support';
import { picture } from './pictures';
import { shows, type Stage } from './Stage';

export function canvas(stage: () => Stage): void {
	shows(
		stage,
		'an imported example needs nothing but a credential: no node carries a warning',
		async ({ editor, n8n, credentialId }) => {
			const workflow = exampleWorkflow(ROOT, 'alert-on-failure.json', {
				credentialId,
				sendTo: 'https://ntfy.example.com/backups',
			});
			await editor.openWorkflow(await n8n.rest.createWorkflow(workflow));
			await editor.page.getByText('POST: https://ntfy.example.com').waitFor();
			expect(await editor.part('node-issues').count()).toBe(0);
			await picture(editor.page, 'alert-workflow', { x: 392, y: 150, width: 658, height: 560 });
		},
	);
}
