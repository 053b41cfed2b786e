import {
	callRefused,
	DsmError,
	loginRefused,
} from '../../../nodes/HyperBackup/dsm/errors/DsmError';

describe("DSM's error codes", () => {
	test.each([400, 401, 402, 403, 404, 406, 407, 408, 409, 410, 411])(
		'login code %i has a sentence of its own',
		(code) => {
			const error = loginRefused(code, 'none');
			expect(error).toMatchObject({ kind: 'loginRefused', dsmCode: code });
			expect(error.message).not.toContain('with code');
			expect(error.description.length).toBeGreaterThan(20);
		},
	);

	test('an unknown login code is named', () => {
		expect(loginRefused(499, 'none').message).toContain('499');
	});

	test.each([
		[102, 'apiMissing'],
		[103, 'methodMissing'],
		[104, 'methodMissing'],
		[105, 'noPermission'],
		[106, 'sessionInvalid'],
		[107, 'sessionInvalid'],
		[119, 'sessionInvalid'],
		[120, 'parameter'],
		[150, 'sessionInvalid'],
		[160, 'noPermission'],
		[4400, 'refused'],
		[4499, 'refused'],
	])('%i is %s', (code, kind) => {
		expect(callRefused('SYNO.Backup.Task', code).kind).toBe(kind);
	});

	test('the numbers of the login mean something else in a call', () => {
		expect(callRefused('SYNO.Backup.Task', 400).message).not.toEqual(
			loginRefused(400, 'none').message,
		);
		expect(callRefused('SYNO.Core.System', 4400).message).not.toContain('Hyper Backup');
	});

	test('the parameter DSM complains about is named', () => {
		expect(
			callRefused('SYNO.Backup.Task', 120, { name: 'task_id', reason: 'required' }).message,
		).toContain("'task_id': required");
	});

	test('temporary errors are separate from permanent ones', () => {
		expect(callRefused('SYNO.Backup.Task', 119).transient).toBe(true);
		expect(callRefused('SYNO.Backup.Task', 105).transient).toBe(false);
		expect(loginRefused(400, 'none').transient).toBe(false);
	});

	test("n8n rewrites errors that have a 'code': ours have none", () => {
		expect(
			new DsmError({ kind: 'timeout', message: 'm', description: 'd', dsmCode: 1 }),
		).not.toHaveProperty('code');
	});
});
