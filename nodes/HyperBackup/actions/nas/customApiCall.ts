import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Call } from '../../dsm/DsmClient';
import { DsmError } from '../../dsm/errors/DsmError';
import { isKnownRead } from '../../dsm/session/readOnlyGuard';
import { maskSecrets } from '../../hyperBackup/task/maskSecrets';
import { TaskError } from '../../hyperBackup/task/TaskError';
import type { Invocation, Operation, Where } from '../Invocation';
import { isLost } from '../lostResponse';
import { flagParameter, jsonParameter, numberParameter, textParameter } from '../parameters';

const fields: INodeProperties[] = [
	{
		displayName: 'API',
		name: 'apiName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. SYNO.Backup.Repository',
		description: "DSM's name of the API. Diagnose lists the ones that belong to Hyper Backup.",
	},
	{
		displayName: 'Version',
		name: 'apiVersion',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 1,
		description: 'The version of the API. The highest one that DSM offers may have no method.',
	},
	{
		displayName: 'Method',
		name: 'apiMethod',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. list',
		description: "DSM's name of the method, with its capital and small letters",
	},
	{
		displayName: 'Parameters',
		name: 'apiParameters',
		type: 'json',
		default: '{}',
		description: 'The parameters of the method, as a JSON object',
	},
	{
		displayName: 'Allow Changes',
		name: 'allowChanges',
		type: 'boolean',
		default: false,
		description:
			'Whether to send a call that may change or delete something on the NAS: every call that is ' +
			'not known to only read',
	},
];

/** Logging in and out is the credential's, and a compound could hold calls of every kind. */
const REFUSED = ['SYNO.API.Auth', 'SYNO.API.Encryption', 'SYNO.Entry.Request'];
/** Sent with every call by themselves. */
const RESERVED = ['api', 'version', 'method', '_sid', 'synotoken'];

const apiParameter = (where: Where): string => {
	const api = textParameter(where, 'apiName', 'API') ?? '';
	if (!/^SYNO(\.[A-Za-z]\w*)+$/.test(api) || api.length > 100) {
		throw new TaskError(
			`'API' must be a name such as SYNO.Backup.Repository, and is '${api.slice(0, 60)}'`,
			"Correct it. 'Diagnose' lists the APIs of the NAS that belong to Hyper Backup.",
		);
	}
	if (!REFUSED.includes(api)) return api;
	throw new TaskError(
		`'${api}' cannot be called by this operation`,
		'The node logs in by itself, and each call is sent by itself.',
	);
};

const methodParameter = (where: Where): string => {
	const method = textParameter(where, 'apiMethod', 'Method') ?? '';
	if (/^[A-Za-z_]\w{0,63}$/.test(method)) return method;
	throw new TaskError(
		`'Method' must be a name such as list, and is '${method.slice(0, 60)}'`,
		'Correct it.',
	);
};

function parametersOf(where: Where): NonNullable<Call['parameters']> {
	const parameters = jsonParameter(where, 'apiParameters', 'Parameters');
	const reserved = Object.keys(parameters).find((name) => RESERVED.includes(name.toLowerCase()));
	if (reserved === undefined) return parameters as NonNullable<Call['parameters']>;
	throw new TaskError(
		`'Parameters' must not contain '${reserved}'`,
		'The node sends it by itself. Take it out.',
	);
}

/** Read and checked before anything is sent. */
function callOf(where: Where): Call & { reads: boolean } {
	const api = apiParameter(where);
	const method = methodParameter(where);
	const version = numberParameter(where, 'apiVersion', {
		label: 'Version',
		fallback: 1,
		min: 1,
		max: 100,
	});
	const parameters = parametersOf(where);
	const reads = isKnownRead({ ...parameters, api, method });
	return { api, version: Math.floor(version), method, parameters, reads };
}

/** A call that may have changed something is not repeated by *Retry On Fail* either. */
function settled({ attempt }: Invocation, call: ReturnType<typeof callOf>, error: unknown) {
	if (call.reads || !(error instanceof DsmError) || !isLost(error)) return error;
	attempt.settled = new DsmError({
		kind: error.kind,
		httpStatus: error.httpStatus,
		message:
			`It is not known whether the NAS accepted '${call.method}' of '${call.api}': its ` +
			`response was lost. ${error.message}`,
		description: 'The request was not repeated. Check on the NAS what has changed.',
	});
	return attempt.settled;
}

async function send(invocation: Invocation, call: ReturnType<typeof callOf>): Promise<unknown> {
	try {
		return await invocation.api.client.call(call);
	} catch (error) {
		throw settled(invocation, call, error);
	}
}

/** Any call of DSM's web API, for what nobody has documented. One request. */
export const customApiCall: Operation = {
	option: {
		name: 'Custom API Call',
		action: 'Call an API of the NAS',
		description:
			"Call a method of DSM's web API by its name, and return what the NAS sends (experimental). " +
			'Secrets in the response are masked.',
	},
	fields,
	check: (where) => {
		const { api, method, reads } = callOf(where);
		if (flagParameter(where, 'allowChanges', 'Allow Changes') || reads) return;
		throw new TaskError(
			`'${method}' of '${api}' is not known to only read, so it was not sent`,
			"Turn on 'Allow Changes' if it may change something on the NAS.",
		);
	},
	changes: (where) => {
		const { api, method, reads } = callOf(where);
		return reads ? undefined : `'${method}' of '${api}' was not sent`;
	},
	execute: async (invocation) => {
		const { api } = invocation;
		const call = callOf(invocation);
		const data = maskSecrets(await send(invocation, call));
		const { api: name, version, method } = call;
		const whose = { success: true, api: name, version, method, nas: api.nas };
		return [{ ...whose, data: (data ?? null) as IDataObject }];
	},
};
