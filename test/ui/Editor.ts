import type { Locator, Page } from 'playwright-core';
import { OWNER } from '../../n8n-host/rest';
import { until } from '../../n8n-host/until';
import { VIEWPORT } from './browser';
import type { Area } from './pictures';

/** n8n's editor, with the words a user would use for it. */
export class Editor {
	constructor(
		readonly page: Page,
		private readonly url: string,
	) {}

	part(testId: string): Locator {
		return this.page.getByTestId(testId);
	}

	get output(): Locator {
		return this.part('output-panel');
	}

	async signIn(): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		await this.page.locator('input[name="emailOrLdapLoginId"]').fill(OWNER.email);
		await this.page.locator('input[type="password"]').fill(OWNER.password);
		await this.part('form-submit-button').click();
		await this.page.waitForURL((to) => !to.pathname.startsWith('/signin'));
	}

	async openWorkflow(id: string): Promise<void> {
		await this.openWorkflows();
		await this.goTo(`/workflow/${id}`);
		await this.part('canvas-node').first().waitFor();
	}

	/** The workflow's Executions tab. */
	async openExecutions(id: string): Promise<void> {
		await this.openWorkflows();
		await this.goTo(`/workflow/${id}/executions`);
		await this.part('current-executions-list').waitFor();
	}

	/** Before each workflow, so that nothing of the one before it is left. */
	private async openWorkflows(): Promise<void> {
		await this.page.setViewportSize(VIEWPORT);
		await this.goTo('/home/workflows');
		const list = this.part('resources-list-item-workflow').first();
		const leave = this.page.getByRole('button', { name: 'Leave without saving' });
		await list.or(leave).waitFor();
		if (await leave.isVisible()) await leave.click();
		await list.waitFor();
	}

	/** As a link in the editor does it: loading the editor anew takes seconds. */
	private async goTo(path: string): Promise<void> {
		await this.page.evaluate((to) => {
			history.pushState({}, '', to);
			dispatchEvent(new PopStateEvent('popstate', { state: history.state as unknown }));
		}, path);
	}

	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.part('ndv').waitFor();
	}

	/** An empty workflow with the nodes panel open. */
	async openNodesPanel(): Promise<void> {
		await this.page.setViewportSize(VIEWPORT);
		await this.page.goto(`${this.url}/workflow/new`);
		await this.part('canvas-plus-button').click();
		await this.part('node-creator-search-bar').waitFor();
	}

	/** The names of what is found, once `wanted` is among them; not those of the search before. */
	async searchNodes(text: string, wanted: string): Promise<string[]> {
		await this.part('node-creator-search-bar').fill('no node is called like this');
		await this.part('node-creator-no-results').waitFor();
		await this.part('node-creator-search-bar').fill(text);
		return await until(`'${wanted}' among the nodes found for '${text}'`, async () => {
			const names = (await this.part('node-creator-item-name').allInnerTexts()).map((name) =>
				name.trim(),
			);
			return names.includes(wanted) && names;
		});
	}

	/**
	 * Everything there is of our node: its events, and its operations, which an empty workflow offers
	 * folded up.
	 */
	async openEntries(): Promise<void> {
		await this.searchNodes('hyper backup', 'Synology Hyper Backup');
		await this.part('node-creator-item-name').filter({ hasText: 'Synology Hyper Backup' }).click();
		await this.part('node-creator-category-item').filter({ hasText: 'Actions' }).click();
	}

	/** From the search to the node on the canvas, its panel open. */
	async addNode(entry: string): Promise<void> {
		await this.openNodesPanel();
		await this.openEntries();
		await this.part('node-creator-item-name').getByText(entry, { exact: true }).click();
		await this.part('ndv').waitFor();
	}

	async chooseCredential(name: string): Promise<void> {
		await this.part('node-credentials-select').click();
		await this.page.getByRole('option', { name }).filter({ visible: true }).first().click();
	}

	/** The field itself: text, switch, or what opens a list. */
	field(parameter: string): Locator {
		return this.part(`parameter-input-${parameter}`);
	}

	async choose(parameter: string, option: string): Promise<void> {
		await this.field(parameter).click();
		await this.page
			.locator('.el-select-dropdown__item:visible', {
				has: this.page.getByText(option, { exact: true }),
			})
			.click();
	}

	async switchOn(parameter: string): Promise<void> {
		await this.field(parameter).locator('.el-switch').click();
	}

	/** What a click on the task field offers, once it is there. */
	async openTaskList(): Promise<string[]> {
		await this.part('rlc-input-container').click();
		await this.part('rlc-item').first().waitFor();
		return await this.tasksOffered();
	}

	/** What is left of the list when it has been searched. */
	async searchTasks(text: string, count: number): Promise<string[]> {
		await this.page
			.locator('input[data-test-id="rlc-search"], [data-test-id="rlc-search"] input')
			.fill(text);
		return await until(`${count} tasks found for '${text}'`, async () => {
			const tasks = await this.tasksOffered();
			return tasks.length === count && tasks;
		});
	}

	private async tasksOffered(): Promise<string[]> {
		return (await this.part('rlc-item').allInnerTexts()).map((name) => name.trim());
	}

	/** "Execute step", or "Fetch Test Event". */
	async execute(): Promise<void> {
		await this.part('node-execute-button').click();
		await this.part('node-error-message')
			.or(this.output.getByTestId('run-data-item-count'))
			.first()
			.waitFor();
	}

	/** The names of the fields in the node's form, from top to bottom; n8n's own come after Options. */
	async formLabels(): Promise<string[]> {
		const labels = this.part('node-parameters').locator('[data-test-id="input-label"] label');
		// Beside the name stands the switch between a fixed value and an expression.
		const names = (await labels.allInnerTexts()).map((text) => text.trim().split('\n')[0]!);
		return names.slice(0, names.indexOf('Options') + 1);
	}

	/** The output's table as a user reads it. */
	async outputTable(): Promise<Array<Record<string, string>>> {
		await this.output.getByTestId('radio-button-table').click();
		await this.output.locator('table tbody tr').first().waitFor();
		const heads = (await this.output.locator('table thead th').allInnerTexts()).map((text) =>
			text.trim(),
		);
		const rows = await this.output.locator('table > tbody > tr').all();
		return await Promise.all(
			rows.map(async (row) => {
				const cells = await row.locator('> td').allInnerTexts();
				return Object.fromEntries(
					heads
						.map((head, index) => [head, (cells[index] ?? '').trim()])
						.filter(([head]) => head !== ''),
				);
			}),
		);
	}

	/** Moves the form to the left, so that the output has room. */
	async widenOutput(): Promise<void> {
		const box = (await this.part('panel-drag-button').boundingBox())!;
		await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
		await this.page.mouse.down();
		await this.page.mouse.move(250, box.y, { steps: 8 });
		await this.page.mouse.up();
	}

	/** The node's form below the title, with or without its output: where it is now on the page. */
	async formArea(height: number, { withOutput = true } = {}): Promise<Area> {
		const form = (await this.part('node-parameters').boundingBox())!;
		const output = (await this.output.boundingBox())!;
		const right = withOutput ? output.x + output.width : form.x + form.width;
		return { x: Math.floor(form.x), y: output.y, width: Math.floor(right - form.x), height };
	}

	/** n8n's notes in the corner. */
	async closeNotes(): Promise<void> {
		const close = this.page.locator('.el-notification .el-notification__closeBtn');
		while ((await close.count()) > 0) {
			await close
				.first()
				.click({ timeout: 1000 })
				.catch(() => undefined);
			await this.page.locator('.el-notification-fade-leave-active').waitFor({ state: 'hidden' });
		}
	}
}
