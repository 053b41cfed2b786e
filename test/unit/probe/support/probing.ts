import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Send } from '../../../../nodes/HyperBackup/dsm/http/httpRequest';
import { DEFAULT_ACCOUNT, type Nas } from '../../../../simulator';
import { nodeHttp } from '../../../../tools/probe/connection/nodeHttp';
import { probe, type ProbeResult, type ProbeSettings } from '../../../../tools/probe/probe';
import type { VerdictKind } from '../../../../tools/probe/verdict';

export interface Probed extends ProbeResult {
	said: string[];
	/** Everything that leaves the probe: what it prints and what it writes. */
	output: string;
	/** By the fact's ID. */
	kinds: Record<string, VerdictKind>;
	notes: Record<string, string>;
}

export type Settings = Partial<ProbeSettings>;

/** What `npm run probe` does, with the simulated NAS's address and account typed in. */
export async function probed(nas: Nas, settings: Settings = {}): Promise<Probed> {
	const said: string[] = [];
	const result = await probe({
		credentials: {
			baseUrl: nas.url,
			username: DEFAULT_ACCOUNT.name,
			password: DEFAULT_ACCOUNT.password,
		},
		askCode: async () => '000000',
		say: (line) => void said.push(line),
		network: nodeHttp,
		...settings,
	});
	const verdicts = result.judged.map(({ fact, verdict }) => [fact.id, verdict] as const);
	return {
		...result,
		said,
		output: [...said, ...result.files.flatMap(({ name, content }) => [name, content])].join('\n'),
		kinds: Object.fromEntries(verdicts.map(([id, { kind }]) => [id, kind])),
		notes: Object.fromEntries(verdicts.map(([id, { note }]) => [id, note])),
	};
}

/** The IDs of the facts with this verdict. */
export const idsOf = ({ kinds }: Probed, kind: VerdictKind): string[] =>
	Object.keys(kinds).filter((id) => kinds[id] === kind);

/** The network without sockets: a thousand NASes have no time for those. */
export function withoutSockets(nas: Nas): Send {
	return async (options: IHttpRequestOptions) => {
		const url = new URL(options.url);
		for (const [name, value] of Object.entries(options.qs ?? {}))
			url.searchParams.set(name, String(value));
		const sent = (options.headers ?? {}) as Record<string, string>;
		const headers = Object.fromEntries(
			Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]),
		);
		if (options.body) headers['content-type'] = 'application/x-www-form-urlencoded';
		const { status, text } = nas.respond({
			method: options.method ?? 'GET',
			url,
			headers,
			body: String(options.body ?? ''),
			remote: '127.0.0.1',
		});
		return { statusCode: status, headers: {}, body: text };
	};
}

/** What the simulated NAS says to one call, with a change. */
export interface Lie {
	api: string;
	method?: string;
	/** Which of these calls; all of them if not given. */
	when?: (fields: URLSearchParams) => boolean;
	/** Changes the envelope, or gives another. */
	change: (envelope: Envelope) => Envelope | void;
}

type Data = any;

export interface Envelope {
	success: boolean;
	data?: Data;
	error?: { code: number; errors?: Data };
}

export const refusing = (code: number) => (): Envelope => ({ success: false, error: { code } });

export const accepting = (): Envelope => ({ success: true, data: {} });

/** A NAS that differs from the simulated one in one thing. */
export function lying(nas: Nas, { api, method, when, change }: Lie): Send {
	return async (options) => {
		const fields = new URLSearchParams([
			...Object.entries((options.qs ?? {}) as Record<string, string>),
			...new URLSearchParams(String(options.body ?? '')),
		]);
		const response = (await withoutSockets(nas)(options)) as { body: string };
		const isMeant =
			fields.get('api') === api &&
			(method === undefined || fields.get('method') === method) &&
			(when === undefined || when(fields));
		if (!isMeant) return response;
		const envelope = JSON.parse(response.body) as Envelope;
		return { ...response, body: JSON.stringify(change(envelope) ?? envelope) };
	};
}
