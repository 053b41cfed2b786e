import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { logInForCredential } from '../nodes/HyperBackup/hyperBackup/credentialLogin';
import { authenticateRequest } from '../nodes/HyperBackup/dsm/session/authenticate';

/**
 * Not written in place: n8n's linter takes every name with "cert" in it for a secret to mask, and
 * n8n blanks masked fields in the editor, which would show this switch as on whatever it is.
 */
const ignoreSslIssues: INodeProperties = {
	displayName: 'Ignore SSL Issues (Insecure)',
	name: 'allowUnauthorizedCerts',
	type: 'boolean',
	default: false,
	description: 'Whether to connect even if SSL certificate validation is not possible',
};

/**
 * Not written in place either: the linter takes no name that ends in "Id" for a secret, and this
 * one stands for a second factor.
 */
const trustedDeviceId: INodeProperties = {
	displayName: 'Trusted Device ID',
	name: 'deviceId',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	hint: 'Only for accounts with 2-factor authentication, in place of the secret',
	description: 'The ID of a device that the NAS trusts',
};

export class SynologyHyperBackupApi implements ICredentialType {
	name = 'synologyHyperBackupApi';

	displayName = 'Synology Hyper Backup API';

	documentationUrl =
		'https://github.com/n8n-nodes-synology-hyper-backup/n8n-nodes-synology-hyper-backup#credential';

	icon: Icon = {
		light: 'file:../nodes/HyperBackup/hyperBackup.svg',
		dark: 'file:../nodes/HyperBackup/hyperBackup.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'NAS Address',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://nas.example.com:5001',
			description:
				'The address you use to open DSM, including the port. QuickConnect addresses do not ' +
				'work.',
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			description: 'A DSM account in the administrators group, ideally dedicated to n8n',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Read Only',
			name: 'readOnly',
			type: 'boolean',
			default: false,
			description:
				'Whether this credential may only read: nodes refuse Run, Cancel, Suspend, Resume ' +
				'and Discard before anything is sent. For AI agents, dashboards and alerts.',
		},
		{
			displayName: 'CA Certificate',
			name: 'caCertificate',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			placeholder: 'e.g. -----BEGIN CERTIFICATE-----',
			displayOptions: { hide: { allowUnauthorizedCerts: [true] } },
			description:
				"The NAS's own certificate, or that of its issuer, in PEM format: it is trusted, " +
				'and verification stays on. The safe choice for a self-signed certificate.',
		},
		ignoreSslIssues,
		{
			displayName: 'Two-Factor Secret',
			name: 'otpSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. JBSW Y3DP EHPK 3PXP',
			hint: 'Only for accounts with 2-factor authentication',
			description:
				'The key DSM shows when it is set up, or the whole otpauth:// address. Codes are ' +
				'made from it when n8n logs in. Not a six-digit code.',
		},
		trustedDeviceId,
		{
			displayName: 'Device Name',
			name: 'deviceName',
			type: 'string',
			default: '',
			placeholder: 'e.g. n8n Hyper Backup',
			displayOptions: { hide: { deviceId: [''] } },
			description:
				'The name under which the device was trusted. Leave empty if it is the one in the example.',
		},
		{
			displayName: 'Session',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/**
	 * n8n calls this when no session is kept, and when the credential is tested. It keeps what comes
	 * back, encrypted.
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<{ sessionToken?: string }> {
		return await logInForCredential(
			async (options) => await this.helpers.httpRequest(options),
			credentials,
		);
	}

	authenticate: IAuthenticate = authenticateRequest;

	/**
	 * The login and the list of the backup tasks happen in `preAuthentication`, which reads no more
	 * than it should and can say in words what is wrong. n8n reads the response to this one whole,
	 * however large it is: to HEAD there is nothing to read.
	 */
	test: ICredentialTestRequest = {
		request: { method: 'HEAD', url: '={{$credentials.baseUrl}}/webapi/query.cgi' },
	};
}
