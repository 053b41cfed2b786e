import type { IDataObject } from 'n8n-workflow';
import type { DsmVersion, Nas, TaskSpec } from '../../simulator';
import { ActiveTrigger, testEvent } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas, newProcess } from '../../testing/nas';

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
});

const START = Date.UTC(2026, 10, 24, 8, 0, 0);
const nightly: TaskSpec = {
	id: 1,
	name: 'Nightly',
	durationSeconds: 600,
	lastRun: { result: 'done', endedAt: START - 3_600_000 },
};
const weekly: TaskSpec = { ...nightly, id: 2, name: 'Weekly' };
const failed = {
	result: 'failed',
	errorCode: 4467,
	error: 'SYNO.SDS.Backup.Application:error:status_target_broken',
} as const;

const RUNS = ['statusChanged', 'backupStarted', 'backupSucceeded', 'backupFailed'];
const DIALECTS = ['dsm', 'documented'] as const;

const names = (items: IDataObject[] | null): string[] =>
	(items ?? []).map(({ event }) => String(event));

describe.each(DIALECTS)('a session that expires (%s dialect)', (dialect) => {
	test.each([106, 107, 119] as const)(
		'with code %i: no event, and every later one',
		async (code) => {
			const { nas } = await givenNas({ dialect, tasks: [nightly, weekly] });
			const trigger = new ActiveTrigger(credentialsFor(nas), { events: RUNS });
			await trigger.poll();
			for (let poll = 0; poll < 4; poll++) {
				nas.sessions.expire(code);
				expect(await trigger.poll()).toBeNull();
			}
			nas.task(1).willEnd('failed');
			nas.task(1).accept();
			nas.advance({ minutes: 11 });
			nas.sessions.expire(code);
			expect(names(await trigger.poll())).toEqual([
				'statusChanged',
				'backupStarted',
				'backupFailed',
			]);
		},
	);
});

describe('a proxy that drops the token header', () => {
	test.each([103, 119] as const)(
		'and %i for it: the session ID never gets into a URL',
		async (tokenErrorCode) => {
			const { nas } = await givenNas({ tasks: [nightly], tokenErrorCode });
			nas.fault({ kind: 'dropToken' });
			const trigger = new ActiveTrigger(credentialsFor(nas), { events: RUNS });
			await trigger.poll();
			await expect(trigger.poll()).rejects.toThrow();
			expect(nas.requests.filter(({ url }) => url.includes('_sid'))).toEqual([]);
			expect(nas.requests.filter(({ apiMethod }) => apiMethod === 'List')).toEqual([]);
		},
	);
});

describe('what is optional never holds back an alert', () => {
	test.each([
		['105', { kind: 'code', code: 105 }],
		['117', { kind: 'code', code: 117 }],
		['160', { kind: 'code', code: 160 }],
		['HTTP 500', { kind: 'http500' }],
		['half a response', { kind: 'truncated' }],
		['a lost connection', { kind: 'reset' }],
	] as const)('SYNO.Entry.Request refused for good with %s', async (_how, fault) => {
		const { nas } = await givenNas({ tasks: [{ ...nightly, nextOutcomes: [failed] }] });
		const trigger = new ActiveTrigger(credentialsFor(nas), { events: ['backupFailed'] });
		await trigger.poll();
		nas.fault({ ...fault, api: 'SYNO.Entry.Request' });
		nas.task(1).accept();
		nas.advance({ minutes: 11 });
		const [item] = (await trigger.poll())!;
		expect(item).toMatchObject({ event: 'backupFailed', task: { name: 'Nightly' } });
		expect(await trigger.poll()).toBeNull();
	});

	test('SYNO.Entry.Request that never responds: the alert comes without the details', async () => {
		const { nas } = await givenNas({ tasks: [{ ...nightly, nextOutcomes: [failed] }] });
		const parameters = { events: ['backupFailed'], options: { requestTimeout: 300 } };
		const trigger = new ActiveTrigger(credentialsFor(nas), parameters);
		await trigger.poll();
		nas.fault({ kind: 'hang', api: 'SYNO.Entry.Request' });
		nas.task(1).accept();
		nas.advance({ minutes: 11 });
		expect(names(await trigger.poll())).toEqual(['backupFailed']);
	});
});

describe.each(DIALECTS)('a list without some of its tasks (%s dialect)', (dialect) => {
	test('for three polls: nothing is removed, added or lost', async () => {
		const { nas } = await givenNas({ dialect, tasks: [nightly, weekly] });
		const events = [...RUNS, 'taskAdded', 'taskRemoved'];
		const trigger = new ActiveTrigger(credentialsFor(nas), { events });
		await trigger.poll();
		const field = dialect === 'dsm' ? 'task_list' : 'tasks';
		const body = JSON.stringify({ success: true, data: { [field]: [], total: 0 } });
		nas.fault({ kind: 'body', body, api: 'SYNO.Backup.Task', times: 3 });
		nas.task(1).willEnd('failed');
		nas.task(1).accept();
		nas.advance({ minutes: 11 });
		for (let poll = 0; poll < 3; poll++) expect(await trigger.poll()).toBeNull();
		expect(names(await trigger.poll())).toEqual(['statusChanged', 'backupStarted', 'backupFailed']);
	});
});

describe('the tasks that were chosen', () => {
	const watched = async (tasks: string[], events = ['backupFailed']) => {
		const { nas } = await givenNas({ tasks: [{ ...nightly, nextOutcomes: ['failed'] }, weekly] });
		const trigger = new ActiveTrigger(credentialsFor(nas), { events, tasks });
		await trigger.poll();
		return { nas, trigger };
	};
	const fail = (nas: Nas, id = 1): void => {
		nas.task(id).accept();
		nas.advance({ minutes: 11 });
	};

	test.each(['Nightly', 'nightly ', '1'])('%j is the task, by name or by ID', async (entry) => {
		const { nas, trigger } = await watched([entry]);
		fail(nas);
		expect(names(await trigger.poll())).toEqual(['backupFailed']);
	});

	test('a task chosen by name is still watched after it is renamed', async () => {
		const { nas, trigger } = await watched(['Nightly']);
		nas.task(1).rename('Every night');
		expect(await trigger.poll()).toBeNull();
		fail(nas);
		expect((await trigger.poll())![0]).toMatchObject({ task: { name: 'Every night' } });
	});

	test('a task chosen by name is found again after a relink gave it another ID', async () => {
		const { nas, trigger } = await watched(['Nightly']);
		nas.removeTask(1);
		nas.addTask({ ...nightly, id: 7, nextOutcomes: ['failed'] });
		expect(await trigger.poll()).toBeNull();
		fail(nas, 7);
		expect(names(await trigger.poll())).toEqual(['backupFailed']);
	});

	test.each([
		['a name that is on no task', ['Gone']],
		['an ID that is on no task', ['99', '2']],
	])('%s: one failed execution', async (_what, entries) => {
		const { trigger } = await watched(entries);
		const polls: Array<string | null> = [];
		for (let poll = 0; poll < 8; poll++) {
			polls.push(
				await trigger.poll().then(
					() => null,
					(error: Error) => error.message,
				),
			);
		}
		const said = polls.filter((message) => message !== null);
		expect(said).toEqual([
			`There is no task '${entries[0]!}' on this NAS, so it is not being watched`,
		]);
	});

	test('a task chosen by ID that is deleted: reported once, as an event where that is chosen', async () => {
		const { nas, trigger } = await watched(['1'], ['taskRemoved']);
		nas.removeTask(1);
		const reported: string[] = [];
		for (let poll = 0; poll < 8; poll++) {
			reported.push(...names(await trigger.poll().catch(() => [{ event: 'failed execution' }])));
		}
		expect(reported).toContain('taskRemoved');
		expect(reported.filter((event) => event === 'taskRemoved')).toHaveLength(1);
	});

	test('a name that a misspelt event or status comes with is refused before anything is sent', async () => {
		const { nas } = await givenNas({ tasks: [nightly] });
		const trigger = new ActiveTrigger(credentialsFor(nas), { events: ['backupfailed'] });
		await trigger.poll();
		await expect(trigger.poll()).rejects.toThrow("'Trigger On' does not know 'backupfailed'");
		expect(nas.requests).toEqual([]);
	});
});

describe('NAS Unreachable', () => {
	const UNREACHABLE = { events: ['nasUnreachable', 'backupFailed'] };

	test.each([
		['IP blocked', { kind: 'code', code: 407, api: 'SYNO.API.Auth' }, 'blocked'],
		['password changed', { kind: 'code', code: 400, api: 'SYNO.API.Auth' }, 'password'],
		[
			'no right to Hyper Backup',
			{ kind: 'code', code: 105, api: 'SYNO.Backup.Task' },
			'no permission',
		],
		['busy or no manager rights', { kind: 'code', code: 117, api: 'SYNO.Backup.Task' }, '117'],
		['redirect', { kind: 'redirect', location: 'https://elsewhere.example.com/' }, 'elsewhere'],
		['a web page', { kind: 'html' }, 'web page'],
		['HTTP 502', { kind: 'http502' }, '502'],
	] as const)(
		'%s: one event after three polls with its cause, one when it is over',
		async (_why, fault, cause) => {
			const { nas } = await givenNas({ tasks: [nightly] });
			const trigger = new ActiveTrigger(credentialsFor(nas), UNREACHABLE);
			await trigger.poll();
			nas.sessions.expire(119);
			nas.fault(fault);
			const items = [];
			for (let poll = 0; poll < 6; poll++) items.push(...((await trigger.poll()) ?? []));
			expect(names(items)).toEqual(['nasUnreachable']);
			expect(String(items[0]!.message)).toContain('The backups are not being watched');
			expect(String(items[0]!.message)).toContain(cause);
			nas.clearFaults();
			// The login guard's pause is over by then.
			jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 86_400_000);
			expect(names(await trigger.poll())).toEqual(['nasReachable']);
			expect(await trigger.poll()).toBeNull();
		},
	);

	const reported = async () => {
		const { nas } = await givenNas({ tasks: [nightly] });
		const helper = credentialsFor(nas);
		const trigger = new ActiveTrigger(helper, UNREACHABLE);
		await trigger.poll();
		trigger.save();
		nas.fault({ kind: 'http502' });
		for (let poll = 0; poll < 3; poll++) await trigger.poll();
		return { nas, helper, trigger };
	};

	test('the workflow is published again meanwhile: exactly one end', async () => {
		const { nas, trigger } = await reported();
		newProcess();
		trigger.restart('activate');
		expect(await trigger.poll()).toBeNull();
		nas.clearFaults();
		expect(names(await trigger.poll())).toEqual(['nasReachable']);
		expect(await trigger.poll()).toBeNull();
	});

	test('the NAS returns under another address: exactly one end', async () => {
		const { helper, trigger } = await reported();
		const { nas: moved } = await givenNas({ tasks: [nightly] });
		helper.stored.baseUrl = moved.url;
		expect(names(await trigger.poll())).toEqual(['nasReachable']);
		expect(await trigger.poll()).toBeNull();
	});
});

describe.each(['7.1', '7.2'] as DsmVersion[])('Fetch Test Event (DSM %s)', (dsm) => {
	test('shows the last event as production does, marked as a test', async () => {
		const { nas } = await givenNas({ dsm, tasks: [{ ...nightly, nextOutcomes: [failed] }] });
		const helper = credentialsFor(nas);
		const trigger = new ActiveTrigger(helper, { events: ['backupFailed'] });
		await trigger.poll();
		nas.task(1).accept();
		nas.advance({ minutes: 11 });
		const [real] = (await trigger.poll())!;
		const sample = (await testEvent(helper, { events: ['backupFailed'] })).items[0]!.json;
		expect(sample).toMatchObject({
			event: 'backupFailed',
			message: real!.message,
			test: true,
			task: real!.task,
			run: { error_code: 4467, error: failed.error, outcome: 'failed' },
		});
	});

	test('a healthy NAS gives a sample of its last run, not an invented failure', async () => {
		const { nas } = await givenNas({ dsm, tasks: [nightly] });
		const helper = credentialsFor(nas);
		const sample = (await testEvent(helper, { events: ['backupFailed'] })).items[0]!.json;
		expect(sample).toMatchObject({ event: 'backupSucceeded', test: true });
	});
});

test('a canceled backup may also have been interrupted, and its message says so', async () => {
	const { nas } = await givenNas({ tasks: [nightly] });
	const trigger = new ActiveTrigger(credentialsFor(nas), { events: ['backupCanceled'] });
	await trigger.poll();
	nas.task(1).accept();
	nas.advance({ minutes: 2 });
	nas.task(1).cancel();
	const [item] = (await trigger.poll())!;
	expect(item!.message).toBe("Task 'Nightly': the backup was canceled by a user or interrupted");
	expect((item!.task as IDataObject).message).toContain('canceled by a user or interrupted');
});

test('the documented API: a run that fails within the hour after a failure that had no time is reported too', async () => {
	const { nas } = await givenNas({ dialect: 'documented', tasks: [nightly] });
	jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
	const trigger = new ActiveTrigger(credentialsFor(nas), { events: ['backupFailed'] });
	await trigger.poll();
	nas.task(1).overrides.status = 'error';
	expect(names(await trigger.poll())).toEqual(['backupFailed']);
	nas.task(1).willEnd('failed');
	nas.task(1).accept();
	nas.advance({ minutes: 11 });
	expect(names(await trigger.poll())).toEqual(['backupFailed']);
	expect(await trigger.poll()).toBeNull();
});

describe('an n8n that stores only what polls with an event left, as with its durable scheduler', () => {
	/** Each poll of a time of its own, with static data as it was stored last. */
	const given = async () => {
		const { nas } = await givenNas({ tasks: [nightly, weekly] });
		jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now() - setBack);
		let setBack = 0;
		const trigger = new ActiveTrigger(credentialsFor(nas), { events: ['backupFailed'] });
		const failAndPoll = async (id: number) => {
			nas.task(id).willEnd('failed');
			nas.task(id).accept();
			nas.advance({ minutes: 11 });
			return await poll();
		};
		const poll = async (mode: 'update' | 'activate' = 'update') => {
			nas.advance({ minutes: 1 });
			trigger.restart(mode);
			return names(await trigger.poll());
		};
		return { nas, trigger, poll, failAndPoll, setBack: (by: number) => (setBack = by) };
	};

	test('what fails right after the activation is reported, once', async () => {
		const { poll, failAndPoll } = await given();
		expect(await poll('activate')).toEqual([]);
		expect(await failAndPoll(1)).toEqual(['backupFailed']);
		expect(await poll()).toEqual([]);
	});

	test('a poll that comes before n8n has stored what the last one left reports nothing again', async () => {
		const { nas, trigger, poll, failAndPoll } = await given();
		await poll('activate');
		trigger.savesLate = true;
		expect(await failAndPoll(1)).toEqual(['backupFailed']);
		const requests = nas.requests.length;
		// After a start, n8n runs all the polls that it has missed, one right after the other.
		trigger.restart('update');
		expect(await trigger.poll()).toBeNull();
		expect(nas.requests).toHaveLength(requests);
		trigger.saveLate();
		trigger.savesLate = false;
		trigger.restart('update');
		expect(await trigger.poll()).toBeNull();
		expect(nas.requests.length).toBeGreaterThan(requests);
		expect(await failAndPoll(2)).toEqual(['backupFailed']);
	});

	test('what n8n could not store is reported again by the next poll a minute later', async () => {
		const { trigger, poll, failAndPoll } = await given();
		await poll('activate');
		trigger.savesLate = true;
		expect(await failAndPoll(1)).toEqual(['backupFailed']);
		trigger.savesLate = false;
		expect(await poll()).toEqual(['backupFailed']);
		expect(await poll()).toEqual([]);
	});

	test('what failed before the workflow was published again is not reported', async () => {
		const { nas, poll, failAndPoll } = await given();
		await poll('activate');
		await failAndPoll(1);
		nas.task(2).willEnd('failed');
		nas.task(2).accept();
		nas.advance({ minutes: 11 });
		expect(await poll('activate')).toEqual([]);
		expect(await poll()).toEqual([]);
		expect(await failAndPoll(1)).toEqual(['backupFailed']);
	});

	test("n8n's clock is set back: nothing is reported twice", async () => {
		const { poll, failAndPoll, setBack } = await given();
		await poll('activate');
		await poll();
		setBack(3_600_000);
		expect(await failAndPoll(1)).toEqual(['backupFailed']);
		expect(await poll()).toEqual([]);
		expect(await failAndPoll(2)).toEqual(['backupFailed']);
	});
});

test('a success whose time could not be read at first is read once the clock of the NAS can be', async () => {
	const { nas } = await givenNas({
		timeZone: 'UTC',
		tasks: [{ ...nightly, schedule: { hour: 12, minute: 30 } }],
	});
	jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
	const trigger = new ActiveTrigger(credentialsFor(nas), { events: ['backupOverdue'] });
	await trigger.poll();
	nas.advance({ hours: 5 });
	// The NAS has another address, and what shows its clock fails: the backup of 12:30 has succeeded.
	trigger.move(nas.url.replace('127.0.0.1', 'localhost'));
	for (const api of ['SYNO.Entry.Request', 'SYNO.Core.Region.NTP'])
		nas.fault({ kind: 'reset', api });
	expect(await trigger.poll()).toBeNull();
	nas.clearFaults();
	for (let hour = 0; hour < 4; hour++) {
		nas.advance({ hours: 1 });
		expect(await trigger.poll()).toBeNull();
	}
});
