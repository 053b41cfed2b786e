import type { Browser } from 'playwright-core';
import { NEWEST } from '../../n8n-host/versions';
import { DEFAULT_ACCOUNT, demoTasks, SimulatedClock, startNas, type Nas } from '../../simulator';
import { credentialData, stageWith, type Stage as N8nStage } from '../e2e/support';
import { launch, openPage } from './browser';
import { Editor } from './Editor';
import { pictureOfFailure } from './pictures';
import { Secrets } from './Secrets';

/** Name of the credential the tests' NAS is reached with. */
export const OFFICE_NAS = 'Office NAS';

/**
 * A real n8n with our package, a simulated NAS whose clock stands still, and a browser with the
 * editor open.
 */
export class Stage {
	readonly secrets: Secrets;

	private constructor(
		readonly n8n: N8nStage,
		readonly nas: Nas,
		readonly credentialId: string,
		private readonly browser: Browser,
		readonly editor: Editor,
	) {
		this.secrets = new Secrets(editor.page, [DEFAULT_ACCOUNT.password]);
		this.secrets.watch(nas);
	}

	static async open(): Promise<Stage> {
		const clock = new SimulatedClock();
		const [n8n, nas, browser] = await Promise.all([
			stageWith(NEWEST),
			startNas({ clock, tasks: demoTasks(clock.now()) }),
			launch(),
		]);
		const credentialId = await n8n.rest.createCredential(OFFICE_NAS, credentialData(nas));
		const stage = new Stage(
			n8n,
			nas,
			credentialId,
			browser,
			new Editor(await openPage(browser), n8n.n8n.url),
		);
		try {
			await stage.editor.signIn();
		} catch (error) {
			await stage.close();
			throw error;
		}
		return stage;
	}

	/** A picture of the page as it was, if the test fails. */
	async watched(test: string, body: () => Promise<void>): Promise<void> {
		try {
			await body();
			await this.secrets.expectHidden();
		} catch (error) {
			await pictureOfFailure(this.editor.page, test);
			throw error;
		}
	}

	async close(): Promise<void> {
		await this.browser.close();
		await this.n8n.close();
		await this.nas.close();
	}
}

/** One test in the browser: what it says, and that no secret was shown meanwhile. */
export function shows(
	stage: () => Stage,
	what: string,
	body: (stage: Stage) => Promise<void>,
): void {
	test(what, async () => await stage().watched(what, async () => await body(stage())));
}
