import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import type { IRequestOptions } from 'n8n-workflow';
import { httpRequestNode } from '../../testing/httpRequestNode';
import { closeAll, credentialsFor, givenNas } from '../../testing/nas';

/** FUZZ_REQUESTS=20000 for the whole of it; FUZZ_SEED repeats a run. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 1500);
const SEED = Number(process.env.FUZZ_SEED ?? 20261125);

interface Received {
	method: string;
	path: string;
	query: string;
	body: string;
	hasSession: boolean;
}

let server: Server;
afterEach(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
	await closeAll();
});

/**
 * Every way in which some server might read a field: all separators, any case, characters left out,
 * brackets.
 */
function fieldsOf(text: string): Array<[name: string, value: string]> {
	return text.split(/[&;\r\n?]/).map((part) => {
		const [name = '', ...value] = part.split('=');
		const decode = (raw: string): string => {
			try {
				return decodeURIComponent(raw.replace(/\+/g, ' '));
			} catch {
				return raw;
			}
		};
		const clean = decode(name).replace(/[^\w]/g, '').toLowerCase();
		return [clean, decode(value.join('='))];
	});
}

const READS = /^(list|get|status|query|getinfo|info|request|List|Get|GetStatus|download)$/;

/**
 * Written independently of the guard: whether anything in it could be taken for a call that
 * changes something.
 */
function couldChange({ path, query, body }: Received): boolean {
	const fields = [...fieldsOf(query), ...fieldsOf(body)];
	const methods = fields.filter(([name]) => name === 'method').map(([, value]) => value);
	const inJson = [
		...`${decodeURIComponent(query)} ${decodeURIComponent(body)}`.matchAll(
			/"method"\s*:\s*"([^"]*)"/gi,
		),
	];
	const all = [...methods, ...inJson.map(([, value]) => value!)];
	const online = fields.some(([name, value]) => name === 'blonline' && value !== 'false');
	const nested = /"blOnline":\s*(?!false)/.test(decodeURIComponent(body + query));
	const elsewhere = !/^\/webapi\/(entry|query|auth)\.cgi(\/SYNO\.[\w.]+)?$/.test(path);
	const hidden = /multipart|filename=/.test(body);
	return (
		all.length === 0 ||
		all.some((method) => !READS.test(method)) ||
		online ||
		nested ||
		elsewhere ||
		hidden
	);
}

const apis = fc.constantFrom(
	'SYNO.Backup.Task',
	'SYNO.Backup.Task',
	'SYNO.Entry.Request',
	'SYNO.Core.Package',
	'SYNO.DSM.Info',
	'__proto__',
);
const methods = fc.constantFrom(
	'list',
	'list',
	'get',
	'status',
	'backup',
	'cancel',
	'delete',
	'request',
	'Backup',
	'"backup"',
);
const odd = fc.constantFrom(
	'',
	'',
	'',
	'\t',
	'\r\n',
	'%09',
	'%0d%0a',
	'%00',
	' ',
	';',
	'[]',
	'[0]',
	'.',
	'#',
	'?',
	'&',
	'\u00a0',
	'%2e',
);
const names = fc
	.tuple(
		fc.constantFrom('meth', 'METH', 'ap', ''),
		odd,
		fc.constantFrom('od', 'OD', 'i', 'x', 'compound', 'blOnline', 'task_id'),
	)
	.map((parts) => parts.join(''));
const members = fc.array(
	fc.record({ api: apis, method: methods }).map((member) => JSON.stringify(member)),
	{ maxLength: 3 },
);
const compound = fc.oneof(
	members.map((all) => `[${all.join(',')}]`),
	methods.map((method) => `[{"api":"SYNO.Backup.Task","method":"list","method":"${method}"}]`),
	methods.map((method) => `[{"api":"SYNO.Backup.Task","Method":"${method}","method":"list"}]`),
	fc.constant('[{"api":"SYNO.Backup.Task","method":"status","blOnline":true}]'),
	members.map(
		(all) => `[{"api":"SYNO.Entry.Request","method":"request","compound":[${all.join(',')}]}]`,
	),
);
const field = fc.oneof(
	fc.tuple(fc.constant('api'), apis),
	fc.tuple(fc.constant('method'), methods),
	fc.tuple(fc.constant('compound'), compound),
	fc.tuple(fc.constant('blOnline'), fc.constantFrom('true', 'false', '1')),
	fc.tuple(names, methods),
);
const call = fc
	.tuple(apis, methods, fc.array(field, { maxLength: 2 }))
	.map(([api, method, more]): Array<[string, string]> => [
		['api', api],
		['method', method],
		...(more as Array<[string, string]>),
	]);
const fields = fc.oneof(
	call,
	fc.constant<Array<[string, string]>>([
		['api', 'SYNO.Backup.Task'],
		['version', '1'],
		['method', 'list'],
	]),
	fc.array(field, { maxLength: 3 }) as fc.Arbitrary<Array<[string, string]>>,
);

const raw = (some: Array<[string, string]>, separator: string): string =>
	some.map(([name, value]) => `${name}=${value}`).join(separator);
const text = fc
	.tuple(fields, fc.constantFrom('&', '&', '&', ';', '&&', '\n'))
	.map(([some, by]) => raw(some, by));
const encoded = fields.map((some) => new URLSearchParams(some).toString());
const object = fields.map((some) => Object.fromEntries(some));
const nested = fields.map((some) => ({ method: some.map(([, value]) => value) }));

const path = fc.constantFrom(
	...Array.from({ length: 12 }, () => '/webapi/entry.cgi'),
	'/webapi/query.cgi',
	'/webapi/auth.cgi',
	'/webapi/entry.cgi/SYNO.Backup.Task',
	'/webapi/entry.cgi/x.bin',
	'/webman/logout.cgi',
	'/webapi/../webman/x.cgi',
	'/webapi/%65ntry.cgi',
	'//webapi/entry.cgi',
	'/webapi/entry.cgi;x',
	'\\webapi\\entry.cgi',
);
const contentType = fc.constantFrom(
	undefined,
	undefined,
	'application/x-www-form-urlencoded',
	'application/x-www-form-urlencoded; charset=utf-16',
	'application/json',
	'multipart/form-data; boundary=x',
	'text/plain',
);
const optional = <T>(what: fc.Arbitrary<T>, weight = 2) =>
	fc.oneof({ arbitrary: fc.constant(undefined), weight }, { arbitrary: what, weight: 1 });

const body = fc.oneof(
	text,
	encoded,
	object,
	nested,
	encoded.map((form) => new URLSearchParams(form)),
	text.map((form) => Buffer.from(form)),
	methods.map(
		(method) => `--x\r\nContent-Disposition: form-data; name="method"\r\n\r\n${method}\r\n--x--`,
	),
	object.map((some) => JSON.stringify(some)),
);

const hostile = fc.record({
	verb: fc.constantFrom(undefined, 'GET', 'POST', 'POST', 'PUT', 'DELETE', 'get', 'HEAD'),
	path,
	query: optional(fc.oneof(text, encoded), 1),
	fragment: fc.constantFrom('', '', '', '', '#', '#&method=backup'),
	in: fc.constantFrom('uri', 'uri', 'uri', 'url', 'both', 'base'),
	qs: optional(fc.oneof(object, nested)),
	body: optional(body),
	form: optional(fc.oneof(object, text), 4),
	formData: optional(object, 8),
	contentType,
	header: fc.constantFrom(
		undefined,
		undefined,
		undefined,
		['X-HTTP-Method-Override', 'DELETE'],
		['host', 'other'],
		['Transfer-Encoding', 'chunked'],
	),
	json: fc.constantFrom(undefined, undefined, true, false),
	useQuerystring: fc.constantFrom(undefined, true, false),
	followAllRedirects: fc.constantFrom(undefined, true),
});

type Configuration = typeof hostile extends fc.Arbitrary<infer T> ? Partial<T> : never;

const LIST = 'api=SYNO.Backup.Task&version=1&method=list';
const plain: Configuration[] = [
	{ query: LIST },
	{ qs: { api: 'SYNO.DSM.Info', version: '2', method: 'getinfo' } },
	{ verb: 'POST', body: LIST, contentType: 'application/x-www-form-urlencoded' },
	{ verb: 'POST', form: { api: 'SYNO.Backup.Task', version: '1', method: 'status', task_id: '1' } },
	{
		verb: 'POST',
		form: {
			api: 'SYNO.Entry.Request',
			version: '1',
			method: 'request',
			compound: '[{"api":"SYNO.Backup.Task","version":1,"method":"list"}]',
		},
	},
];

/**
 * Something that works, with some of its parts replaced by hostile ones; all of them in the end.
 */
const configuration = fc
	.tuple(fc.constantFrom(...plain), hostile, fc.array(fc.nat(12), { maxLength: 3 }), fc.nat(9))
	.map(([good, bad, chosen, all]): Configuration => {
		const names = Object.keys(bad) as Array<keyof Configuration>;
		const replaced = all === 0 ? names : chosen.map((index) => names[index]!);
		const parts = replaced.map((name) => [name, bad[name]]);
		return {
			path: '/webapi/entry.cgi',
			fragment: '',
			in: 'uri',
			...good,
			...(Object.fromEntries(parts) as Configuration),
		};
	});

function requestOf(base: string, some: Configuration): IRequestOptions {
	const { verb, query, fragment, contentType: type, header, in: where, ...more } = some;
	const address = `${some.path}${query === undefined ? '' : `?${query}`}${fragment}`;
	const target = {
		uri: { uri: base + address },
		url: { url: base + address },
		both: { uri: `${base}/webapi/entry.cgi?api=SYNO.Backup.Task&method=list`, url: base + address },
		base: { baseURL: base, uri: address },
	}[where as 'uri' | 'url' | 'both' | 'base'];
	const headers = {
		...(type === undefined ? {} : { 'content-type': type }),
		...(header === undefined ? {} : { [header[0]]: header[1] }),
	};
	const request = { ...more, ...target, method: verb, headers } as Record<string, unknown>;
	for (const name of Object.keys(request)) if (request[name] === undefined) delete request[name];
	return request as unknown as IRequestOptions;
}

test(`${REQUESTS} configurations of n8n's HTTP Request node with a read-only credential: nothing is changed (seed ${SEED})`, async () => {
	const { nas } = await givenNas({ tasks: [{ id: 1, name: 'Nightly' }] });
	const received: Received[] = [];
	let recording = false;
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const content = Buffer.concat(chunks).toString();
			const [pathname = '', ...query] = request.url!.split('?');
			const { cookie } = request.headers;
			if (recording) {
				received.push({
					method: request.method!,
					path: pathname,
					query: query.join('?'),
					body: content,
					hasSession: cookie !== undefined,
				});
				response.end('{"success":true}');
				return;
			}
			const { text: answer } = nas.respond({
				method: request.method!,
				url: new URL(request.url!, nas.url),
				headers: request.headers as Record<string, string>,
				body: content,
				remote: '127.0.0.1',
			});
			response.end(answer);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const credentials = credentialsFor({ url: base }, { readOnly: true });
	await httpRequestNode(credentials, {
		uri: `${base}/webapi/entry.cgi?api=SYNO.Backup.Task&version=1&method=list`,
	});
	recording = true;
	let sent = 0;
	await fc.assert(
		fc.asyncProperty(configuration, async (some) => {
			received.length = 0;
			await httpRequestNode(credentials, requestOf(base, some)).catch(() => undefined);
			sent += received.length;
			for (const one of received) {
				// The credential test's request, which has no session and no parameters.
				if (one.method === 'HEAD' && !one.hasSession && one.path === '/webapi/query.cgi') continue;
				if (couldChange(one)) throw new Error(`could change something: ${JSON.stringify(one)}`);
			}
		}),
		{ numRuns: REQUESTS, seed: SEED },
	);
	// What is refused at the door tests nothing behind it.
	expect(sent).toBeGreaterThan(REQUESTS * 0.1);
});
