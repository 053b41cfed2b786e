import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { maskSecrets } from '../../../nodes/HyperBackup/hyperBackup/task/maskSecrets';

/**
 * Words as they stand in the settings of destinations, each of them alone or behind another word.
 */
const SECRETS = [
	['password'],
	['passwd'],
	['pwd'],
	['pass'],
	['passphrase'],
	['passcode'],
	['secret'],
	['secret', 'key'],
	['client', 'secret'],
	['api', 'key'],
	['api', 'token'],
	['access', 'key'],
	['access', 'key', 'id'],
	['private', 'key'],
	['encryption', 'key'],
	['key'],
	['keys'],
	['token'],
	['tokens'],
	['refresh', 'token'],
	['session', 'id'],
	['sid'],
	['credentials'],
	['authorization'],
	['cookie'],
	['otp'],
];
const PREFIXES = [[], ['remote'], ['rsync'], ['s3'], ['my', 'own']];

const capital = (word: string): string => `${word[0]!.toUpperCase()}${word.slice(1)}`;
const SPELLINGS: Array<(words: string[]) => string> = [
	(words) => words.join('_'),
	(words) => words.join('-'),
	(words) => words.map((word, index) => (index === 0 ? word : capital(word))).join(''),
	(words) => words.map(capital).join(''),
	(words) => words.join('_').toUpperCase(),
	(words) => `_${words.join('_')}`,
];

const secretName = fc
	.tuple(fc.constantFrom(...PREFIXES), fc.constantFrom(...SECRETS), fc.constantFrom(...SPELLINGS))
	.map(([prefix, words, spell]) => spell([...prefix, ...words]));

/** Where a field with this name and value can stand. */
type Place = (name: string, value: unknown) => unknown;
const PLACES: Place[] = [
	(name, value) => ({ [name]: value }),
	(name, value) => ({ repository: { [name]: value } }),
	(name, value) => ({ name: 'Task', repository: { share: 'x', remote: [{ [name]: value }] } }),
	(name, value) => [{ a: { b: { c: [{ [name]: value, d: 1 }] } } }],
	(name, value) => ({ options: [{ name, value }] }),
	(name, value) => ({ options: [{ key: name, value }] }),
	(name, value) => ({ options: [{ name: 'password', value: 'x', [`my_${name}`]: value }] }),
	(name, value) => ({ config: JSON.stringify({ nested: { [name]: value } }) }),
];

const secret = fc.stringMatching(/^[A-Za-z0-9+/]{12,40}$/);
const held = fc.constantFrom<(text: string) => unknown>(
	(text) => text,
	(text) => [text],
	(text) => ({ value: text, expires: 1 }),
	(text) => ({ deep: { deeper: [text, { text }] } }),
);

test('a secret is masked under every name, in every spelling, wherever it stands', () => {
	fc.assert(
		fc.property(secretName, secret, held, fc.constantFrom(...PLACES), (name, text, hold, place) => {
			expect(JSON.stringify(maskSecrets(place(name, hold(text))))).not.toContain(text);
		}),
		{ numRuns: 3000 },
	);
});

test('numbers are masked as texts are', () => {
	expect(maskSecrets({ otp_code: 123456, pin: 7 })).toEqual({
		otp_code: '********',
		pin: '********',
	});
});

test.each([
	['https://me:hunter2@host/share', 'https://********@host/share'],
	['ftp://token@host', 'ftp://********@host'],
	['https://host/x?a=1&access_token=hunter2&b=2', 'https://host/x?a=1&access_token=********&b=2'],
	['https://host/x?sig=1', 'https://host/x?sig=1'],
	['me@example.com wrote: a=b', 'me@example.com wrote: a=b'],
])('in a URL: %s', (text, expected) => {
	expect(maskSecrets({ remote_url: text })).toEqual({ remote_url: expected });
});

test('what is no secret is kept', () => {
	const value = {
		task_id: 1,
		error_key: 'volume_full',
		public_key: 'ssh-rsa AAAA',
		enable_encrypt_password: true,
		check_task_key: false,
		password: '',
		token: null,
		compass: 'north',
		keyword_count: 3,
		note: '{ not JSON',
	};
	expect(maskSecrets(value)).toEqual(value);
});

test('the argument is not changed', () => {
	const value = Object.freeze({ repository: Object.freeze({ secret: 'hunter2' }) });
	expect(maskSecrets(value)).toEqual({ repository: { secret: '********' } });
	expect(value.repository.secret).toBe('hunter2');
});

test('of the real responses nothing else is masked', () => {
	const folder = join(__dirname, '../../fixtures/captures');
	const masked = new Set<string>();
	const compare = (before: unknown, after: unknown, name: string): void => {
		if (after === '********' && before !== after) masked.add(name);
		else if (typeof before === 'object' && before !== null)
			for (const [key, field] of Object.entries(before))
				compare(field, (after as Record<string, unknown>)[key], key);
		else expect(after).toEqual(before);
	};
	for (const file of readdirSync(folder).filter((one) => /^backup-task-.*json$/.test(one))) {
		const response = JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown;
		compare(response, maskSecrets(response), '');
	}
	const expected = ['key', 'linkkey', 'secret', 'uni_key', 'unikey'];
	expect([...masked].sort().filter((name) => !expected.includes(name))).toEqual([]);
});
