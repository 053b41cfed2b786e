import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Nas } from '../../../simulator';
import { CredentialsHelper } from '../support/credentialsHelper';
import { ActiveTrigger, runNode, testCredential } from '../support/engine';
import { newProcess } from '../support/nas';
import { FAULT_CASES, nasWith, type Doing, type FaultCase } from './faults';
import { SENTENCES } from './sentences';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => {} }));

const OPERATION: Partial<Record<Doing, string>> = { 'Get Many': 'getAll', 'Get Status': 'getStatus', Run: 'run', Cancel: 'cancel' };
const one = { __rl: true, mode: 'id', value: '1' };

interface Said {
	message: string;
	description: string;
}

async function saidBy(doing: Doing, credentials: CredentialsHelper, trigger: ActiveTrigger): Promise<Said | undefined> {
	if (doing === 'the credential test') {
		return await testCredential(credentials).then(
			() => undefined,
			(error: Error) => ({ message: error.message, description: '' }),
		);
	}
	if (doing === 'a poll of the trigger') {
		return await trigger.poll().then(
			() => undefined,
			(error: Error & { description: string }) => ({ message: error.message, description: error.description }),
		);
	}
	const { error } = await runNode(credentials, { operation: OPERATION[doing], taskId: one, options: { timeout: 500 } });
	return error && { message: error.message, description: error.description ?? '' };
}

const rows: Array<[fault: string, doing: Doing, said: Said]> = [];

/** Ports are new each time, and the time of a pause is. */
const steady = (text: string): string => text.replace(/127\.0\.0\.1:\d+/g, 'nas:5001').replace(/before \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, 'before (time) UTC');

async function happen(fault: FaultCase, doing: Doing): Promise<Said | undefined> {
	newProcess();
	const { nas, credential } = await nasWith(fault);
	try {
		const credentials = new CredentialsHelper(credential);
		const trigger = new ActiveTrigger(credentials, { events: ['backupFailed'] });
		if (fault.later) await inUse(nas, credentials, trigger, doing);
		await fault.later?.(nas);
		if (doing === 'a poll of the trigger') jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
		return await saidBy(doing, credentials, trigger);
	} finally {
		jest.restoreAllMocks();
		await nas.close();
	}
}

async function inUse(nas: Nas, credentials: CredentialsHelper, trigger: ActiveTrigger, doing: Doing): Promise<void> {
	await trigger.poll();
	await runNode(credentials, { operation: 'getAll' });
	if (doing !== 'Cancel') return;
	nas.task(1).accept();
	nas.advance({ minutes: 5 });
}

const CASES = FAULT_CASES.flatMap((fault) => fault.doing.map((doing) => [fault.name, doing, fault] as const));

test.each(CASES)('%s, during %s', async (name, doing, fault) => {
	const said = await happen(fault, doing);
	expect(said).toBeDefined();
	rows.push([name, doing, { message: steady(said!.message), description: steady(said!.description) }]);
	expect(steady(said!.message)).toBe(SENTENCES[name]?.[doing]);
	// The credential test has one sentence for both.
	if (doing !== 'the credential test') expect(said!.description.length).toBeGreaterThan(15);
});

test('there are at least 80 rows', () => {
	expect(CASES.length).toBeGreaterThanOrEqual(80);
});

const INTRODUCTION = `# What the nodes say when something is wrong

Written by the tests (\`npm test\`): each row was produced by the simulated NAS on a real socket, and the sentence is what a person reads in n8n. \`nas:5001\` stands for the
address, \`Task '1'\` for the task. Reads were tried three times where the connection failed; actions never are.

| What happens | during | n8n shows | and advises |
| --- | --- | --- | --- |
`;

afterAll(() => {
	if (rows.length < CASES.length) return;
	const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
	const text = `${INTRODUCTION}${rows.map(([fault, doing, { message, description }]) => `| ${fault} | ${doing} | ${cell(message)} | ${cell(description)} |`).join('\n')}\n`;
	const file = join(__dirname, '../../../docs/faults.md');
	if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
});
