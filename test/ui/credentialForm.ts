import { certificate, DEFAULT_ACCOUNT, demoTasks, startNas, type Nas } from '../../simulator';
import { operationWorkflow } from '../e2e/support';
import { picture } from './pictures';
import { shows, type Stage } from './Stage';

const WRONG_PASSWORD = 'not-the-password-1';
const FORM = { x: 210, y: 80, width: 980, height: 640 };

/** DSM's usual port, as a reader of the pictures knows it; another one if it is taken. */
async function nasWithCertificate(): Promise<{ nas: Nas; pem: string }> {
	const tls = await certificate();
	const options = { tls, tasks: demoTasks(Date.now()) };
	return {
		nas: await startNas({ ...options, port: 5001 }).catch(async () => await startNas(options)),
		pem: tls.cert,
	};
}

export function credentialForm(stage: () => Stage): void {
	let nas: Nas;
	let pem: string;

	beforeAll(async () => {
		({ nas, pem } = await nasWithCertificate());
		stage().secrets.watch(nas);
	});

	afterAll(async () => await nas?.close());

	const form = ({ editor }: Stage) => editor.part('editCredential-modal');
	const type = async (on: Stage, field: string, text: string): Promise<void> =>
		await form(on).getByTestId(`parameter-input-${field}`).locator('input').fill(text);

	shows(
		stage,
		'the certificate a NAS has from the factory: the form says two safe ways to trust it',
		async (on) => {
			const { editor, n8n, credentialId, secrets } = on;
			secrets.add(WRONG_PASSWORD);
			await editor.openWorkflow(
				await n8n.rest.createWorkflow(operationWorkflow(credentialId, { operation: 'getAll' })),
			);
			await editor.openNode('Hyper Backup');
			await editor.part('node-credentials-select').click();
			await editor.part('node-credentials-select-item-new').click();
			await type(on, 'baseUrl', nas.url);
			await type(on, 'username', DEFAULT_ACCOUNT.name);
			await type(on, 'password', WRONG_PASSWORD);
			await editor.part('credential-save-button').click();
			await form(on).getByText('Couldn’t connect with these settings').waitFor();
			await form(on).getByText('More details').click();
			await form(on).getByText('is self-signed').waitFor();
			await form(on)
				.getByText("paste the certificate into 'CA Certificate'", { exact: false })
				.waitFor();
			expect(nas.sessions.attempts).toEqual([]);
		},
	);

	shows(
		stage,
		'the certificate pasted, and a wrong password: the form says what the NAS refused and what to do',
		async (on) => {
			const { editor } = on;
			await form(on).getByTestId('parameter-input-caCertificate').locator('textarea').fill(pem);
			await editor.part('credential-save-button').click();
			await form(on)
				.getByText(
					"The NAS refused the login: no such account, or the password is wrong. Check 'Username' and 'Password' in the credential.",
				)
				.waitFor();
			await editor.closeNotes();
			await picture(editor.page, 'credential-refused', FORM);
		},
	);

	shows(
		stage,
		'the password corrected: it is tried at once, without the pause that a refused login brings',
		async (on) => {
			const { editor } = on;
			await type(on, 'password', DEFAULT_ACCOUNT.password);
			await editor.part('credential-save-button').click();
			await form(on).waitFor({ state: 'hidden' });
			expect(nas.sessions.attempts.map(({ code }) => code).slice(-2)).toEqual([400, 0]);
		},
	);

	shows(
		stage,
		'opened again, n8n tests it and says that it works; the password is a row of dots',
		async (on) => {
			const { editor } = on;
			await editor.part('credential-edit-button').click();
			await form(on).getByText('Connection tested successfully').waitFor();
			const password = form(on).getByTestId('parameter-input-password').locator('input');
			expect(await password.getAttribute('type')).toBe('password');
			expect(await password.inputValue()).not.toContain(DEFAULT_ACCOUNT.password);
			await editor.closeNotes();
			await picture(editor.page, 'credential', FORM);
			await form(on)
				.getByTestId('parameter-input-allowedHttpRequestDomains')
				.scrollIntoViewIfNeeded();
			await picture(editor.page, 'credential-more', FORM);
		},
	);
}
