import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { exampleWorkflow } from '../../n8n-host/examples';
import { OWNER } from '../../n8n-host/rest';
import { NEWEST } from '../../n8n-host/versions';
import { demoTasks } from '../../simulator';
import { credentialData, fastNas, operationWorkflow, ROOT, stageWith } from '../e2e/support';

const IMAGES = join(ROOT, 'docs/images');
const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium';

async function signIn(page: Page, url: string): Promise<void> {
	await page.goto(`${url}/signin`);
	await page.fill('input[name="emailOrLdapLoginId"]', OWNER.email);
	await page.fill('input[type="password"]', OWNER.password);
	await page.click('[data-test-id="form-submit-button"]');
	await page.waitForURL((to) => !to.pathname.startsWith('/signin'));
}

async function openWorkflow(page: Page, url: string, id: string): Promise<void> {
	await page.goto(`${url}/workflow/${id}`);
	await page.waitForSelector('[data-test-id="canvas-node"]');
	await page.waitForTimeout(1500);
}

async function openNode(page: Page, name: string): Promise<void> {
	await page.dblclick(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	await page.waitForSelector('[data-test-id="ndv"]');
	await page.waitForTimeout(1500);
}

/** Pictures of the real editor for the docs. Chromium from the system: CHROMIUM names another one. */
async function main(): Promise<void> {
	mkdirSync(IMAGES, { recursive: true });
	const stage = await stageWith(NEWEST);
	const nas = await fastNas({ tasks: demoTasks(Date.now()) });
	const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] });
	try {
		const credentialId = await stage.rest.createCredential('NAS', credentialData(nas));
		const alert = await stage.rest.createWorkflow(exampleWorkflow(ROOT, 'alert-on-failure.json', { credentialId, sendTo: `${stage.receiver.url}/alert` }));
		const list = await stage.rest.createWorkflow(operationWorkflow(credentialId, { operation: 'getAll', returnAll: true }));
		const page = await browser.newPage({ viewport: { width: 1400, height: 800 } });
		await signIn(page, stage.n8n.url);
		await openWorkflow(page, stage.n8n.url, alert);
		await page.screenshot({ path: join(IMAGES, 'alert-workflow.png'), clip: { x: 60, y: 60, width: 1340, height: 720 } });
		await openNode(page, 'When a Backup Fails');
		await page.screenshot({ path: join(IMAGES, 'trigger-panel.png') });
		await openWorkflow(page, stage.n8n.url, list);
		await openNode(page, 'Hyper Backup');
		await page.click('[data-test-id="node-execute-button"]');
		await page.waitForSelector('[data-test-id="output-panel"] table, [data-test-id="ndv-data-container"] table, [data-test-id="output-panel"] [class*="json"]', { timeout: 20_000 }).catch(() => undefined);
		await page.waitForTimeout(2500);
		await page.screenshot({ path: join(IMAGES, 'node-panel.png') });
	} finally {
		await browser.close();
		await stage.close();
		await nas.close();
	}
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
		process.exit(1);
	},
);
