import 'reflect-metadata';
import './codeBeforeJson';
import { DEFAULT_ACCOUNT } from '../simulator';
import { startSimulatedNas } from '../n8n-host/simulatedNas';
import { CredentialsHelper } from '../testing/credentialsHelper';
import { ActiveTrigger } from '../testing/engine';
import { EVENTS } from '../nodes/HyperBackup/trigger/eventNames';
const OWN = ['integrityCheckOverdue', 'logEntry', 'vaultTargetOverdue'];
const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
async function main() {
	const n = Number(process.argv[2]); const times = Number(process.argv[3]);
	const nas = await startSimulatedNas({ tasks: n });
	const credentials = new CredentialsHelper({ baseUrl: nas.urls[0]!, username: DEFAULT_ACCOUNT.name, password: DEFAULT_ACCOUNT.password });
	const trigger = new ActiveTrigger(credentials, { events: EVENTS.filter((e) => !OWN.includes(e)) as never });
	for (let i = 0; i < 3; i++) await trigger.poll();
	await nas.control('requests/reset', {});
	await trigger.poll();
	const [r] = await nas.control<any[]>('requests');
	const base = { method: 'POST' as const, url: `${nas.urls[0]}${r.url}`, body: new URLSearchParams(r.body), headers: { cookie: r.headers.cookie, 'x-syno-token': r.headers['x-syno-token'] } };
	const works: Record<string, () => Promise<unknown>> = {
		peer: async () => await trigger.httpRequest({ ...base, returnFullResponse: true }),
		stream: async () => { const x = (await trigger.httpRequest({ ...base, returnFullResponse: true, encoding: 'stream' })) as any; const c: Buffer[] = []; for await (const k of x.body) c.push(k); return JSON.parse(Buffer.concat(c).toString('utf8')); },
		streamOpt: async () => { const x = (await trigger.httpRequest({ ...base, returnFullResponse: true, encoding: 'stream', timeout: 30000, ignoreHttpStatusErrors: true, disableFollowRedirect: true, skipSslCertificateValidation: false, abortSignal: AbortSignal.timeout(30000) } as any)) as any; const c: Buffer[] = []; for await (const k of x.body) c.push(k); return JSON.parse(Buffer.concat(c).toString('utf8')); },
		streamOptNoAbort: async () => { const x = (await trigger.httpRequest({ ...base, returnFullResponse: true, encoding: 'stream', timeout: 30000, ignoreHttpStatusErrors: true, disableFollowRedirect: true } as any)) as any; const c: Buffer[] = []; for await (const k of x.body) c.push(k); return JSON.parse(Buffer.concat(c).toString('utf8')); },
		text: async () => JSON.parse((await trigger.httpRequest({ ...base, returnFullResponse: true, encoding: 'text' as never }) as any).body as string),
		poll: async () => await trigger.poll(),
	};
	const ctx = (trigger as any).context;
	const realAuth = ctx.helpers.httpRequestWithAuthentication;
	const raw = (await (await import('axios')).default({ method: 'POST', url: base.url, data: r.body, headers: { ...base.headers, 'content-type': 'application/x-www-form-urlencoded' }, responseType: 'arraybuffer' }) as any);
	const buf = Buffer.from(raw.data);
	let captured: any;
	ctx.helpers.httpRequestWithAuthentication = async function (...a: any[]) { captured = a; return await realAuth.apply(this, a); };
	await trigger.poll();
	works.authOnly = async () => { const x = await realAuth.call(ctx, captured[0], { ...captured[1], abortSignal: undefined }, captured[2]); const c: Buffer[] = []; for await (const k of x.body) c.push(k); return JSON.parse(Buffer.concat(c).toString('utf8')); };
	let stub = false;
	ctx.helpers.httpRequestWithAuthentication = async function (...a: any[]) { if (stub) return { statusCode: 200, headers: { date: new Date().toUTCString() }, body: (async function* () { yield buf; })() }; return await realAuth.apply(this, a); };
	works.pollStub = async () => { stub = true; await trigger.poll(); stub = false; };
	const { triggerParameters } = await import('../nodes/HyperBackup/trigger/triggerParameters');
	works.params = async () => triggerParameters(ctx);
	const { TaskApi } = await import('../nodes/HyperBackup/hyperBackup/task/TaskApi');
	works.connect = async () => await TaskApi.connect(ctx, {});
	works.nothing = async () => {};
	const sums: Record<string, number[]> = {};
	for (let i = 0; i < times + 20; i++) for (const [k, w] of Object.entries(works)) { const b = cpu(); await w(); const d = cpu() - b; if (i >= 20) (sums[k] ??= []).push(d); }
	const med = (v: number[]) => [...v].sort((a, b) => a - b)[v.length >> 1]!;
	for (const [k, v] of Object.entries(sums)) console.log(k, 'mean', (v.reduce((a, b) => a + b) / v.length).toFixed(3), 'median', med(v).toFixed(3));
	nas.stop(); process.exit(0);
}
void main();
