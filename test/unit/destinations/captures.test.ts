import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NasClock } from '../../../nodes/HyperBackup/hyperBackup/clock/NasClock';
import {
	destinationFromDsm,
	maskRepository,
} from '../../../nodes/HyperBackup/hyperBackup/destinations/Destination';

const FOLDER = join(__dirname, '../../fixtures/captures');
const clock = new NasClock('UTC');

interface Capture {
	data: Record<string, unknown>;
}

const capture = (name: string): Capture =>
	JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Capture;

const TARGETS = readdirSync(FOLDER).filter((name) => /^backup-target-get-/.test(name));

/** Where each field of a response is found. */
const FIELDS: Record<string, string> = {
	is_online: 'online',
	format_type: 'format',
	used_size: 'used_size',
	used_size_cache: 'used_size_cache',
	data_comp: 'compressed',
	data_enc: 'encrypted',
	support_multi_version: 'supports_versions',
	host_name: 'host_name',
	owner_name: 'owner',
};
/** Computed, or of no use to a user. `uni_key` holds a MAC address. */
const READ_OTHERWISE = ['capability', 'last_detect_time', 'owner_id', 'uni_key'];

const read = (target: Record<string, unknown>, repository?: Record<string, unknown>) =>
	destinationFromDsm({ id: '1', label: "'1'" }, { target, repository }, clock);

test('there are captures of destinations', () => {
	expect(TARGETS.length).toBeGreaterThanOrEqual(4);
});

test.each(TARGETS)('%s is decoded without loss', (name) => {
	const { data } = capture(name);
	const destination = read(data);
	for (const [field, value] of Object.entries(data)) {
		if (READ_OTHERWISE.includes(field)) continue;
		expect([field, destination[FIELDS[field]!]]).toEqual([field, value]);
	}
	const can = data.capability as Record<string, boolean | undefined>;
	expect(destination).toMatchObject({
		supports_download: can.support_download ?? null,
		supports_filter: can.support_filter ?? null,
		supports_statistics: can.support_statistics ?? null,
		online: data.is_online ?? null,
	});
});

test('the last check of a capture is read by the clock of the NAS', () => {
	const { data } = capture('backup-target-get-dsm711-local-online.json');
	expect(read(data)).toMatchObject({
		last_check_time: Date.UTC(2026, 3, 24, 10, 57) / 1000,
		last_check_at: '2026-04-24T10:57:00+00:00',
		used_size: 3_206_674_163,
		used_size_bytes: 3_206_674_163 * 1024,
	});
});

test.each([{}, { is_online: 'yes' }, { is_online: 1 }, { used_size: 'much', capability: 7 }])(
	'%j never reads as online',
	(target) => {
		expect(read(target)).toMatchObject({
			online: null,
			message: "Task '1': the NAS does not show whether its destination is online",
			used_size: null,
			used_size_bytes: null,
		});
	},
);

test('every repository of the captures keeps its place and loses what opens it', () => {
	const { data } = capture('backup-repository-list-doc-s3.json');
	const rows = data.repo_list as Array<Record<string, unknown>>;
	expect(rows.length).toBeGreaterThan(0);
	for (const row of rows) {
		const masked = maskRepository(row);
		expect(Object.keys(masked)).toEqual(Object.keys(row));
		expect(read({}, row).destination).not.toBe('');
		for (const name of ['key', 'secret', 'pwd', 'account'])
			if (row[name]) expect(masked[name]).toBe('********');
	}
});

test('accounts are masked whatever they are called, and empty ones are left', () => {
	expect(
		maskRepository({
			account: 'admin',
			remote_user: 'backup',
			username: 'me',
			access_key_id: 'AKIA1',
			user: '',
			remote_url: 'https://me:secret@dav.example.com/x',
			share: 'Backup',
		}),
	).toEqual({
		account: '********',
		remote_user: '********',
		username: '********',
		access_key_id: '********',
		user: '',
		remote_url: 'https://********@dav.example.com/x',
		share: 'Backup',
	});
});
