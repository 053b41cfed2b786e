import type { Browser } from 'playwright-core';
import { exampleWorkflow } from '../../n8n-host/examples';
import { NEWEST } from '../../n8n-host/versions';
import type { Nas, TaskSpec } from '../../simulator';
import { launch } from '../ui/browser';
import { credentialData, fastNas, ROOT, stageWith, type Stage } from './support';

jest.setTimeout(240_000);

const HOUR = 3_600_000;
const VIEWER = { username: 'viewer', password: 'Views1234' };

/** A workflow whose nodes have no IDs of credentials yet. */
interface Workflow {
	name: string;
	nodes: Array<{ name: string; credentials?: Record<string, { id?: string; name: string }> }>;
}

describe(`views of several NASes in the real n8n ${NEWEST}`, () => {
	let stage: Stage;
	let first: Nas;
	let second: Nas;
	let browser: Browser;
	let ids: { first: string; second: string; viewer: string };

	beforeAll(async () => {
		stage = await stageWith(NEWEST);
		const viewer = await stage.rest.createCredential(
			'Backup Views',
			{ user: VIEWER.username, password: VIEWER.password },
			'httpBasicAuth',
		);
		ids = { first: '', second: '', viewer };
		browser = await launch();
	}, 1_800_000);

	beforeEach(async () => {
		stage.receiver.received.length = 0;
		const ended = (result: 'done' | 'failed') => ({ result, endedAt: Date.now() - HOUR });
		const ofFirst: TaskSpec[] = [
			{ id: 1, name: 'Nightly to USB', lastRun: ended('done') },
			{ id: 2, name: 'Mail <b>"x"</b>\\', lastRun: { ...ended('failed'), successAt: 1.7e12 } },
		];
		first = await fastNas({ tasks: ofFirst });
		second = await fastNas({ tasks: [{ id: 1, name: 'Accounting', lastRun: ended('done') }] });
		ids.first = await stage.rest.createCredential('NAS A', credentialData(first));
		ids.second = await stage.rest.createCredential('NAS B', credentialData(second));
	});

	afterEach(async () => {
		await first?.close();
		await second?.close();
	});

	afterAll(async () => {
		await browser?.close();
		await stage?.close();
	});

	/** As a user would choose credentials: the second NAS where a node's name says so. */
	const withCredentials = (example: unknown): Workflow => {
		const workflow = example as Workflow;
		for (const { name, credentials } of workflow.nodes) {
			if (credentials?.synologyHyperBackupApi)
				credentials.synologyHyperBackupApi.id = /Second/.test(name) ? ids.second : ids.first;
			if (credentials?.httpBasicAuth)
				credentials.httpBasicAuth = { id: ids.viewer, name: 'Backup Views' };
		}
		return workflow;
	};

	const settings = () => ({ credentialId: ids.first, sendTo: `${stage.receiver.url}/alert` });

	/** Publishes a workflow for as long as it is used. */
	const published = async (workflow: Workflow, use: () => Promise<void>): Promise<void> => {
		const id = await stage.rest.createWorkflow({ ...workflow });
		await stage.rest.activate(id);
		try {
			await use();
		} finally {
			await stage.rest.deactivate(id);
		}
	};

	const get = async (path: string, account = VIEWER): Promise<Response> => {
		const login = Buffer.from(`${account.username}:${account.password}`).toString('base64');
		return await fetch(`${stage.n8n.url}/webhook/${path}`, {
			headers: { authorization: `Basic ${login}` },
		});
	};

	describe('status-page', () => {
		const page = () => withCredentials(exampleWorkflow(ROOT, 'status-page.json', settings()));

		test('shows the tasks of both NASes, and a NAS that cannot be read as such', async () => {
			await published(page(), async () => {
				const response = await get('backup-status');
				expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
				const html = await response.text();
				expect(html).toContain('<title>Backups: attention needed for 1 of 3 tasks</title>');
				expect(html).toContain('<th scope="row">Accounting');
				expect(html).toContain('Mail &#60;b&#62;&#34;x&#34;');
				second.fault({ kind: 'http502' });
				expect(await (await get('backup-status')).text()).toMatch(
					/Second NAS could not be read; attention needed for 1 of 2 tasks.*unknown: .*502/s,
				);
				expect((await get('backup-status', { ...VIEWER, password: 'wrong' })).status).toBe(401);
			});
		});

		test.each([
			['a phone', 390],
			['a desktop', 1280],
		])('fits the width of %s', async (_what, width) => {
			await published(page(), async () => {
				const context = await browser.newContext({
					viewport: { width, height: 800 },
					httpCredentials: VIEWER,
				});
				const view = await context.newPage();
				await view.goto(`${stage.n8n.url}/webhook/backup-status`);
				expect(await view.locator('tbody tr').count()).toBe(3);
				expect(await view.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
					width,
				);
				await context.close();
			});
		});
	});
});
