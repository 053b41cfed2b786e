import type { Nas } from '../../../simulator';
import { expectFile } from '../docs/generatedFile';
import { CredentialsHelper } from '../../../testing/credentialsHelper';
import { ActiveTrigger, runNode, testCredential } from '../../../testing/engine';
import { newProcess } from '../../../testing/nas';
import { FAULT_CASES, nasWith, type Doing, type FaultCase } from './faults';
import { faultsPage, type FaultRow, type Said } from './faultsPage';
import { SENTENCES } from './sentences';

const OPERATION: Partial<Record<Doing, string>> = {
	'Get Many': 'getAll',
	'Get Status': 'getStatus',
	Run: 'run',
	Cancel: 'cancel',
};
const one = { __rl: true, mode: 'id', value: '1' };

async function saidBy(
	doing: Doing,
	credentials: CredentialsHelper,
	trigger: ActiveTrigger,
): Promise<Said | undefined> {
	if (doing === 'the credential test') {
		return await testCredential(credentials).then(
			() => undefined,
			(error: Error) => ({ message: error.message, description: '' }),
		);
	}
	if (doing === 'a poll of the trigger') {
		return await trigger.poll().then(
			() => undefined,
			(error: Error & { description: string }) => ({
				message: error.message,
				description: error.description,
			}),
		);
	}
	const { error } = await runNode(credentials, {
		operation: OPERATION[doing],
		taskId: one,
	});
	return error && { message: error.message, description: error.description ?? '' };
}

const rows: FaultRow[] = [];

/** Ports are new each time, and the time of a pause is. */
const steady = (text: string): string =>
	text
		.replace(/127\.0\.0\.1:\d+/g, 'nas:5001')
		.replace(/before \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, 'before (time) UTC');

async function happen(fault: FaultCase, doing: Doing): Promise<Said | undefined> {
	newProcess();
	const { nas, credential } = await nasWith(fault);
	try {
		const credentials = new CredentialsHelper(credential);
		const trigger = new ActiveTrigger(credentials, { events: ['backupFailed'] });
		if (fault.later) await inUse(nas, credentials, trigger, doing);
		await fault.later?.(nas);
		if (doing === 'a poll of the trigger')
			jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
		return await saidBy(doing, credentials, trigger);
	} finally {
		jest.restoreAllMocks();
		await nas.close();
	}
}

async function inUse(
	nas: Nas,
	credentials: CredentialsHelper,
	trigger: ActiveTrigger,
	doing: Doing,
): Promise<void> {
	await trigger.poll();
	await runNode(credentials, { operation: 'getAll' });
	if (doing !== 'Cancel') return;
	nas.task(1).accept();
	nas.advance({ minutes: 5 });
}

const CASES = FAULT_CASES.flatMap((fault) =>
	fault.doing.map((doing) => [fault.name, doing, fault] as const),
);

test.each(CASES)('%s, during %s', async (name, doing, fault) => {
	const said = await happen(fault, doing);
	expect(said).toBeDefined();
	rows.push([
		name,
		doing,
		{ message: steady(said!.message), description: steady(said!.description) },
	]);
	expect(steady(said!.message)).toBe(SENTENCES[name]?.[doing]);
	// The credential test has one sentence for both.
	if (doing !== 'the credential test') expect(said!.description.length).toBeGreaterThan(15);
});

test('there are at least 80 rows', () => {
	expect(CASES.length).toBeGreaterThanOrEqual(80);
});

test('docs/faults.md has these rows', () => {
	expect(rows).toHaveLength(CASES.length);
	expectFile('docs/faults.md', faultsPage(rows));
});
