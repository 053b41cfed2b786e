import { runCode, type Item } from './exampleWorkflow';

const FILE = 'homes/anna/letter.txt';
const MTIME = 1785723573;
const SHA = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);

const one = (json: Record<string, unknown>, more = {}): Item[] => [{ json, ...more }];

interface Drill {
	expected?: string;
	backup?: Record<string, unknown>;
	failure?: Record<string, unknown>;
	live?: Record<string, unknown>;
	download?: Record<string, unknown>;
	liveHash?: string;
}

const liveFile = (mtime = MTIME, size = 10): Record<string, unknown> => ({
	success: true,
	data: { files: [{ path: `/${FILE}`, additional: { size, time: { mtime } } }] },
});

function resultOf({ expected = '', backup, failure, live, download, liveHash }: Drill) {
	const others: Record<string, Item[]> = {
		Settings: one({ filePath: FILE, expectedSha256: expected, nasAddress: 'https://nas:5001' }),
		...(backup ? { 'Hash Backup File': one(backup) } : {}),
		...(live ? { 'Get Live File': one(live) } : {}),
		...(download ? { 'Download Live File': one({}, { binary: { data: download } }) } : {}),
		...(liveHash ? { 'Hash Live File': one({ sha256: liveHash }) } : {}),
	};
	return runCode('restore-drill.json', 'Result', { input: one(failure ?? {}), others })[0]!.json;
}

const backup = { version_id: '9', modified_time: MTIME, received_bytes: 10, sha256: SHA };
const whole = { bytes: 10, mimeType: 'text/plain' };

test.each<[string, Drill, string]>([
	['the checksum that was given', { backup, expected: ` ${SHA.toUpperCase()}` }, 'match'],
	['another checksum than given', { backup, expected: OTHER }, 'mismatch'],
	[
		'the same bytes as on the NAS',
		{ backup, live: liveFile(), download: whole, liveHash: SHA },
		'match',
	],
	[
		'other bytes than on the NAS',
		{ backup, live: liveFile(), download: whole, liveHash: OTHER },
		'mismatch',
	],
	['a file that was changed since', { backup, live: liveFile(MTIME + 1) }, 'source_changed'],
	['a file of another size', { backup, live: liveFile(MTIME, 11) }, 'source_changed'],
	[
		'a file that is gone',
		{ backup, live: { success: true, data: { files: [{ code: 408 }] } } },
		'source_changed',
	],
	[
		'a file that changed while it was read',
		{ backup, live: liveFile(), download: { ...whole, bytes: 7 }, liveHash: OTHER },
		'source_changed',
	],
	['a file that is cut off', { failure: { details: { outcome: 'incomplete' } } }, 'incomplete'],
	['a damaged file', { failure: { details: { outcome: 'damaged' } } }, 'damaged'],
	['a NAS that cannot be reached', { failure: { error: 'No route to the NAS' } }, 'not_run'],
	['a file that is too large', { failure: { details: { outcome: 'too_large' } } }, 'not_run'],
	['a live file that may not be read', { backup, live: { success: false } }, 'not_run'],
	['no response about the live file', { backup, live: { error: { message: 'x' } } }, 'not_run'],
	['a live file that was not downloaded', { backup, live: liveFile() }, 'not_run'],
	[
		'a refusal in place of the live file',
		{ backup, live: liveFile(), download: { mimeType: 'application/json' }, liveHash: OTHER },
		'not_run',
	],
])('restore drill, %s: the right result', (_what, drill, expected) => {
	const { result, message, file } = resultOf(drill);
	expect(result).toBe(expected);
	expect(message).toMatch(/\w+ \w+/);
	expect(message).not.toMatch(/undefined|null|\[object/);
	expect(file).toBe(FILE);
});
