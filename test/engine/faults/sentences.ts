import type { Doing } from './faults';

/** What a user reads in n8n, word for word: by fault, and by what was being done. */
export const SENTENCES: Record<string, Partial<Record<Doing, string>>> = {
	'nothing listens on the port': {
		'Get Many': "'nas:5001' refused the connection",
		Run: "Task '1' was not started. 'nas:5001' refused the connection",
		'the credential test':
			"'nas:5001' refused the connection. The NAS may be off or starting, the port may be wrong (DSM: 5001 for HTTPS, 5000 for HTTP), or a firewall may refuse n8n.",
	},
	'the host name does not exist': {
		'Get Many': "The host name 'no-such-nas.invalid' was not found",
		Run: "Task '1' was not started. The host name 'no-such-nas.invalid' was not found",
		'the credential test':
			"The host name 'no-such-nas.invalid' was not found. Check 'NAS Address' in the credential, and the DNS that n8n uses. A Docker container has its own DNS.",
	},
	'the NAS goes off while in use': {
		'Get Many': "'nas:5001' refused the connection",
		'Get Status': "Task '1' could not be read. 'nas:5001' refused the connection",
		Run: "Task '1' was not started. 'nas:5001' refused the connection",
		Cancel: "Task '1' was not canceled. 'nas:5001' refused the connection",
		'a poll of the trigger': "'nas:5001' refused the connection",
	},
	'the connection is closed without a response': {
		'Get Many': "'nas:5001' closed the connection before it responded",
		'Get Status':
			"Task '1' could not be read. 'nas:5001' closed the connection before it responded",
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. 'nas:5001' closed the connection before it responded",
		Cancel: "Task '1' was not canceled. 'nas:5001' closed the connection before it responded",
		'a poll of the trigger': "'nas:5001' closed the connection before it responded",
	},
	'no response ever comes': {
		'Get Many': "'nas:5001' did not respond in time",
		'Get Status': "Task '1' could not be read. 'nas:5001' did not respond in time",
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. 'nas:5001' did not respond in time",
		Cancel: "Task '1' was not canceled. 'nas:5001' did not respond in time",
	},
	'the response drips in without end': {
		'Get Many': "'nas:5001' did not respond in time",
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. 'nas:5001' did not respond in time",
	},
	'self-signed certificate': {
		'Get Many':
			"The certificate of 'nas:5001' is self-signed or from an issuer that n8n does not know",
		Run: "Task '1' was not started. The certificate of 'nas:5001' is self-signed or from an issuer that n8n does not know",
		'the credential test':
			"The certificate of 'nas:5001' is self-signed or from an issuer that n8n does not know. Two safe ways: paste the certificate into 'CA Certificate' in the credential (DSM: Control Panel > Security > Certificate > Action > Export certificate), or give the NAS a certificate from a known issuer, such as Let's Encrypt, for the name in 'NAS Address'.",
	},
	'expired certificate': {
		'Get Many': "The certificate of 'nas:5001' has expired or is not valid yet",
		Run: "Task '1' was not started. The certificate of 'nas:5001' has expired or is not valid yet",
		'the credential test':
			"The certificate of 'nas:5001' has expired or is not valid yet. Renew or replace it in DSM: Control Panel > Security > Certificate. If it should be valid, check the clocks of the NAS and of n8n.",
	},
	'certificate for another name': {
		'Get Many': "The certificate is not valid for the name '127.0.0.1'",
		Run: "Task '1' was not started. The certificate is not valid for the name '127.0.0.1'",
		'the credential test':
			"The certificate is not valid for the name '127.0.0.1'. Two safe ways: in 'NAS Address', enter the name the certificate was issued for, or paste the certificate into 'CA Certificate' in the credential (DSM: Control Panel > Security > Certificate > Action > Export certificate). n8n then trusts exactly this certificate under any name.",
	},
	'another certificate than the pasted one': {
		'Get Many': "The certificate of 'nas:5001' does not match 'CA Certificate' in the credential",
		Run: "Task '1' was not started. The certificate of 'nas:5001' does not match 'CA Certificate' in the credential",
		'the credential test':
			"The certificate of 'nas:5001' does not match 'CA Certificate' in the credential. The NAS may have a new certificate: export it again and replace it in the credential. n8n 2.8 and older ignore 'CA Certificate': update n8n, or start it with NODE_EXTRA_CA_CERTS.",
	},
	'https:// to a port that speaks http': {
		'Get Many': "A secure connection to 'nas:5001' is not possible",
		Run: "Task '1' was not started. A secure connection to 'nas:5001' is not possible",
		'the credential test':
			"A secure connection to 'nas:5001' is not possible. The port probably uses plain HTTP. Use https:// with port 5001, or http:// with port 5000.",
	},
	'http:// to a port that speaks https': {
		'Get Many': "'nas:5001' closed the connection before it responded",
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. 'nas:5001' closed the connection before it responded",
		'the credential test':
			"'nas:5001' closed the connection before it responded. The NAS may be starting or shutting down. If it keeps happening, check that http:// or https:// matches the port.",
	},
	'NAS Address: no address': {
		'Get Many': "'NAS Address' in the credential is empty",
		'the credential test':
			"'NAS Address' in the credential is empty. Enter the address including the port, e.g. 'https://nas.example.com:5001' (DSM's usual ports: 5001 for HTTPS, 5000 for HTTP).",
	},
	'NAS Address: no scheme': {
		'Get Many': "'NAS Address' in the credential must start with https:// or http://",
		'the credential test':
			"'NAS Address' in the credential must start with https:// or http://. Enter the address including the port, e.g. 'https://nas.example.com:5001' (DSM's usual ports: 5001 for HTTPS, 5000 for HTTP).",
	},
	'NAS Address: a QuickConnect ID': {
		'Get Many': "'NAS Address' in the credential is only a name, such as a QuickConnect ID",
		'the credential test':
			"'NAS Address' in the credential is only a name, such as a QuickConnect ID. QuickConnect does not support DSM's web API. Enter the address including the port, e.g. 'https://nas.example.com:5001' (DSM's usual ports: 5001 for HTTPS, 5000 for HTTP).",
	},
	'NAS Address: a QuickConnect address': {
		'Get Many': "'NAS Address' in the credential is a QuickConnect address",
		'the credential test':
			"'NAS Address' in the credential is a QuickConnect address. QuickConnect does not support DSM's web API. Enter the address of the NAS in your network, its DDNS name, or a VPN address.",
	},
	'NAS Address: an account in the address': {
		'Get Many': "'NAS Address' in the credential contains a user name or password",
		'the credential test':
			"'NAS Address' in the credential contains a user name or password. Enter only the address there, and use the fields 'Username' and 'Password'.",
	},
	'NAS Address: no valid address': {
		'Get Many': "'NAS Address' in the credential is not a valid address",
		'the credential test':
			"'NAS Address' in the credential is not a valid address. Enter the address including the port, e.g. 'https://nas.example.com:5001' (DSM's usual ports: 5001 for HTTPS, 5000 for HTTP).",
	},
	'HTTP 404': {
		'Get Many': 'DSM was not found at this address (HTTP 404)',
		'Get Status': "Task '1' could not be read. DSM was not found at this address (HTTP 404)",
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. DSM was not found at this address (HTTP 404)",
		Cancel: "Task '1' was not canceled. DSM was not found at this address (HTTP 404)",
		'a poll of the trigger': 'DSM was not found at this address (HTTP 404)',
	},
	'HTTP 500': {
		'Get Many': 'The web server in front of DSM responded with HTTP 500',
		'Get Status':
			"Task '1' could not be read. The web server in front of DSM responded with HTTP 500",
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. The web server in front of DSM responded with HTTP 500",
		Cancel: "Task '1' was not canceled. The web server in front of DSM responded with HTTP 500",
		'a poll of the trigger': 'The web server in front of DSM responded with HTTP 500',
	},
	'HTTP 502': {
		'Get Many': 'The web server in front of DSM responded with HTTP 502',
		'Get Status':
			"Task '1' could not be read. The web server in front of DSM responded with HTTP 502",
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. The web server in front of DSM responded with HTTP 502",
		Cancel: "Task '1' was not canceled. The web server in front of DSM responded with HTTP 502",
		'a poll of the trigger': 'The web server in front of DSM responded with HTTP 502',
	},
	'HTTP 503': {
		'Get Many': 'The web server in front of DSM responded with HTTP 503',
		'Get Status':
			"Task '1' could not be read. The web server in front of DSM responded with HTTP 503",
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. The web server in front of DSM responded with HTTP 503",
		Cancel: "Task '1' was not canceled. The web server in front of DSM responded with HTTP 503",
		'a poll of the trigger': 'The web server in front of DSM responded with HTTP 503',
	},
	'HTTP 429 from a proxy': {
		'Get Status':
			"Task '1' could not be read. The web server in front of DSM responded with HTTP 429",
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. The web server in front of DSM responded with HTTP 429",
	},
	'redirect to https': {
		'Get Many': 'The NAS redirects to another address: https://nas.example.com:5001',
		Run: "Task '1' was not started. The NAS redirects to another address: https://nas.example.com:5001",
		'the credential test':
			"The NAS redirects to another address: https://nas.example.com:5001. n8n does not send a login through redirects. Set 'NAS Address' in the credential to https://nas.example.com:5001.",
	},
	'redirect to QuickConnect': {
		'Get Many': "'NAS Address' leads to QuickConnect",
		'the credential test':
			"'NAS Address' leads to QuickConnect. QuickConnect does not support DSM's web API. In 'NAS Address', enter the address of the NAS in your network, its DDNS name, or a VPN address.",
	},
	'redirect to another path of the same host': {
		'Get Many': 'The NAS redirects to another address: http://nas:5001/dsm',
		'the credential test':
			"The NAS redirects to another address: http://nas:5001/dsm. n8n does not send a login through redirects. Set 'NAS Address' in the credential to http://nas:5001/dsm.",
	},
	'redirect to the very same address': {
		'Get Many': 'The web server in front of DSM redirects to the address that was used',
		'the credential test':
			'The web server in front of DSM redirects to the address that was used. Check the redirect and rewrite rules of the reverse proxy for the path /webapi/.',
	},
	'redirect to a sign-in page': {
		'Get Many': 'A sign-in page is in front of the NAS: https://home.cloudflareaccess.com',
		Run: "Task '1' was not started. A sign-in page is in front of the NAS: https://home.cloudflareaccess.com",
		'the credential test':
			"A sign-in page is in front of the NAS: https://home.cloudflareaccess.com. n8n cannot sign in there. Exclude the path /webapi/ from the sign-in, or set 'NAS Address' in the credential to an address that reaches DSM directly.",
	},
	'redirect to a sign-in page on the same host': {
		'Get Many': 'A sign-in page is in front of the NAS: http://nas:5001',
		'the credential test':
			"A sign-in page is in front of the NAS: http://nas:5001. n8n cannot sign in there. Exclude the path /webapi/ from the sign-in, or set 'NAS Address' in the credential to an address that reaches DSM directly.",
	},
	'HTTP 401 from a proxy': {
		'Get Status':
			"Task '1' could not be read. The web server in front of DSM responded with HTTP 401",
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. The web server in front of DSM responded with HTTP 401",
	},
	'a web page': {
		'Get Many': 'A web page responded instead of DSM',
		'Get Status': "Task '1' could not be read. A web page responded instead of DSM",
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. A web page responded instead of DSM",
		Cancel: "Task '1' was not canceled. A web page responded instead of DSM",
		'a poll of the trigger': 'A web page responded instead of DSM',
	},
	"QuickConnect's page": {
		'Get Many': 'A QuickConnect page responded instead of DSM',
		'the credential test':
			"A QuickConnect page responded instead of DSM. QuickConnect does not support DSM's web API. In 'NAS Address', enter the address of the NAS in your network, its DDNS name, or a VPN address.",
	},
	'an empty response': {
		'Get Many': 'The NAS sent an empty response',
		'Get Status': "Task '1' could not be read. The NAS sent an empty response",
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. The NAS sent an empty response",
		Cancel: "Task '1' was not canceled. The NAS sent an empty response",
		'a poll of the trigger': 'The NAS sent an empty response',
	},
	'a response cut off': {
		'Get Many': 'The response from the NAS was cut off or damaged',
		'Get Status': "Task '1' could not be read. The response from the NAS was cut off or damaged",
		'a poll of the trigger': 'The response from the NAS was cut off or damaged',
	},
	'a response with bytes that belong to no text': {
		'Get Many': 'The response from the NAS was cut off or damaged',
		'Get Status': "Task '1' could not be read. The response from the NAS was cut off or damaged",
	},
	'a response of 10 MB': {
		'Get Many': 'The response from the NAS is larger than 8 MB',
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. The response from the NAS is larger than 8 MB",
	},
	'a response nested 100,000 levels deep': {
		'Get Many': 'The response from the NAS is nested too deeply',
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. The response from the NAS is nested too deeply",
	},
	'a list of more than 10,000 entries': {
		'Get Many': 'The NAS sent a list of more than 10,000 entries',
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. The NAS sent a list of more than 10,000 entries",
		'a poll of the trigger': 'The NAS sent a list of more than 10,000 entries',
	},
	'more than a million values': {
		'Get Many': 'The response from the NAS has too many values',
		'a poll of the trigger': 'The response from the NAS has too many values',
	},
	"another device's JSON": {
		'Get Many': 'Something other than DSM responded',
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. Something other than DSM responded",
	},
	null: {
		'Get Many': 'Something other than DSM responded',
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. Something other than DSM responded",
	},
	'success as a text': {
		'Get Many': 'Something other than DSM responded',
		Run: "Task '1': it is not known whether the NAS accepted 'run': its response was lost, and the state of the task does not show it. Something other than DSM responded",
	},
	'success without data': {
		'Get Many': 'The NAS left the list of tasks out of its response',
		'Get Status': "Task '1' could not be read. The NAS left the task out of its response",
		'a poll of the trigger': 'The NAS left the list of tasks out of its response',
	},
	'data of another type': {
		'Get Many': 'The NAS left the list of tasks out of its response',
		'Get Status': "Task '1' could not be read. The NAS left the task out of its response",
	},
	'a list that is none': {
		'Get Many': 'The NAS left the list of tasks out of its response',
		'a poll of the trigger': 'The NAS left the list of tasks out of its response',
	},
	'a list shorter than its total': {
		'Get Many': 'The NAS left the list of tasks out of its response',
		'a poll of the trigger': 'The NAS left the list of tasks out of its response',
	},
	'rows that are no objects': {
		'Get Many': 'The NAS listed a task without its ID',
		'a poll of the trigger': 'The NAS listed a task without its ID',
	},
	'a refusal without a code': {
		'Get Status': "Task '1' could not be read. The NAS reported an unknown error (100)",
		Run: "Task '1' was not started. The NAS reported an unknown error (100)",
	},
	'DSM reports 100': {
		'Get Status': "Task '1' could not be read. The NAS reported an unknown error (100)",
		Run: "Task '1' was not started. The NAS reported an unknown error (100)",
	},
	'DSM reports 101': {
		'Get Status':
			"Task '1' could not be read. The NAS found no API, method or version in the request (101)",
		Run: "Task '1' was not started. The NAS found no API, method or version in the request (101)",
	},
	'DSM reports 103': {
		'Get Status': "Task '1' could not be read. The NAS does not know this method (103)",
		Run: "Task '1' was not started. The NAS does not know this method (103)",
	},
	'DSM reports 104': {
		'Get Status':
			"Task '1' could not be read. The NAS does not offer the required version of this API (104)",
		Run: "Task '1' was not started. The NAS does not offer the required version of this API (104)",
	},
	'DSM reports 105': {
		'Get Status': "Task '1' could not be read. The account has no permission to use Hyper Backup",
		Run: "Task '1' was not started. The account has no permission to use Hyper Backup",
		'a poll of the trigger': 'The account has no permission to use Hyper Backup',
		'the credential test':
			'The account has no permission to use Hyper Backup. Add it to the administrators group: Control Panel > User & Group. A delegated Hyper Backup role may not be enough.',
	},
	'DSM reports 106': {
		'Get Status': "Task '1' could not be read. The session on the NAS has timed out (106)",
		Run: "Task '1' was not started. The session on the NAS has timed out (106)",
	},
	'DSM reports 107': {
		'Get Status':
			"Task '1' could not be read. The session on the NAS was ended by another login of the same account (107)",
		Run: "Task '1' was not started. The session on the NAS was ended by another login of the same account (107)",
	},
	'DSM reports 109': {
		'Get Status': "Task '1' could not be read. The NAS is busy or unstable (109)",
		Run: "Task '1' was not started. The NAS is busy or unstable (109)",
	},
	'DSM reports 114': {
		'Get Status': "Task '1' could not be read. The NAS reported a missing parameter (114)",
		Run: "Task '1' was not started. The NAS reported a missing parameter (114)",
	},
	'DSM reports 117': {
		'Get Status':
			"Task '1' could not be read. The NAS is busy, or the account lacks manager rights (117)",
		Run: "Task '1' was not started. The NAS is busy, or the account lacks manager rights (117)",
	},
	'DSM reports 119': {
		'Get Status': "Task '1' could not be read. The NAS does not accept the session (119)",
		Run: "Task '1' was not started. The NAS does not accept the session (119)",
		'a poll of the trigger': 'The NAS does not accept the session (119)',
		'the credential test':
			'The NAS does not accept the session (119). n8n logged in again, but that did not help. A proxy may drop cookies or the X-SYNO-TOKEN header, or the NAS ends sessions at once.',
	},
	'DSM reports 150': {
		'Get Status':
			"Task '1' could not be read. The NAS ended the session because the request came from another IP address (150)",
		Run: "Task '1' was not started. The NAS ended the session because the request came from another IP address (150)",
	},
	'DSM reports 160': {
		'Get Status':
			"Task '1' could not be read. The account is not allowed to use this application (160)",
		Run: "Task '1' was not started. The account is not allowed to use this application (160)",
	},
	'DSM reports 4400': {
		'Get Status': "Task '1' could not be read. Hyper Backup rejected the request (4400)",
		Run: "Task '1' was not started. Hyper Backup rejected the request (4400)",
	},
	'DSM reports 4401': {
		'Get Status': "Task '1' could not be read. Hyper Backup refused the request (4401)",
		Run: "Task '1' was not started. Hyper Backup refused the request (4401)",
	},
	'DSM reports 4467': {
		'Get Status': "Task '1' could not be read. The backup destination is broken (4467)",
		Run: "Task '1' was not started. The backup destination is broken (4467)",
	},
	'DSM reports 4499': {
		'Get Status': "Task '1' could not be read. Hyper Backup refused the request with code 4499",
		Run: "Task '1' was not started. Hyper Backup refused the request with code 4499",
	},
	'Hyper Backup is not installed': {
		'Get Many': 'Hyper Backup is not installed on this NAS, or it is stopped',
		Run: "Task '1' was not started. Hyper Backup is not installed on this NAS, or it is stopped",
		'the credential test':
			'Hyper Backup is not installed on this NAS, or it is stopped. Install or start it in Package Center on the NAS.',
	},
	'Hyper Backup is stopped while in use': {
		'Get Many': 'Hyper Backup is not installed on this NAS, or it is stopped',
		Run: "Task '1' was not started. Hyper Backup is not installed on this NAS, or it is stopped",
		'a poll of the trigger': 'Hyper Backup is not installed on this NAS, or it is stopped',
	},
	'DSM names the parameter it does not accept (120)': {
		'Get Status':
			"Task '1' could not be read. The NAS rejected a parameter (120) ('task_id': type)",
		Run: "Task '1' was not started. The NAS rejected a parameter (120) ('task_id': type)",
	},
	'DSM names something that was not sent (120)': {
		'Get Status': "Task '1' could not be read. The NAS rejected a parameter (120)",
		Run: "Task '1' was not started. The NAS rejected a parameter (120)",
	},
	'the login is refused with 400': {
		'Get Many': 'The NAS refused the login: no such account, or the password is wrong',
		'the credential test':
			"The NAS refused the login: no such account, or the password is wrong. Check 'Username' and 'Password' in the credential. DSM counts wrong attempts (Auto Block). To keep DSM from blocking this host, n8n does not try this login again before (time) UTC. A changed credential is tried at once.",
	},
	'the login is refused with 401': {
		'Get Many': 'The NAS refused the login: the account is disabled',
		'the credential test':
			'The NAS refused the login: the account is disabled. Enable the account in DSM: Control Panel > User & Group. The guest account cannot be used. To keep DSM from blocking this host, n8n does not try this login again before (time) UTC. A changed credential is tried at once.',
	},
	'the login is refused with 402': {
		'Get Many': 'The NAS refused the login: the account is not allowed to sign in to DSM',
		'the credential test':
			"The NAS refused the login: the account is not allowed to sign in to DSM. Allow the application 'DSM' for this account: Control Panel > User & Group > Edit > Applications. To keep DSM from blocking this host, n8n does not try this login again before (time) UTC. A changed credential is tried at once.",
	},
	'the login is refused with 403': {
		'Get Many': 'The NAS requires a two-factor code',
		'the credential test':
			"The NAS requires a two-factor code. The account uses 2-factor authentication. Fill in 'Two-Factor Secret' or 'Trusted Device ID' in the credential. Or give n8n an administrator account of its own without it, and limit that account to this n8n host in DSM's firewall. To keep DSM from blocking this host, n8n does not try this login again before (time) UTC. A changed credential is tried at once.",
	},
	'the login is refused with 404': {
		'Get Many': 'The NAS refused the two-factor code',
		'the credential test':
			"The NAS refused the two-factor code. Check that 'Two-Factor Secret' in the credential is the latest key of this account: setting up 2-factor authentication again creates a new key. Check the clock of the NAS, too. To keep DSM from blocking this host, n8n does not try this login again before (time) UTC. A changed credential is tried at once.",
	},
	'the login is refused with 405': {
		'Get Many': 'The NAS refused the login with code 405',
		'the credential test':
			'The NAS refused the login with code 405. This code is not documented for logins. Sign in with the same account in a browser, and check Log Center on the NAS. To keep DSM from blocking this host, n8n does not try this login again before (time) UTC. A changed credential is tried at once.',
	},
	'the login is refused with 406': {
		'Get Many':
			'The NAS requires 2-factor authentication for this account, but it is not set up yet',
		'the credential test':
			"The NAS requires 2-factor authentication for this account, but it is not set up yet. Sign in to DSM in a browser, set it up, and enter the key shown there as 'Two-Factor Secret' in the credential. Or exempt this account: Control Panel > Security > Account. To keep DSM from blocking this host, n8n does not try this login again before (time) UTC. A changed credential is tried at once.",
	},
	'the login is refused with 407': {
		'Get Many': "The NAS has blocked this host's IP address (Auto Block)",
		'the credential test':
			"The NAS has blocked this host's IP address (Auto Block). Remove it from the list in DSM: Control Panel > Security > Protection > Allow/Block List. Behind a reverse proxy, the blocked address is the proxy's. To keep DSM from blocking this host, n8n does not try this login again before (time) UTC. A changed credential is tried at once.",
	},
	'the login is refused with 408': {
		'Get Many':
			'The NAS refused the login: the password has expired, and this account is not allowed to change it',
		'the credential test':
			'The NAS refused the login: the password has expired, and this account is not allowed to change it. Have an administrator set a new password in DSM, then update the credential. To keep DSM from blocking this host, n8n does not try this login again before (time) UTC. A changed credential is tried at once.',
	},
	'the login is refused with 409': {
		'Get Many': 'The NAS refused the login: the password has expired',
		'the credential test':
			'The NAS refused the login: the password has expired. Sign in to DSM in a browser, set a new password, then update the credential. To keep DSM from blocking this host, n8n does not try this login again before (time) UTC. A changed credential is tried at once.',
	},
	'the login is refused with 410': {
		'Get Many': 'The NAS refused the login: the password must be changed first',
		'the credential test':
			'The NAS refused the login: the password must be changed first. Sign in to DSM in a browser with this account, set a new password, then update the credential. To keep DSM from blocking this host, n8n does not try this login again before (time) UTC. A changed credential is tried at once.',
	},
	'the login is refused with 411': {
		'Get Many': 'The NAS refused the login: the account is locked after too many attempts',
		'the credential test':
			'The NAS refused the login: the account is locked after too many attempts. Unlock it in DSM: Control Panel > Security > Account, or wait until the lock ends. To keep DSM from blocking this host, n8n does not try this login again before (time) UTC. A changed credential is tried at once.',
	},
	'the login is refused with 499': {
		'Get Many': 'The NAS refused the login with code 499',
		'the credential test':
			'The NAS refused the login with code 499. This code is not documented for logins. Sign in with the same account in a browser, and check Log Center on the NAS. To keep DSM from blocking this host, n8n does not try this login again before (time) UTC. A changed credential is tried at once.',
	},
	'the credential is read-only': {
		Run: 'The backup was not started: the credential is read-only',
		Cancel: 'The backup was not canceled: the credential is read-only',
	},
};
