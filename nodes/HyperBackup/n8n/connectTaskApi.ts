import { CREDENTIAL_TYPE, DEFAULT_TIMEOUT, DsmClient, type DsmContext } from '../dsm/DsmClient';
import { TaskApi } from '../hyperBackup/task/TaskApi';

/** How the user called the NAS: the credential's name in n8n. */
function nasName(context: DsmContext): string | null {
	return context.getNode().credentials?.[CREDENTIAL_TYPE]?.name ?? null;
}

/** The tasks of the NAS of this context's credential. `timeout` in milliseconds for one request. */
export async function connectTaskApi(
	context: DsmContext,
	timeout = DEFAULT_TIMEOUT,
	itemIndex?: number,
): Promise<TaskApi> {
	const client = await DsmClient.connect(context, { timeout, itemIndex });
	return new TaskApi(client, context.getTimezone(), nasName(context));
}

/**
 * One connection for each distinct credential: an expression in it may name another NAS for every
 * item.
 */
export class Connections {
	private readonly open = new Map<string, TaskApi>();

	constructor(
		private readonly context: DsmContext,
		private readonly timeout: number,
	) {}

	async forItem(itemIndex: number): Promise<TaskApi> {
		const api = await connectTaskApi(this.context, this.timeout, itemIndex);
		const key = api.client.identity;
		const known = this.open.get(key);
		if (known) return known;
		this.open.set(key, api);
		return api;
	}
}
