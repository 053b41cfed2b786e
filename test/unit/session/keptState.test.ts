import { BoundedMap } from '../../../nodes/HyperBackup/dsm/BoundedMap';
import { readApiList } from '../../../nodes/HyperBackup/dsm/discovery';
import { parseState, serializeState } from '../../../nodes/HyperBackup/dsm/session/keptState';

const session = { sid: 'a-sid', synoToken: 'a-token', openedAt: 1 };
const entry = { path: 'entry.cgi', minVersion: 1, maxVersion: 2, requestFormat: 'JSON' };

test('what n8n keeps is read back as it was written', () => {
	const apis = readApiList({ 'SYNO.Backup.Task': entry });
	const state = {
		session: { ...session, deviceId: 'device' },
		refusal: { count: 2, at: 1, until: 2, code: 404, tried: 'code' as const, by: undefined },
		claim: { count: 3, at: 3, until: 4, code: undefined, tried: 'none' as const, by: 'me' },
		facts: { apis, dialect: 'documented', tokenProven: true },
	};
	expect(parseState(serializeState('f', state), 'f')).toEqual(state);
});

test.each([undefined, null, ''])('%p is nothing', (token) => {
	expect(parseState(token, 'f')).toBe('none');
});

test('what belongs to an earlier content of the credential is nothing', () => {
	expect(parseState(serializeState('other', { session, facts: {} }), 'f')).toBe('none');
});

test.each([
	['no JSON', '{"v":1'],
	['no object', '[1]'],
	['another version', JSON.stringify({ v: 2, fingerprint: 'f' })],
	['no fingerprint', JSON.stringify({ v: 1 })],
	[
		'a sid of 7 MB',
		JSON.stringify({ v: 1, fingerprint: 'f', session: { ...session, sid: 'x'.repeat(7e6) } }),
	],
	[
		'a sid with a line break',
		JSON.stringify({ v: 1, fingerprint: 'f', session: { ...session, sid: 'a\r\nb' } }),
	],
	[
		'a sid with another cookie',
		JSON.stringify({ v: 1, fingerprint: 'f', session: { ...session, sid: 'a; b=c' } }),
	],
	[
		'a token that is none',
		JSON.stringify({ v: 1, fingerprint: 'f', session: { ...session, synoToken: 1 } }),
	],
	['a refusal without a time', JSON.stringify({ v: 1, fingerprint: 'f', refusal: { count: 1 } })],
	['a claim without a time', JSON.stringify({ v: 1, fingerprint: 'f', claim: true })],
])('%s is unreadable: there may be a refused login in it', (_case, token) => {
	expect(parseState(token, 'f')).toBe('unreadable');
});

test.each([
	'../../x',
	'entry.cgi/../../x',
	'..\\x',
	'%2e%2e/x.cgi',
	'/entry.cgi',
	'x/entry.cgi',
	'entry.cgi?x',
	'entry.php',
])('an API that is said to be at %s is left out, as sent and as kept', (path) => {
	const list = { 'SYNO.Backup.Task': { ...entry, path }, 'SYNO.DSM.Info': entry };
	expect(Object.keys(readApiList(list))).toEqual(['SYNO.DSM.Info']);
});

test('a bounded map drops what was set longest ago', () => {
	const map = new BoundedMap<string, number>(2);
	map.set('a', 0);
	map.set('b', 2);
	map.set('a', 1);
	map.set('c', 3);
	expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([1, undefined, 3, 2]);
	map.delete('a');
	map.clear();
	expect(map.size).toBe(0);
});
