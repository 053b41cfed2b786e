import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleWorkflow } from '../../n8n-host/examples';
import { until } from '../../n8n-host/until';
import { NEWEST } from '../../n8n-host/versions';
import {
	SimulatedClock,
	wallClock,
	type Nas,
	type NasOptions,
	type TaskSpec,
} from '../../simulator';
import { ChatModel } from './chatModel';
import { MailServer } from './mailServer';
import {
	credentialData,
	fastNas,
	operationWorkflow,
	outputsOf,
	pollingOften,
	ROOT,
	stageWith,
	type Stage,
} from './support';

const HOUR = 3_600_000;

/**
 * Every example, imported as it is and run in the real n8n against a NAS whose clock runs a minute
 * a second.
 */
describe(`the example workflows in the real n8n ${NEWEST}`, () => {
	let stage: Stage;
	let nas: Nas;
	let credentialId: string;
	let mailServer: MailServer;
	let model: ChatModel;
	const tried = new Set<string>();

	beforeAll(async () => {
		stage = await stageWith(NEWEST);
		model = await ChatModel.start();
		mailServer = await MailServer.start();
	}, 1_800_000);

	/** In place of the one before. */
	const givenNas = async (options: NasOptions = {}): Promise<void> => {
		await nas?.close();
		const now = Date.now();
		const tasks: TaskSpec[] = [
			{
				id: 1,
				name: 'Nightly to USB',
				durationSeconds: 240,
				lastRun: { result: 'done', endedAt: now - HOUR },
			},
			{
				id: 2,
				name: 'Photos to C2',
				durationSeconds: 240,
				lastRun: { result: 'done', endedAt: now - 2 * HOUR },
			},
			{
				id: 3,
				name: 'Mail <b>"x"</b>',
				durationSeconds: 86_400,
				lastRun: { result: 'suspend', endedAt: now - 3 * HOUR },
			},
		];
		nas = await fastNas({ tasks, ...options });
		credentialId = await stage.rest.createCredential('NAS', credentialData(nas));
	};

	beforeEach(async () => {
		stage.receiver.received.length = 0;
		await givenNas();
	});

	afterAll(async () => {
		await nas?.close();
		await stage?.close();
		await model?.close();
		await mailServer?.close();
	});

	const received = () => stage.receiver.received.map(({ body }) => body);

	const given = async (
		file: string,
		change: (text: string) => string = (text) => text,
	): Promise<string> => {
		tried.add(file);
		const smtpId = await stage.rest.createCredential('SMTP', mailServer.credential(), 'smtp');
		const modelId = await stage.rest.createCredential(
			'Model',
			{ apiKey: 'none', url: model.url },
			'openAiApi',
		);
		const example = exampleWorkflow(ROOT, file, {
			credentialId,
			sendTo: `${stage.receiver.url}/alert`,
			smtpId,
			modelId,
		});
		const workflow = pollingOften(example);
		return await stage.rest.createWorkflow(
			JSON.parse(change(JSON.stringify(workflow))) as Record<string, unknown>,
		);
	};

	const run = async (file: string, trigger = 'Start') => {
		const execution = await stage.rest.run(await given(file), trigger);
		expect(execution.error).toBeUndefined();
		expect(execution.status).toBe('success');
	};

	test("run-and-notify: reports success, and failure with DSM's reason", async () => {
		await run('run-and-notify.json');
		expect(received()).toEqual([
			expect.objectContaining({
				topic: 'backups',
				title: expect.stringMatching(/^Backup succeeded/),
				message: expect.stringContaining('Nightly to USB'),
			}),
		]);
		nas
			.task(1)
			.willEnd({ result: 'failed', errorCode: 4467, error: 'x:error:status_target_broken' });
		await run('run-and-notify.json');
		expect(received()[1]).toMatchObject({
			title: expect.stringMatching(/^Backup did not succeed/),
			priority: 4,
			message: expect.stringContaining('status target broken'),
		});
	});

	test('nightly-chain: A, then B, then the summary, also if A fails', async () => {
		nas.task(1).willEnd('failed');
		await run('nightly-chain.json');
		expect(nas.history.map(({ kind, taskId }) => `${kind} ${taskId}`)).toEqual([
			'started 1',
			'finished 1',
			'started 2',
			'finished 2',
		]);
		expect(received()).toEqual([
			expect.objectContaining({
				title: 'Not all backups succeeded',
				message: expect.stringMatching(
					/^.*Nightly to USB.*failed\n.*Photos to C2.*completed successfully$/,
				),
			}),
		]);
	});

	test('resume-suspended: resumes three times, then sends an alert', async () => {
		// Every ten seconds instead of every half hour. Only an active workflow keeps the count.
		const id = await given('resume-suspended.json', (text) =>
			text.replace(
				'"field":"minutes","minutesInterval":30',
				'"field":"seconds","secondsInterval":10',
			),
		);
		await stage.rest.activate(id);
		const titles = () => received().map(({ title }) => title);
		await until(
			'the alert',
			async () => {
				const executions = await stage.rest.executions(id);
				const isOver = executions.every(({ status }) => status === 'success');
				if (isOver && nas.task(3).status === 'backup') nas.task(3).suspend();
				return titles().some((title) => /^A backup is still suspended/.test(String(title)));
			},
			50,
		);
		expect(nas.history.filter(({ kind }) => kind === 'resumed')).toHaveLength(3);
		expect(titles().filter((title) => title === 'A suspended backup was resumed')).toHaveLength(3);
		await stage.rest.deactivate(id);
	});

	test('quiet-hours: what runs is suspended', async () => {
		await givenNas({ clock: new SimulatedClock(Date.now()) });
		nas.task(1).accept();
		// In the middle of the transfer, which does not end meanwhile.
		nas.advance({ minutes: 2 });
		await run('quiet-hours.json', 'Suspend Now');
		expect(nas.task(1).result).toBe('suspend');
		expect(received().map(({ title }) => title)).toEqual([
			expect.stringMatching(/^Quiet hours: done/),
		]);
	});

	test('stop-service-and-back-up: the service is started again though the backup fails', async () => {
		nas.task(1).willEnd({ result: 'failed', errorCode: 4467 });
		await run('stop-service-and-back-up.json');
		expect(received()).toEqual([
			{ action: 'stop' },
			{ action: 'start' },
			expect.objectContaining({
				title: 'Backup with the service stopped: failed',
				message: expect.stringContaining('failed'),
			}),
		]);
	});

	test('weekly-report: a table by e-mail, with names escaped', async () => {
		await run('weekly-report.json');
		const [mail] = mailServer.mails;
		// Task 3 is suspended.
		expect(mail!.subject).toMatch(/^Backups on .*: attention needed for 1 of 3 tasks$/);
		expect(mail!.html).toContain('Nightly to USB');
		expect(mail!.html).toMatch(/\d\d:\d\d UTC[+-]\d\d:\d\d/);
		expect(mail!.html).not.toContain('<b>');
	});

	test('unusual-change: counts are remembered, and one that is far from the usual is reported', async () => {
		const { versions } = nas.task(1);
		const ends = (id: number, changed: number): void => {
			const version = versions.open(nas.clock.now(), id);
			version.figures = { ...version.figures, new: changed, modified: 0, deleted: 0 };
			versions.close(version, 'success', nas.clock.now() + 1000 * id);
		};
		const id = await given('unusual-change.json', (text) =>
			text.replace('LEAST_RUNS = 7', 'LEAST_RUNS = 2'),
		);
		const outcome = async (): Promise<unknown> => {
			const execution = await stage.rest.run(id, 'Start');
			expect(execution.error).toBeUndefined();
			const items = execution.runData.Compare?.[0]?.data?.main[0] ?? [];
			return items.find(({ json }) => json.task_id === '1')?.json.outcome;
		};
		const outcomes: unknown[] = [];
		for (const [index, changed] of [10, 12, 11, 900].entries()) {
			ends(20 + index, changed);
			outcomes.push(await outcome());
		}
		outcomes.push(await outcome());
		expect(outcomes).toEqual(['no_baseline', 'no_baseline', 'usual', 'unusual', 'no_new_run']);
		expect(received()).toEqual([
			expect.objectContaining({
				title: 'Unusual backup: Nightly to USB (NAS)',
				message: expect.stringContaining('changed 900 files, and usually it is about 11'),
			}),
		]);
	});

	test('backup-calendar: what ended is saved, and shown in the table of the mail', async () => {
		// This NAS's clock is the real one: a minute a second would run into tomorrow, which has no
		// column yet.
		const now = Date.now();
		await givenNas({
			clock: wallClock(),
			tasks: [
				{
					id: 1,
					name: 'Nightly to USB',
					durationSeconds: 1,
					lastRun: { result: 'done', endedAt: now - 50 * HOUR },
				},
				{
					id: 2,
					name: 'Photos to C2',
					durationSeconds: 1,
					lastRun: { result: 'done', endedAt: now - 74 * HOUR },
				},
				{
					id: 3,
					name: 'Mail <b>"x"</b>',
					durationSeconds: 1,
					lastRun: { result: 'done', endedAt: now - 50 * HOUR },
				},
				{ id: 4, name: 'New', durationSeconds: 1, lastRun: null },
			],
		});
		// Every five seconds instead of every Monday.
		const id = await given('backup-calendar.json', (text) =>
			text.replace(
				'"field":"weeks","triggerAtDay":[1],"triggerAtHour":7',
				'"field":"seconds","secondsInterval":5',
			),
		);
		const mailThatSays = async (summary: string) =>
			await until(`the mail "${summary}"`, () =>
				mailServer.mails.find(({ subject }) => subject?.endsWith(`: ${summary}`)),
			);
		await stage.rest.activate(id);
		await until('the baseline', () => nas.count('SYNO.Backup.Task', 'list') > 0);
		for (const [task, outcome] of [
			[1, 'failed'],
			[2, 'done'],
			[3, 'partial'],
		] as const) {
			nas.task(task).willEnd(outcome);
			nas.task(task).accept();
		}
		await mailThatSays('attention needed for 3 of 4 tasks');
		await until(
			'the failure to be saved',
			async () =>
				(await outputsOf(stage, id, 'Save Run')).some(
					({ task_id: task, outcome }) => task === '1' && outcome === 'failed',
				),
			1000,
		);
		// It succeeds now, and its failure is still in the data table.
		nas.task(1).accept();
		await until('the run that goes well', () => nas.task(1).result === 'done');
		mailServer.mails.length = 0;
		const { html } = await mailThatSays('attention needed for 3 of 4 tasks');
		const rows = [...String(html).matchAll(/<tr[^>]*><th scope="row".*?<\/tr>/g)].map(
			([row]) => row,
		);
		const symbols = rows.map((row) =>
			[...row.matchAll(/<td style="background[^>]*>(.)<\/td>/g)]
				.map(([, symbol]) => symbol)
				.join(''),
		);
		// Sorted by name, without escapes: Mail, New, Nightly, Photos.
		expect(symbols).toEqual(['P', '', expect.stringContaining('✗'), expect.stringContaining('✓')]);
		expect(html).toContain('Mail &#60;b&#62;');
		expect(html).toContain('<b>New</b>: has never run');
		nas.fault({ kind: 'http502' });
		expect((await stage.rest.run(id, 'Start')).status).toBe('success');
		await mailThatSays('the NAS could not be read, runs may be missing');
		await stage.rest.deactivate(id);
	});

	test.each([
		['alert-on-failure.json', 'backupFailed'],
		['overdue-watchdog.json', 'nasUnreachable'],
	])('%s: %s', async (file, event) => {
		// An outage of one poll instead of three, so that the test need not wait for three minutes.
		const id = await given(file, (text) =>
			text.replace('"tasks":[],"options":{}', '"tasks":[],"options":{"unreachableAfter":1}'),
		);
		await stage.rest.activate(id);
		await until('the baseline', () => nas.count('SYNO.Backup.Task', 'list') > 0);
		if (event === 'backupFailed') {
			nas.task(1).willEnd({ result: 'failed', errorCode: 4467 });
			nas.task(1).accept();
			await until('the alert', () => received().length > 0);
			expect(received()[0]).toMatchObject({
				topic: 'backups',
				title: expect.stringMatching(/^Check the backups on /),
				message: expect.stringMatching(/Nightly to USB.*code 4467/),
				priority: 4,
			});
		} else {
			nas.fault({ kind: 'http502' });
			await until('the alert', () => received().length > 0);
			expect(received()[0]).toMatchObject({
				title: expect.stringMatching(/^Check the backups on /),
				message: expect.stringContaining('HTTP 502'),
			});
		}
		await stage.rest.deactivate(id);
	});

	test('ask-about-backups: a message in the chat gets a response; the agent reads the tasks with its one tool, and can do nothing else', async () => {
		nas.resetRequests();
		const id = await given('ask-about-backups.json');
		const reply = await stage.rest.chat(
			id,
			'When Chat Message Received',
			'Which backups need attention?',
		);
		expect(reply).toMatchObject({ output: expect.stringContaining('Nightly to USB') });
		expect(model.asked).toContain('Which backups need attention?');
		expect([...new Set(model.tools)]).toHaveLength(1);
		expect([
			...new Set(
				nas.requests
					.filter(({ api }) => api === 'SYNO.Backup.Task')
					.map(({ apiMethod }) => apiMethod),
			),
		]).toEqual(['list']);
	});

	test('an execution that waits is stopped at once; the backup continues, or is canceled with On Stop: Cancel It', async () => {
		for (const onStop of ['leave', 'cancel']) {
			const id = await stage.rest.createWorkflow(
				operationWorkflow(credentialId, {
					operation: 'run',
					waitForCompletion: true,
					taskId: { __rl: true, mode: 'id', value: '2' },
					options: { onStop },
				}),
			);
			// Hours on the NAS's clock, minutes on ours: it does not end by itself meanwhile.
			nas.task(2).willEnd({ result: 'done', durationSeconds: 36_000 });
			const execution = await stage.rest.begin(id, 'Start');
			await until('the backup to run', () => nas.task(2).status === 'backup');
			await stage.rest.stop(execution);
			const checks = () => nas.count('SYNO.Backup.Task', 'status');
			const checked = checks();
			await until(
				'the execution to end',
				async () => (await stage.rest.executions(id)).some(({ status }) => status === 'canceled'),
				50,
			);
			if (onStop === 'leave') {
				expect(nas.task(2).status).toBe('backup');
				nas.task(2).finish({ result: 'done' });
			} else await until('the backup to be canceled', () => nas.task(2).result === 'cancel');
			// The one that was under way.
			expect(checks() - checked).toBeLessThanOrEqual(1);
		}
	});

	test('no example is left out', () => {
		const examples = readdirSync(join(ROOT, 'examples')).filter((file) => file.endsWith('.json'));
		const others = examples.filter((file) => !tried.has(file));
		const elsewhere = readdirSync(__dirname)
			.map((file) => join(__dirname, file))
			.filter((file) => file !== __filename && file.endsWith('.test.ts'))
			.map((file) => readFileSync(file, 'utf8'));
		expect(
			others.filter((file) => !elsewhere.some((text) => text.includes(`ROOT, '${file}'`))),
		).toEqual([]);
	});
});
