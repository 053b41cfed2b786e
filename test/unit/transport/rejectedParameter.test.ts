import fc from 'fast-check';
import { callRefused } from '../../../nodes/HyperBackup/dsm/errors/DsmError';
import { rejectedParameter } from '../../../nodes/HyperBackup/dsm/errors/rejectedParameter';
import { parseResponse } from '../../../nodes/HyperBackup/dsm/http/parseResponse';

const SENT = ['api', 'version', 'method', 'task_id', '_sid'];

test('a parameter that was sent is named with its reason', () => {
	expect(rejectedParameter({ name: 'task_id', reason: 'type' }, SENT)).toEqual({
		name: 'task_id',
		reason: 'type',
	});
});

test('a name that was not sent is not shown, and neither is its reason', () => {
	expect(rejectedParameter({ name: 'other', reason: 'type' }, SENT)).toBeUndefined();
});

test.each([undefined, null, 'text', 7, [], [{ name: 'task_id' }], { name: ['task_id'] }])(
	'%j names no parameter',
	(errors) => {
		expect(rejectedParameter(errors, SENT)).toBeUndefined();
	},
);

test('whatever the NAS repeats as name or reason, no secret gets into the error', () => {
	const secret = fc.stringMatching(/^[ -~]{14,40}$/).filter((text) => text.trim() === text);
	fc.assert(
		fc.property(
			secret,
			fc.constantFrom('name', 'reason', 'both'),
			fc.constantFrom(101, 114, 120, 4400, 4499),
			(text, where, code) => {
				const errors = {
					name: where === 'reason' ? 'task_id' : text,
					reason: where === 'name' ? 'type' : text,
				};
				const response = JSON.stringify({ success: false, error: { code, errors } });
				const envelope = parseResponse(response, () => SENT);
				if (envelope.success) throw new Error('this was no success');
				const error = callRefused('SYNO.Backup.Task', code, envelope.details);
				const shown = `${error.message} ${error.description} ${JSON.stringify(error)}`;
				expect(shown).not.toContain(text);
			},
		),
	);
});
