import { TaskApi } from '../hyperBackup/task/TaskApi';
import { CREDENTIAL_TYPE, DEFAULT_TIMEOUT, DsmClient, type DsmContext } from '../dsm/DsmClient';

/** How the user called the NAS: the credential's name in n8n. */
function nasName(context: DsmContext): string | null {
	return context.getNode().credentials?.[CREDENTIAL_TYPE]?.name ?? null;
}

/** The tasks of the NAS of this context's credential. `timeout` in milliseconds for one request. */
export async function connectTaskApi(
	context: DsmContext,
	timeout = DEFAULT_TIMEOUT,
): Promise<TaskApi> {
	const client = await DsmClient.connect(context, timeout);
	return new TaskApi(client, context.getTimezone(), nasName(context));
}
