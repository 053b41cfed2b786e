import { DEFAULT_ACCOUNT, startNas, type Nas, type NasOptions } from '../../../../simulator';

/**
 * A client as plain as can be: what it sends is what the test says. It shares no code with the
 * nodes.
 */

export interface DsmResponse {
	success: boolean;
	data?: Record<string, unknown>;
	error?: { code: number; errors?: unknown };
}
export type Form = Record<string, string>;

const open: Nas[] = [];

export async function givenNas(options: NasOptions = {}): Promise<Nas> {
	const nas = await startNas({
		timeZone: 'UTC',
		tasks: [
			{ id: 1, name: 'Nightly' },
			{ id: 'vm', name: 'vm', type: 'loclunbkp' },
		],
		...options,
	});
	open.push(nas);
	return nas;
}

export async function closeAll(): Promise<void> {
	await Promise.all(open.splice(0).map(async (nas) => await nas.close()));
}

export async function post(
	nas: Nas,
	form: Form,
	headers: Record<string, string> = {},
	cgi = 'entry.cgi',
): Promise<DsmResponse> {
	const response = await fetch(`${nas.url}/webapi/${cgi}`, {
		method: 'POST',
		body: new URLSearchParams(form),
		headers,
	});
	return (await response.json()) as DsmResponse;
}

export async function login(nas: Nas, more: Form = {}, version = '7'): Promise<DsmResponse> {
	return await post(
		nas,
		{
			api: 'SYNO.API.Auth',
			version,
			method: 'login',
			account: DEFAULT_ACCOUNT.name,
			passwd: DEFAULT_ACCOUNT.password,
			enable_syno_token: 'yes',
			...more,
		},
		{},
		'auth.cgi',
	);
}

export async function session(nas: Nas, version = '7'): Promise<{ sid: string; token: string }> {
	const { data } = await login(nas, {}, version);
	return { sid: data!.sid as string, token: data!.synotoken as string };
}

/** One call in a session of its own. */
export async function call(
	nas: Nas,
	method: string,
	params: Form = {},
	{ version = '1', api = 'SYNO.Backup.Task' } = {},
): Promise<DsmResponse> {
	const { sid, token } = await session(nas, nas.options.dsm === '6.2' ? '6' : '7');
	return await post(nas, { api, version, method, _sid: sid, ...params }, { 'X-SYNO-TOKEN': token });
}

/** The documented dialect's reads are GETs, with the session in the address. */
export async function get(nas: Nas, query: Form): Promise<DsmResponse> {
	const { sid, token } = await session(nas);
	const url = new URL(`${nas.url}/webapi/entry.cgi`);
	url.search = new URLSearchParams({
		api: 'SYNO.Backup.Task',
		version: '1',
		_sid: sid,
		...query,
	}).toString();
	return (await (await fetch(url, { headers: { 'X-SYNO-TOKEN': token } })).json()) as DsmResponse;
}

export const code = async (response: Promise<DsmResponse>): Promise<number> =>
	(await response).error?.code ?? 0;

export interface TaskView {
	state?: unknown;
	status?: unknown;
	result?: unknown;
	end?: unknown;
}

const LIST_FIELDS = '["last_bkp_time","last_bkp_result","next_bkp_time"]';

/** What `list` shows of a task, or undefined if it is not there. */
export async function listed(nas: Nas, id: number | string = 1): Promise<TaskView | undefined> {
	const { data } = await call(nas, 'list', { additional: LIST_FIELDS });
	const rows = data!.task_list as Array<Record<string, unknown>>;
	const row = rows.find(({ task_id }) => task_id === id);
	return row && view(row);
}

export async function status(nas: Nas, id: number | string = 1): Promise<TaskView> {
	const { data } = await call(nas, 'status', {
		task_id: JSON.stringify(id),
		additional: LIST_FIELDS,
	});
	return view(data!);
}

const view = (row: Record<string, unknown>): TaskView => ({
	state: row.state,
	status: row.status,
	result: row.last_bkp_result,
	end: row.last_bkp_end_time,
});
