import type { Browser } from 'playwright-core';
import { exampleWorkflow } from '../../n8n-host/examples';
import { OWN_CONNECTION } from '../../n8n-host/instance';
import { until } from '../../n8n-host/until';
import { NEWEST } from '../../n8n-host/versions';
import { wallClock, type Nas, type TaskSpec } from '../../simulator';
import { launch } from '../ui/browser';
import { parseGauges } from '../unit/examples/prometheusText';
import { MailServer } from './mailServer';
import {
	credentialData,
	fastNas,
	outputsOf,
	pollingOften,
	ROOT,
	stageWith,
	type Stage,
} from './support';
import { withText, type Workflow } from './workflows';

const HOUR = 3_600_000;
const VIEWER = { username: 'viewer', password: 'Views1234' };

describe(`views of several NASes in the real n8n ${NEWEST}`, () => {
	let stage: Stage;
	let first: Nas;
	let second: Nas;
	let browser: Browser;
	let mailServer: MailServer;
	let ids: { first: string; second: string; viewer: string; smtp: string };

	beforeAll(async () => {
		stage = await stageWith(NEWEST);
		const viewer = await stage.rest.createCredential(
			'Backup Views',
			{ user: VIEWER.username, password: VIEWER.password },
			'httpBasicAuth',
		);
		mailServer = await MailServer.start();
		const smtp = await stage.rest.createCredential('SMTP', mailServer.credential(), 'smtp');
		ids = { first: '', second: '', viewer, smtp };
		browser = await launch();
	}, 1_800_000);

	beforeEach(async () => {
		stage.receiver.received.length = 0;
		const ended = (result: 'done' | 'failed') => ({ result, endedAt: Date.now() - HOUR });
		const ofFirst: TaskSpec[] = [
			{ id: 1, name: 'Nightly to USB', durationSeconds: 86_400, lastRun: ended('done') },
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
		await mailServer?.close();
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

	const settings = () => ({
		credentialId: ids.first,
		sendTo: `${stage.receiver.url}/alert`,
		smtpId: ids.smtp,
	});

	/** Publishes a workflow for as long as it is used. */
	const published = async (
		workflow: Workflow,
		use: (id: string) => Promise<void>,
	): Promise<void> => {
		const id = await stage.rest.createWorkflow(pollingOften({ ...workflow }));
		await stage.rest.activate(id);
		try {
			await use(id);
		} finally {
			await stage.rest.deactivate(id);
		}
	};

	const get = async (path: string, account = VIEWER): Promise<Response> => {
		const login = Buffer.from(`${account.username}:${account.password}`).toString('base64');
		return await fetch(`${stage.n8n.url}/webhook/${path}`, {
			headers: { ...OWN_CONNECTION, authorization: `Basic ${login}` },
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
			['a phone in the dark', 390, 'dark', 7],
			['a phone by day', 390, 'light', 7],
			['a desktop in the dark', 1280, 'dark', 35],
			['a desktop by day', 1280, 'light', 35],
		] as const)('fits %s', async (_what, width, colorScheme, perRow) => {
			await published(page(), async () => {
				const context = await browser.newContext({
					viewport: { width, height: 800 },
					httpCredentials: VIEWER,
					colorScheme,
				});
				const view = await context.newPage();
				await view.goto(`${stage.n8n.url}/webhook/backup-status`);
				expect(await view.locator('tbody tr:not(.calendar)').count()).toBe(3);
				expect(await view.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
					width,
				);
				const days = await view.locator('.days').first().locator('li').all();
				const boxes = await Promise.all(days.map(async (day) => (await day.boundingBox())!));
				expect(boxes).toHaveLength(35);
				expect(new Set(boxes.map(({ x }) => Math.round(x))).size).toBe(perRow);
				expect(Math.min(...boxes.map((box) => box.width))).toBeGreaterThan(20);
				const shade = await view.evaluate(() => getComputedStyle(document.body).backgroundColor);
				expect(shade).toBe(colorScheme === 'dark' ? 'rgb(13, 17, 23)' : 'rgb(246, 248, 250)');
				await context.close();
			});
		});

		test('keeps a failed backup in the calendar after the next one succeeded', async () => {
			await second.close();
			// Its clock is the real one: a minute a second would run into days that are not shown yet.
			const lastRun = { result: 'done' as const, endedAt: Date.now() - 50 * HOUR };
			const tasks = [{ id: 1, name: 'Accounting', durationSeconds: 1, lastRun }];
			second = await fastNas({ clock: wallClock(), tasks });
			ids.second = await stage.rest.createCredential('NAS B', credentialData(second));
			await published(page(), async (id) => {
				for (const [result, outcome] of [
					['failed', 'failed'],
					['done', 'succeeded'],
				] as const) {
					second.task(1).willEnd(result);
					second.task(1).accept();
					await until(`"${outcome}" to be saved`, async () =>
						(await outputsOf(stage, id, 'Save Run')).some((run) => run.outcome === outcome),
					);
				}
				const html = await (await get('backup-status')).text();
				const [row] = html.split('<th scope="row">Accounting')[1]!.split('</ol>');
				expect(row).toContain('It is idle, and its last backup completed successfully');
				expect(row).toMatch(/class="day bad" title="[^"]*: failed"/);
			});
		});

		test('shows days of which the history cannot be read as unknown, and none as a success', async () => {
			const name = '"value":"backup_status_page"';
			const broken = withText(page(), name, name.replace('backup', 'no_such'));
			await published(broken, async () => {
				const html = await (await get('backup-status')).text();
				expect(html).toContain('The backups of the last weeks are unknown: ');
				expect(html).toMatch(/class="day unseen" title="[^"]*: not known"/);
				expect(html.split('<ul class="legend">')[0]).not.toContain('class="day ok"');
			});
		});
	});

	describe('prometheus-metrics', () => {
		const metrics = () =>
			withCredentials(exampleWorkflow(ROOT, 'prometheus-metrics.json', settings()));
		const scrape = async () => {
			const response = await get('backup-metrics');
			expect(response.headers.get('content-type')).toMatch(/^text\/plain;.* version=0\.0\.4/);
			return parseGauges(await response.text()).map(
				({ name, labels: { nas, task, status }, value }) =>
					[name.replace('hyper_backup_', ''), nas, task, status, value].filter(
						(part) => part !== undefined,
					),
			);
		};

		test('shows both NASes, the last success of a failed task too; one that cannot be read is down', async () => {
			await published(metrics(), async () => {
				const samples = await scrape();
				const mail = 'Mail <b>"x"</b>\\';
				expect(samples).toContainEqual(['up', 'First NAS', 1]);
				expect(samples).toContainEqual(['task_needs_attention', 'Second NAS', 'Accounting', 0]);
				expect(samples).toContainEqual(['task_needs_attention', 'First NAS', mail, 1]);
				expect(samples).toContainEqual(['task_status', 'First NAS', mail, 'error', 1]);
				expect(samples).toContainEqual([
					'task_last_success_timestamp_seconds',
					'First NAS',
					mail,
					1_700_000_000,
				]);
				expect(first.count('SYNO.Backup.Task', 'status')).toBe(1);
				expect(second.count('SYNO.Backup.Task', 'status')).toBe(0);
				first.fault({ kind: 'http502' });
				const later = await scrape();
				expect(later).toContainEqual(['up', 'First NAS', 0]);
				expect(later.filter(([, nas]) => nas === 'First NAS')).toHaveLength(1);
				expect(later).toContainEqual(['up', 'Second NAS', 1]);
			});
		});
	});

	test('daily-digest: one email about both NASes, and about one that cannot be read', async () => {
		const workflow = withCredentials(exampleWorkflow(ROOT, 'daily-digest.json', settings()));
		const id = await stage.rest.createWorkflow({ ...workflow });
		const send = async () => {
			mailServer.mails.length = 0;
			expect((await stage.rest.run(id, 'Start')).status).toBe('success');
			return mailServer.mails[0]!;
		};
		const mail = await send();
		expect(mail.subject).toBe('Backups: attention needed for 1 of 3 tasks');
		expect(mail.text).toMatch(/^First NAS\n2 backup tasks.*\n! Task 'Mail.*Second NAS\n/s);
		expect(mail.html).toContain('Mail &lt;b&gt;');
		second.fault({ kind: 'http502' });
		expect((await send()).subject).toBe(
			'Backups: Second NAS could not be read; attention needed for 1 of 2 tasks',
		);
	});

	test('heartbeat: a ping for each tick, and one for the start and the failure of a backup', async () => {
		const workflow = withText(
			withCredentials(pollingOften(exampleWorkflow(ROOT, 'heartbeat.json', settings()))),
			'"field":"minutes","minutesInterval":10',
			'"field":"seconds","secondsInterval":5',
		);
		const ping = async (end: string) =>
			await stage.receiver.next(`/alert/your-ping-key/nas-${end}?create=1`);
		await published(workflow, async () => {
			expect((await ping('n8n')).text).toMatch(/1 needs attention/);
			first.task(1).accept();
			await ping('1-nightly-to-usb/start');
			first.task(1).finish({ result: 'failed', errorCode: 4467 });
			expect((await ping('1-nightly-to-usb/fail')).text).toMatch(
				/^Task 'Nightly to USB': the backup failed.*4467/,
			);
			first.fault({ kind: 'http502' });
			expect((await ping('n8n/fail')).text).toMatch(/^The NAS could not be read: .*502/);
		});
	});

	test('wake-on-push: a notification of DSM leads to an alert about the task that failed, once', async () => {
		const workflow = withText(
			withCredentials(exampleWorkflow(ROOT, 'wake-on-push.json', settings())),
			'"amount":30',
			'"amount":1',
		);
		const alerts = () =>
			stage.receiver.received.filter(({ path }) => path === '/alert').map(({ body }) => body);
		const id = await stage.rest.createWorkflow({ ...workflow });
		await stage.rest.activate(id);
		const push = async (): Promise<void> => {
			const before = (await stage.rest.executions(id)).length;
			const response = await fetch(`${stage.n8n.url}/webhook/backup-push-change-me`, {
				method: 'POST',
				headers: { ...OWN_CONNECTION, 'content-type': 'application/json' },
				body: JSON.stringify({ text: 'A new event.\nData backup task on nas completed' }),
			});
			expect(response.ok).toBe(true);
			await until('the execution to end', async () => {
				const executions = await stage.rest.executions(id);
				return executions.length > before && executions.every(({ status }) => status === 'success');
			});
		};
		await push();
		expect(alerts()).toEqual([
			expect.objectContaining({
				title: 'Check the backups on NAS A',
				message: expect.stringMatching(/^Task 'Mail .*its last backup failed/),
			}),
		]);
		await push();
		expect(alerts()).toHaveLength(1);
		await stage.rest.deactivate(id);
	});
});
