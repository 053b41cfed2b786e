import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapStatus } from '../../../nodes/HyperBackup/hyperBackup/task/statusMapping';
import { dsmWords } from '../../../nodes/HyperBackup/hyperBackup/task/dialects/DsmDialect';
import { isRow, rowOf, rowsOf, type Row } from '../../../tools/probe/ProbedNas';
import { redactSentence } from '../../../tools/probe/redact/logSentence';
import { Redactor } from '../../../tools/probe/redact/Redactor';

const CAPTURES = join(__dirname, '../../fixtures/captures');
const captures = readdirSync(CAPTURES).filter((file) => /^backup-task-(list|status)/.test(file));

const tasksIn = (envelope: unknown): Row[] => {
	const data = rowOf(rowOf(envelope).data);
	return 'task_list' in data ? rowsOf(data.task_list) : [data];
};

/** Names of fields and kinds of values, without the values and the shared folders' names. */
const shapeOf = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(shapeOf);
	if (!isRow(value)) return typeof value;
	return Object.fromEntries(
		Object.entries(value).map(([name, one]) => [
			name,
			name === 'share_list' && isRow(one) ? Object.values(one).map(shapeOf) : shapeOf(one),
		]),
	);
};

test.each(captures)('%s means the same after the redaction', (file) => {
	const raw: unknown = JSON.parse(readFileSync(join(CAPTURES, file), 'utf8'));
	const redacted = new Redactor([]).redact(raw);
	const meaning = (envelope: unknown) => tasksIn(envelope).map((row) => mapStatus(dsmWords(row)));
	expect(meaning(redacted)).toEqual(meaning(raw));
	expect(shapeOf(redacted)).toEqual(shapeOf(raw));
});

const redact = (data: unknown, typed: string[] = []) =>
	rowOf(new Redactor(typed).redact({ success: true, data })).data;

describe('a redacted response', () => {
	test('has words of DSM, numbers, switches and times', () => {
		const data = {
			state: 'backupable',
			last_bkp_result: 'done',
			last_bkp_time: '2026/11/24 08:00:00',
			last_bkp_error: 'SYNO.SDS.Backup.Application:error:status_target_broken',
			total_size: '1284',
			last_bkp_error_code: 4467,
			is_modified: false,
			version_string: 'DSM 7.2.2-72806 Update 3',
		};
		expect(redact(data)).toEqual(data);
	});

	test('has placeholders for everything else, the same for the same text', () => {
		expect(
			redact({
				name: 'Tax papers',
				target_id: 'tax.hbk',
				user: 'alice',
				target_name: 'Tax papers',
			}),
		).toEqual({ name: 'name-1', target_id: 'target_id-1', user: 'user-1', target_name: 'name-1' });
	});

	test('names no field that is not known, nor a shared folder, and hides what stands in it', () => {
		expect(redact({ tax: 'papers', number: 7, share_list: { state: { missing: false } } })).toEqual(
			{
				'field-1': 'text-1',
				'field-2': 0,
				share_list: { 'field-3': { missing: false } },
			},
		);
	});

	test('has no word of DSM in a field where it is none', () => {
		expect(redact({ name: 'backupable', host: 'done' })).toEqual({
			name: 'name-1',
			host: 'host-1',
		});
	});

	test('has no time or number that was typed', () => {
		expect(redact({ version_id: '12345678', used_size: 12345678 }, ['12345678'])).toEqual({
			version_id: 'version_id-1',
			used_size: 0,
		});
	});

	test('keeps the name of the parameter that DSM refuses, and no other', () => {
		const redactor = new Redactor([]);
		const refusal = (name: string) => ({
			success: false,
			error: { code: 120, errors: { name, reason: 'required' } },
		});
		expect(redactor.redact(refusal('task_id'))).toEqual(refusal('task_id'));
		expect(redactor.redact(refusal('alice'))).toEqual(refusal('name-1'));
	});

	test('leaves an unknown word out of the file, and reports it to the user', () => {
		const redactor = new Redactor([]);
		expect(redactor.redact({ data: { status: 'hibernating' } })).toEqual({
			data: { status: 'status-1' },
		});
		expect(redactor.unknown).toEqual([{ field: 'status', value: 'hibernating' }]);
	});
});

describe('a row of the log', () => {
	test.each([
		['[Local][Tax] Backup task started.', '[Local][*] Backup task started.'],
		['[Tax] Trigger version rotation.', '[*] Trigger version rotation.'],
		[
			'[Local][Tax] Backup task finished successfully. [12 files scanned] [3 new files]',
			'[Local][*] Backup task finished successfully. [12 files scanned] [3 new files]',
		],
		[
			'[Local][Tax] Incomplete file backup. (The file is a special file.) [/volume1/tax/a.sock]',
			'[Local][*] Incomplete file backup. [*]',
		],
		[
			'[Alice][Tax] Exception occurred while backing up data. (alice is away)',
			'[*][*] Exception occurred while backing up data. (*)',
		],
	])('%s', (event, redacted) => {
		expect(redactSentence(event, () => '*')).toBe(redacted);
	});

	test.each(['Setting of backup task [Tax] was created', 'Alice signed in', ''])(
		'%s is not known and goes whole',
		(event) => expect(redactSentence(event, () => '*')).toBeUndefined(),
	);
});
