import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NasClock } from '../../../nodes/HyperBackup/hyperBackup/clock/NasClock';
import { isAtLeast } from '../../../nodes/HyperBackup/hyperBackup/logs/levels';
import {
	asEntry,
	splitEvent,
	toLogEntry,
} from '../../../nodes/HyperBackup/hyperBackup/logs/LogEntry';
import { logPage } from '../../../nodes/HyperBackup/hyperBackup/logs/readLog';

const CAPTURES = join(__dirname, '../../fixtures/captures');
const clock = new NasClock('UTC', { offset: 7200, skew: 0 });
const decode = (row: unknown, ids = new Map([['Nightly', '7']])) =>
	toLogEntry(asEntry(row), { clock, nas: 'NAS', ids });

describe('captured logs', () => {
	const files = readdirSync(CAPTURES).filter((name) => name.startsWith('sdsbackup-log-list'));

	test('are there', () => expect(files.length).toBeGreaterThanOrEqual(3));

	test.each(files)('%s is decoded without loss', (file) => {
		const { data } = JSON.parse(readFileSync(join(CAPTURES, file), 'utf8')) as {
			data: { log_list: Array<Record<string, string>> };
		};
		const { entries, rows } = logPage(data, 0, 50);
		expect(entries).toEqual(data.log_list);
		expect(rows).toEqual(data.log_list);
		for (const [index, raw] of data.log_list.entries()) {
			const entry = decode(entries[index]);
			expect(entry).toMatchObject({ event: raw.event, level: raw.level, user: raw.user });
			expect(entry.kind).not.toBe('other');
			expect(raw.event).toContain(`[${entry.name}]`);
			const wall = `${raw.time!.replaceAll('/', '-').replace(' ', 'T')}+02:00`;
			expect(entry.logged_at).toBe(wall);
			expect(entry.logged_time).toBe(Date.parse(wall) / 1000);
		}
	});

	test('the counts of a good run, the path of a skipped file and the account are read', () => {
		const { data } = JSON.parse(
			readFileSync(
				join(CAPTURES, 'sdsbackup-log-list-dsm711-incomplete-file-but-done.json'),
				'utf8',
			),
		) as { data: { log_list: unknown[] } };
		const [rotation, finished, skipped, started] = data.log_list.map((row) => decode(row));
		expect(rotation).toMatchObject({ kind: 'rotation_started', name: 'Backup to LOCAL' });
		expect(finished).toMatchObject({
			kind: 'run_succeeded',
			destination_kind: 'Local',
			files_scanned: 100000,
			files_new: 100,
			files_modified: 200,
			files_unchanged: 99700,
		});
		expect(skipped).toMatchObject({
			kind: 'item_skipped',
			level: 'warn',
			path: '/volume1/docker/app/data/app.socket',
			reason: 'The file is a special file.',
		});
		expect(started).toMatchObject({
			kind: 'run_started',
			path: null,
			reason: null,
			user: 'SYSTEM',
		});
	});
});

test.each([
	['Backup task started.', 'run_started'],
	['Backup task partially completed.', 'run_partial'],
	['Failed to run backup task.', 'run_failed'],
	['Failed to start backup task.', 'run_failed'],
	[
		'Exception occurred while backing up data. (The backup destination does not exist.)',
		'run_exception',
	],
	['Exception occurred while backing up data. [/volume1/photo/a [1].jpg]', 'item_skipped'],
	['Backup task was cancelled.', 'run_canceled'],
	['Backup task was suspended (suspension incomplete).', 'run_suspended'],
	['Rotate version [2026/01/01 02:00] from ID [7].', 'version_deleted'],
	['Backup integrity check is finished. No error was found.', 'check_passed'],
	['Backup integrity check is finished. The target is found broken.', 'check_damaged'],
	['Sicherungsaufgabe wurde gestartet.', 'other'],
])('%s is %s', (sentence, kind) => {
	expect(decode({ event: `[Local][Nightly] ${sentence}`, level: 'info' }).kind).toBe(kind);
});

test.each([
	['[Local][Nightly] Backup task started.', 'Local', 'Nightly', 'Backup task started.'],
	['[Nightly] Trigger version rotation.', null, 'Nightly', 'Trigger version rotation.'],
	['[Local][Nightly] [x] y', 'Local', 'Nightly', '[x] y'],
	['Setting of backup task [Nightly] was created', null, 'Nightly', undefined],
	['[WebDAV] Credentials changed on the destination.', 'WebDAV', null, undefined],
	['Something [/volume1/x] happened', null, null, undefined],
	['', null, null, ''],
])('%s names its task', (event, destinationKind, name, sentence = event) => {
	const split = splitEvent(event);
	expect(split).toMatchObject({ destinationKind, name });
	if (name !== null && destinationKind !== null) expect(split.sentence).toBe(sentence);
});

describe('what is not as expected', () => {
	test.each([[null], ['text'], [7], [{}], [{ event: 5, level: null, time: [], user: {} }]])(
		'%j is an entry without text, of an unknown level',
		(row) => {
			expect(decode(row)).toMatchObject({
				level: 'unknown',
				kind: 'other',
				message: 'An entry without text',
				logged_time: null,
				logged_at: null,
				name: null,
			});
		},
	);

	test('an unknown level is never too harmless to be shown', () => {
		expect(isAtLeast('critical', 'err')).toBe(true);
		expect(isAtLeast('', 'err')).toBe(true);
		expect(isAtLeast('warn', 'err')).toBe(false);
	});

	test.each([[undefined], [null], [{}], [{ log_list: 'x' }], [[]]])(
		'%j does not pass for an empty log',
		(data) => {
			expect(() => logPage(data, 0, 50)).toThrow('The NAS responded without a log');
		},
	);

	test('an unknown task has no number', () => {
		expect(decode({ event: '[Local][Gone] Backup task started.' })).toMatchObject({
			name: 'Gone',
			task_id: null,
		});
	});
});
