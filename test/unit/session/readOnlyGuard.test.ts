import {
	requireRead,
	type RequestParts,
} from '../../../nodes/HyperBackup/dsm/session/readOnlyGuard';

const ENTRY = 'https://nas.example:5001/webapi/entry.cgi';
const LIST = { api: 'SYNO.Backup.Task', version: '1', method: 'list' };
const LIST_TEXT = 'api=SYNO.Backup.Task&version=1&method=list';
const RUN = { ...LIST, method: 'backup' };

const REFUSAL = {
	kind: 'credential',
	message:
		'The credential is read-only, and this request could change something on the NAS: it was not sent',
	description:
		"Use another credential for what changes something, or switch off 'Read Only' in this one.",
};

type Parts = Partial<Omit<RequestParts, 'url'>> & { url?: string };

const check = ({ url = ENTRY, ...parts }: Parts) => requireRead({ ...parts, url: new URL(url) });
const post = (body: unknown, more: Parts = {}) => check({ method: 'POST', body, ...more });

const refused = (what: () => unknown): void => {
	expect(what).toThrow(expect.objectContaining(REFUSAL));
};

describe('with a read-only credential, a known reading call passes', () => {
	test('in the address', () => {
		expect(check({ url: `${ENTRY}?${LIST_TEXT}` })).toEqual({ query: LIST_TEXT, body: undefined });
	});

	test('in the query', () => {
		expect(check({ qs: LIST })).toEqual({ query: LIST_TEXT, body: undefined });
	});

	test.each<[string, Parts]>([
		['an object', { body: LIST }],
		['text', { body: LIST_TEXT }],
		['a form', { body: new URLSearchParams(LIST) }],
		["the form of n8n's older helper", { form: LIST }],
	])('in the body, as %s', (_what, parts) => {
		expect(check({ method: 'POST', ...parts })).toEqual({ query: '', body: LIST_TEXT });
	});

	test('with what is in the query left there, and what is in the body left there', () => {
		expect(
			post(
				{ method: 'list', limit: 5 },
				{ url: `${ENTRY}?api=SYNO.Backup.Task`, qs: { version: 1 } },
			),
		).toEqual({ query: 'api=SYNO.Backup.Task&version=1', body: 'method=list&limit=5' });
	});

	test('with nothing in the body of a POST', () => {
		expect(post('', { qs: LIST })).toEqual({ query: LIST_TEXT, body: '' });
		expect(post(null, { qs: LIST }).body).toBe('');
	});

	test('with numbers and truth values, written anew as text', () => {
		expect(post({ ...LIST, offset: 0, blOnline: false }).body).toBe(
			`${LIST_TEXT}&offset=0&blOnline=false`,
		);
	});

	test.each([ENTRY, `${ENTRY}/SYNO.Backup.Task`, 'https://nas.example/webapi/query.cgi'])(
		'at %s',
		(url) => {
			expect(post(LIST, { url }).body).toBe(LIST_TEXT);
		},
	);
});

/** The whole list once more: what a read-only credential may call is not changed in passing. */
const READS: Array<[api: string, ...methods: string[]]> = [
	['SYNO.API.Info', 'query'],
	['SYNO.DSM.Info', 'getinfo'],
	['SYNO.Core.System', 'info'],
	['SYNO.Core.Region.NTP', 'get'],
	['SYNO.Backup.Task', 'list', 'get', 'status', 'List', 'Get', 'GetStatus'],
	['SYNO.Backup.Version', 'list'],
	['SYNO.Backup.Target', 'list', 'get'],
	['SYNO.Backup.Repository', 'list', 'get'],
	['SYNO.Backup.Lunbackup', 'enum_lun', 'load_task'],
	['SYNO.Backup.App2.Backup', 'list'],
	['SYNO.Backup.Source.Folder', 'list'],
	['SYNO.Backup.Service.NetworkBackup', 'get'],
	['SYNO.Backup.Service.VersionBackup.Config', 'get'],
	['SYNO.Backup.Service.VersionBackup.Target', 'list', 'detail'],
	['SYNO.SDS.Backup.Client.Common.Log', 'list'],
	['SYNO.SDS.Backup.Client.Common.Statistic', 'get'],
	['SYNO.SDS.Backup.Client.Explore.File', 'list', 'download'],
	['SYNO.SDS.Backup.Client.Explore.Folder', 'list'],
	['SYNO.SDS.Backup.Client.Explore.Job', 'list'],
	['SYNO.SDS.Backup.Client.Explore.Target', 'get'],
	['SYNO.SDS.Backup.Client.Explore.Version', 'list'],
	['SYNO.SDS.Backup.Server.Common.Log', 'list'],
	['SYNO.SDS.Backup.Server.Common.Statistic', 'get'],
];

test.each(READS)('%s reads by %s %s %s %s %s %s', (api, ...methods) => {
	for (const method of methods) expect(() => post({ api, method })).not.toThrow();
	for (const method of ['', 'set', 'delete', 'backup']) refused(() => post({ api, method }));
});

describe('with a read-only credential, a call that could change something is refused', () => {
	test.each(['backup', 'cancel', 'suspend', 'Run', 'LIST', ''])('SYNO.Backup.Task %p', (method) => {
		refused(() => post({ ...LIST, method }));
	});

	test.each([
		['an API that is not known', { ...LIST, api: 'SYNO.Core.User' }],
		['a name that every object has', { api: 'constructor', method: 'name' }],
		['no API', { method: 'list' }],
		['no method', { api: 'SYNO.Backup.Task' }],
		['a password among the reads', { api: 'SYNO.Backup.Config.AutoBackup', method: 'get' }],
	])('%s', (_what, body) => {
		refused(() => post(body));
	});

	test('nothing at all', () => {
		refused(() => check({}));
		refused(() => post(''));
	});

	test.each(['true', true, '', 1, 'FALSE'])(
		'blOnline %p, which connects to the destination',
		(on) => {
			refused(() => post({ ...LIST, blOnline: on }));
			refused(() => post({ ...LIST, BLONLINE: on }));
		},
	);

	test('a call with a compound in it', () => {
		refused(() => post({ ...LIST, compound: '[]' }));
		refused(() => post({ ...LIST, COMPOUND: '[]' }));
	});

	test('fields with names that only resemble these pass', () => {
		const names = ['xblOnline', 'blOnlineX', 'xcompound', 'compoundx'];
		for (const name of names) expect(() => post({ ...LIST, [name]: 'true' })).not.toThrow();
	});

	test('a path that names another API', () => {
		refused(() => post(LIST, { url: `${ENTRY}/SYNO.Backup.Version` }));
		refused(() => post(LIST, { url: `${ENTRY}/SYNO.Backup` }));
	});

	test('a path that names another API, whatever comes first among the fields', () => {
		const url = `${ENTRY}/SYNO.Backup.Version`;
		refused(() => post({ name: 'SYNO.Backup.Version', ...LIST }, { url }));
		expect(() => post({ name: 'x', ...LIST }, { url: `${ENTRY}/SYNO.Backup.Task` })).not.toThrow();
	});

	test('a path that names a file passes, whatever its name begins with', () => {
		expect(() => post(LIST, { url: `${ENTRY}/SYNO.Backup.Version-old.zip` })).not.toThrow();
	});
});

describe('with a read-only credential, what cannot be read for certain is refused', () => {
	test('a name twice, in whatever case and place', () => {
		refused(() => post(`${LIST_TEXT}&method=backup`));
		refused(() => post(`${LIST_TEXT}&METHOD=backup`));
		refused(() => post(LIST, { qs: { method: 'list' } }));
		refused(() => post(LIST, { url: `${ENTRY}?method=list` }));
		refused(() => post(LIST, { form: { limit: 5, api: 'SYNO.Backup.Task' } }));
	});

	test.each(['', '1st', 'a b', 'task[]', 'a.b', 'é', 'xé', `x${'y'.repeat(64)}`])(
		'a field named %p',
		(name) => {
			refused(() => post({ ...LIST, [name]: '1' }));
		},
	);

	test.each(['_sid', 'x', 'Z9_', `x${'y'.repeat(63)}`])('but not a field named %p', (name) => {
		expect(() => post({ ...LIST, [name]: '1' })).not.toThrow();
	});

	test.each(['\n', '\r', '\0', '\x7f', '\t'])(
		'a value with the control character %j',
		(character) => {
			refused(() => post({ ...LIST, name: `a${character}b` }));
			refused(() => post(new URLSearchParams({ ...LIST, name: `a${character}b` })));
			refused(() => post(`${LIST_TEXT}&name=a${character}b`));
			refused(() => post(`${LIST_TEXT}&name=${encodeURIComponent(character)}`));
		},
	);

	test('a semicolon, which some servers read as &', () => {
		refused(() => post(`${LIST_TEXT}&name=a;method=backup`));
		refused(() => check({ url: `${ENTRY}?${LIST_TEXT};x=1` }));
	});

	test.each<[string, unknown]>([
		['a list', [LIST_TEXT]],
		['raw data', Buffer.from(LIST_TEXT)],
		['an object without a prototype', Object.assign(Object.create(null), LIST)],
		['an object in an object', { ...LIST, more: {} }],
		['a list in an object', { ...LIST, more: ['1'] }],
		['null in an object', { ...LIST, more: null }],
		['undefined in an object', { ...LIST, more: undefined }],
		['a number', 1],
		['a truth value', true],
		['a function', () => LIST],
	])('%s as the body, the form or the query', (_what, part) => {
		refused(() => post(part));
		refused(() => check({ method: 'POST', form: part }));
		refused(() => check({ qs: part }));
		refused(() => post(LIST, { qs: part }));
	});

	test('form data, even if it is empty', () => {
		refused(() => post(LIST, { formData: {} }));
		refused(() => post(LIST, { formData: null }));
	});

	test('a body that is not sent with POST', () => {
		refused(() => check({ body: LIST }));
		refused(() => check({ method: 'GET', form: LIST }));
		refused(() => check({ method: 'PUT', qs: { api: LIST.api }, body: { method: 'list' } }));
	});
});

describe('with a read-only credential, headers', () => {
	test.each([
		...['host', 'Host', 'content-length', 'content-encoding', 'transfer-encoding', 'te', 'trailer'],
		...['upgrade', 'expect', 'connection', 'x-http-method', 'X-HTTP-Method-Override'],
		...['x-method-override', 'x-original-url', 'x-rewrite-url', 'x-forwarded-', 'forwarded'],
		...['x-forwarded-for', 'X-Forwarded-Host'],
	])('that could make a server read the request in another way are refused: %s', (name) => {
		refused(() => post(LIST, { headers: { [name]: 'x' } }));
	});

	test.each(['a\r\nb: c', 'a\nb'])('with a line break are refused: %j', (value) => {
		refused(() => post(LIST, { headers: { accept: value } }));
	});

	test.each([
		...['multipart/form-data', 'application/json', 'text/plain', '', null],
		'application/x-www-form-urlencoded; charset=utf-7',
		'application/x-www-form-urlencoded, text/plain',
		'x, application/x-www-form-urlencoded',
	])('with the content type %p are refused', (value) => {
		refused(() => post(LIST, { headers: { 'Content-Type': value } }));
		refused(() => post(LIST, { headers: { 'content-type': value } }));
	});

	test.each([
		...['application/x-www-form-urlencoded', 'Application/X-WWW-Form-Urlencoded', undefined],
		'application/x-www-form-urlencoded; charset=UTF-8',
		'application/x-www-form-urlencoded;charset=utf-8',
		'application/x-www-form-urlencoded;  charset=utf-8',
	])('with the content type %p pass', (value) => {
		expect(post(LIST, { headers: { 'content-type': value } }).body).toBe(LIST_TEXT);
	});

	test('of no meaning for this pass', () => {
		const headers = {
			accept: 'application/json',
			'x-content-type': 'text/plain',
			'content-type-x': 'text/plain',
			'x-host': 'a',
			hosts: 'a',
			'my-x-original-url': 'a',
			'x-original-urls': 'a',
			'my-x-forwarded-for': 'a',
			'forwarded-by': 'a',
		};
		expect(post(LIST, { headers }).body).toBe(LIST_TEXT);
	});
});

describe('with a read-only credential, a request that carries several calls', () => {
	const COMPOUND = { api: 'SYNO.Entry.Request', version: '1', method: 'request' };
	const compound = (members: unknown, more: object = {}) =>
		post({ ...COMPOUND, ...more, compound: JSON.stringify(members) });

	test('passes if every one of them reads, written anew as it was read', () => {
		const members = [LIST, { ...LIST, method: 'status', blOnline: false, additional: ['x'] }];
		const body = post({
			...COMPOUND,
			compound: JSON.stringify(members).replaceAll(',', ', '),
		}).body;
		expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
			...COMPOUND,
			compound: JSON.stringify(members),
		});
	});

	test('passes with the fields that it may have', () => {
		const more = { mode: '"parallel"', stop_when_error: 'false', _sid: 'sid', SynoToken: 'token' };
		expect(() => compound([LIST], more)).not.toThrow();
	});

	test('is refused with any other field', () => {
		refused(() => compound([LIST], { task_id: 1 }));
	});

	test.each([
		['a call that changes something', [LIST, RUN]],
		['a call that connects to the destination', [{ ...LIST, blOnline: true }]],
		['a compound in it', [{ ...COMPOUND, compound: '[]' }]],
		['a name twice', [{ ...LIST, METHOD: 'backup' }]],
		['null', [LIST, null]],
		['a list', [LIST, [LIST]]],
		['text', [LIST, LIST_TEXT]],
		['an API that is no text', [{ ...LIST, api: ['SYNO.Backup.Task'] }]],
		['a method that is no text', [{ ...LIST, method: ['list'] }]],
		['no call', []],
		['a call in place of a list', LIST],
		['nothing', null],
	])('is refused with %s', (_what, members) => {
		refused(() => compound(members));
	});

	test('is refused without calls, and with what is no JSON', () => {
		refused(() => post(COMPOUND));
		refused(() => post({ ...COMPOUND, compound: '[' }));
		refused(() => post({ ...COMPOUND, compound: '' }));
	});

	test('is refused with another method', () => {
		refused(() => compound([LIST], { method: 'set' }));
	});

	test('is refused for a member of that API', () => {
		refused(() => compound([COMPOUND]));
	});
});
