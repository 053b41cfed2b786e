import {
	ActiveTrigger,
	runNode,
	searchTasks,
	testCredential,
	testEvent,
} from '../../testing/engine';
import { closeAll, credentialsFor, givenNas } from '../../testing/nas';

afterEach(closeAll);

/**
 * Words that n8n searches for in the message of an error. Where one occurs, n8n puts its own sentence
 * in its place.
 */
const SYSTEM_CODES = [
	'ECONNREFUSED',
	'ECONNRESET',
	'ENOTFOUND',
	'ETIMEDOUT',
	'ERRADDRINUSE',
	'EADDRNOTAVAIL',
	'ECONNABORTED',
	'EHOSTUNREACH',
	'EAI_AGAIN',
	'ENOENT',
	'EISDIR',
	'ENOTDIR',
	'EACCES',
	'EEXIST',
	'EPERM',
	'GETADDRINFO',
];
const NAMES = ['Preexisting photos', 'RemoteAccess', 'Superperms', ...SYSTEM_CODES];

const named = (name: string) => ({ __rl: true, mode: 'name', value: name });

describe("a task's name that holds a system code does not change our sentences", () => {
	test.each(NAMES)('%s: error, error item and error output', async (name) => {
		const { credentials } = await givenNas({ tasks: [{ id: 1, name }] });
		const cancel = { operation: 'cancel', taskId: named(name) };
		const { error } = await runNode(credentials, cancel);
		expect(error?.message).toContain(`'${name}'`);
		expect(error?.message).toContain('was not canceled');
		expect(error?.description).toBeTruthy();
		const going = await runNode(credentials, cancel, { onError: 'continueRegularOutput' });
		expect(going.items[0]!.json).toMatchObject({
			error: error!.message,
			details: error!.description,
		});
		const beside = await runNode(credentials, cancel, { onError: 'continueErrorOutput' });
		expect(beside.errorItems[0]!.json.error).toBe(error!.message);
	});

	test.each(NAMES)('%s: a refusal by DSM', async (name) => {
		const { nas, credentials } = await givenNas({ tasks: [{ id: 1, name }] });
		nas.fault({ kind: 'code', code: 105, api: 'SYNO.Backup.Task', apiMethod: 'backup' });
		const { error } = await runNode(credentials, { operation: 'run', taskId: named(name) });
		expect(error?.message).toContain(`'${name}' was not started`);
	});
});

describe("a host's name that holds a system code does not change our sentences", () => {
	const host = 'nas.remoteaccess.invalid';
	const credentials = () => credentialsFor({ url: `http://${host}:5000` });
	const events = { events: ['backupFailed'] };
	const messageOf = async (work: Promise<unknown>): Promise<string> => {
		try {
			await work;
		} catch (error) {
			return (error as Error).message;
		}
		return 'no error';
	};

	test('the node', async () => {
		const { error } = await runNode(credentials(), { operation: 'getAll' });
		expect(error?.message).toContain(host);
	});

	test('a poll of the trigger', async () => {
		const trigger = new ActiveTrigger(credentials(), events);
		expect(await trigger.poll()).toBeNull();
		const later = Date.now() + 60_000;
		jest.spyOn(Date, 'now').mockReturnValue(later);
		expect(await messageOf(trigger.poll())).toContain(host);
		jest.restoreAllMocks();
	});

	test('a test event', async () => {
		expect((await testEvent(credentials(), events)).error?.message).toContain(host);
	});

	test('the list of tasks in the editor', async () => {
		expect(await messageOf(searchTasks(credentials()))).toContain(host);
	});

	test('the credential test', async () => {
		expect(await messageOf(testCredential(credentials()))).toContain(host);
	});
});
