import type { Doing } from './faults';

/** What a person reads in n8n, word for word: by fault, and by what was being done. */
export const SENTENCES: Record<string, Partial<Record<Doing, string>>> = {
	'nothing listens on the port': {
		'Get Many': "'nas:5001' refused the connection",
		Run: "Task '1' was not started. 'nas:5001' refused the connection",
		'the credential test':
			"'nas:5001' refused the connection. The NAS is off or starting, or the port is wrong (DSM: 5001 for HTTPS, 5000 for HTTP), or a firewall refuses n8n.",
	},
	'the host name does not exist': {
		'Get Many': "The host name 'no-such-nas.invalid' was not found",
		Run: "Task '1' was not started. The host name 'no-such-nas.invalid' was not found",
		'the credential test':
			"The host name 'no-such-nas.invalid' was not found. Check the NAS Address, and that n8n can resolve this name (in Docker: the container has its own DNS).",
	},
	'the NAS goes off while in use': {
		'Get Many': "'nas:5001' refused the connection",
		'Get Status': "Task '1' was not read. 'nas:5001' refused the connection",
		Run: "Task '1' was not started. 'nas:5001' refused the connection",
		Cancel: "Task '1' was not canceled. 'nas:5001' refused the connection",
		'a poll of the trigger': "'nas:5001' refused the connection",
	},
	'the connection is closed without an answer': {
		'Get Many': "'nas:5001' closed the connection before it answered",
		'Get Status': "Task '1' was not read. 'nas:5001' closed the connection before it answered",
		Run: "Task '1': cannot tell whether the NAS accepted 'run': its answer was lost, and the task's state does not tell. 'nas:5001' closed the connection before it answered",
		Cancel: "Task '1' was not canceled. 'nas:5001' closed the connection before it answered",
		'a poll of the trigger': "'nas:5001' closed the connection before it answered",
	},
	'no answer ever comes': {
		'Get Many': "'nas:5001' did not answer in time",
		'Get Status': "Task '1' was not read. 'nas:5001' did not answer in time",
		Run: "Task '1': cannot tell whether the NAS accepted 'run': its answer was lost, and the task's state does not tell. 'nas:5001' did not answer in time",
		Cancel: "Task '1' was not canceled. 'nas:5001' did not answer in time",
		'a poll of the trigger': "'nas:5001' did not answer in time",
	},
	'the answer drips in without end': {
		'Get Many': "'nas:5001' did not answer in time",
		Run: "Task '1': cannot tell whether the NAS accepted 'run': its answer was lost, and the task's state does not tell. 'nas:5001' did not answer in time",
	},
	'self-signed certificate': {
		'Get Many': "The certificate of 'nas:5001' is self-signed or its issuer is not known to n8n",
		Run: "Task '1' was not started. The certificate of 'nas:5001' is self-signed or its issuer is not known to n8n",
		'the credential test':
			"The certificate of 'nas:5001' is self-signed or its issuer is not known to n8n. Two safe ways: paste the certificate into 'CA Certificate' of the credential (DSM: Control Panel > Security > Certificate > Action > Export certificate), or give the NAS a certificate of a known issuer, such as Let's Encrypt, for the name in 'NAS Address'.",
	},
	'expired certificate': {
		'Get Many': "The certificate of 'nas:5001' has expired or is not valid yet",
		Run: "Task '1' was not started. The certificate of 'nas:5001' has expired or is not valid yet",
		'the credential test':
			"The certificate of 'nas:5001' has expired or is not valid yet. Two safe ways: renew or replace it in DSM (Control Panel > Security > Certificate), or - if it should be valid - set the clocks of the NAS and of n8n right.",
	},
	'certificate for another name': {
		'Get Many': "The certificate is not made for the name '127.0.0.1'",
		Run: "Task '1' was not started. The certificate is not made for the name '127.0.0.1'",
		'the credential test':
			"The certificate is not made for the name '127.0.0.1'. Two safe ways: enter in 'NAS Address' the name the certificate is made for, or paste the certificate into 'CA Certificate' of the credential (DSM: Control Panel > Security > Certificate > Action > Export certificate): exactly this certificate is then trusted under any name.",
	},
	'another certificate than the pasted one': {
		'Get Many':
			"The certificate of 'nas:5001' is neither the one in 'CA Certificate' of the credential nor issued by it",
		Run: "Task '1' was not started. The certificate of 'nas:5001' is neither the one in 'CA Certificate' of the credential nor issued by it",
		'the credential test':
			"The certificate of 'nas:5001' is neither the one in 'CA Certificate' of the credential nor issued by it. The NAS may have a new certificate: export it again and replace it in the credential. n8n 2.8 and older do not use 'CA Certificate': update n8n, or start it with NODE_EXTRA_CA_CERTS.",
	},
	'https:// to a port that speaks http': {
		'Get Many': "No secure connection to 'nas:5001' is possible",
		Run: "Task '1' was not started. No secure connection to 'nas:5001' is possible",
		'the credential test':
			"No secure connection to 'nas:5001' is possible. The port probably speaks plain HTTP: use https:// with 5001, or http:// with 5000.",
	},
	'http:// to a port that speaks https': {
		'Get Many': "'nas:5001' closed the connection before it answered",
		Run: "Task '1': cannot tell whether the NAS accepted 'run': its answer was lost, and the task's state does not tell. 'nas:5001' closed the connection before it answered",
		'the credential test':
			"'nas:5001' closed the connection before it answered. The NAS may be starting or going down. If it stays, check that http:// or https:// fits the port.",
	},
	'NAS Address: no address': {
		'Get Many': "The 'NAS Address' of the credential is empty",
		'the credential test':
			"The 'NAS Address' of the credential is empty. Enter it with its port, e.g. 'https://nas.example.com:5001' (DSM's usual ports: 5001 for HTTPS, 5000 for HTTP).",
	},
	'NAS Address: no scheme': {
		'Get Many': "The 'NAS Address' of the credential must start with https:// or http://",
		'the credential test':
			"The 'NAS Address' of the credential must start with https:// or http://. Enter it with its port, e.g. 'https://nas.example.com:5001' (DSM's usual ports: 5001 for HTTPS, 5000 for HTTP).",
	},
	'NAS Address: a QuickConnect ID': {
		'Get Many':
			"The 'NAS Address' of the credential is only a name, such as a QuickConnect ID, and no address",
		'the credential test':
			"The 'NAS Address' of the credential is only a name, such as a QuickConnect ID, and no address. QuickConnect does not carry DSM's web API. Enter it with its port, e.g. 'https://nas.example.com:5001' (DSM's usual ports: 5001 for HTTPS, 5000 for HTTP).",
	},
	'NAS Address: a QuickConnect address': {
		'Get Many':
			"The 'NAS Address' of the credential is a QuickConnect address, which does not carry DSM's web API",
		'the credential test':
			"The 'NAS Address' of the credential is a QuickConnect address, which does not carry DSM's web API. Use the address of the NAS in your network, its DDNS name, or a VPN.",
	},
	'NAS Address: an account in the address': {
		'Get Many': "The 'NAS Address' of the credential holds an account",
		'the credential test':
			"The 'NAS Address' of the credential holds an account. Leave only the address there, and use the fields 'Username' and 'Password'.",
	},
	'NAS Address: no valid address': {
		'Get Many': "The 'NAS Address' of the credential is not a valid address",
		'the credential test':
			"The 'NAS Address' of the credential is not a valid address. Enter it with its port, e.g. 'https://nas.example.com:5001' (DSM's usual ports: 5001 for HTTPS, 5000 for HTTP).",
	},
	'HTTP 404': {
		'Get Many': 'There is no DSM at this address (HTTP 404)',
		'Get Status': "Task '1' was not read. There is no DSM at this address (HTTP 404)",
		Run: "Task '1': cannot tell whether the NAS accepted 'run': its answer was lost, and the task's state does not tell. There is no DSM at this address (HTTP 404)",
		Cancel: "Task '1' was not canceled. There is no DSM at this address (HTTP 404)",
		'a poll of the trigger': 'There is no DSM at this address (HTTP 404)',
	},
	'HTTP 500': {
		'Get Many': 'The web server in front of DSM answered with HTTP 500',
		'Get Status': "Task '1' was not read. The web server in front of DSM answered with HTTP 500",
		Run: "Task '1': cannot tell whether the NAS accepted 'run': its answer was lost, and the task's state does not tell. The web server in front of DSM answered with HTTP 500",
		Cancel: "Task '1' was not canceled. The web server in front of DSM answered with HTTP 500",
		'a poll of the trigger': 'The web server in front of DSM answered with HTTP 500',
	},
	'HTTP 502': {
		'Get Many': 'The web server in front of DSM answered with HTTP 502',
		'Get Status': "Task '1' was not read. The web server in front of DSM answered with HTTP 502",
		Run: "Task '1': cannot tell whether the NAS accepted 'run': its answer was lost, and the task's state does not tell. The web server in front of DSM answered with HTTP 502",
		Cancel: "Task '1' was not canceled. The web server in front of DSM answered with HTTP 502",
		'a poll of the trigger': 'The web server in front of DSM answered with HTTP 502',
	},
	'HTTP 503': {
		'Get Many': 'The web server in front of DSM answered with HTTP 503',
		'Get Status': "Task '1' was not read. The web server in front of DSM answered with HTTP 503",
		Run: "Task '1': cannot tell whether the NAS accepted 'run': its answer was lost, and the task's state does not tell. The web server in front of DSM answered with HTTP 503",
		Cancel: "Task '1' was not canceled. The web server in front of DSM answered with HTTP 503",
		'a poll of the trigger': 'The web server in front of DSM answered with HTTP 503',
	},
	'HTTP 429 from a proxy': {
		'Get Status': "Task '1' was not read. The web server in front of DSM answered with HTTP 429",
		Run: "Task '1': cannot tell whether the NAS accepted 'run': its answer was lost, and the task's state does not tell. The web server in front of DSM answered with HTTP 429",
	},
	'redirect to https': {
		'Get Many': 'The NAS redirects to another address: https://nas.example.com:5001',
		Run: "Task '1' was not started. The NAS redirects to another address: https://nas.example.com:5001",
		'the credential test':
			"The NAS redirects to another address: https://nas.example.com:5001. A login is not sent through redirects. Set 'NAS Address' in the credential to https://nas.example.com:5001.",
	},
	'redirect to QuickConnect': {
		'Get Many': 'The NAS Address leads to QuickConnect',
		'the credential test':
			"The NAS Address leads to QuickConnect. QuickConnect does not carry DSM's web API. Enter the NAS's address in your network, its DDNS name, or a VPN address as 'NAS Address'.",
	},
	'a web page': {
		'Get Many': 'A web page answered instead of DSM',
		'Get Status': "Task '1' was not read. A web page answered instead of DSM",
		Run: "Task '1': cannot tell whether the NAS accepted 'run': its answer was lost, and the task's state does not tell. A web page answered instead of DSM",
		Cancel: "Task '1' was not canceled. A web page answered instead of DSM",
		'a poll of the trigger': 'A web page answered instead of DSM',
	},
	"QuickConnect's page": {
		'Get Many': 'A QuickConnect page answered instead of DSM',
		'the credential test':
			"A QuickConnect page answered instead of DSM. QuickConnect does not carry DSM's web API. Enter the NAS's address in your network, its DDNS name, or a VPN address as 'NAS Address'.",
	},
	'an empty answer': {
		'Get Many': 'The NAS sent an empty answer',
		'Get Status': "Task '1' was not read. The NAS sent an empty answer",
		Run: "Task '1': cannot tell whether the NAS accepted 'run': its answer was lost, and the task's state does not tell. The NAS sent an empty answer",
		Cancel: "Task '1' was not canceled. The NAS sent an empty answer",
		'a poll of the trigger': 'The NAS sent an empty answer',
	},
	'an answer cut off': {
		'Get Many': 'The answer of the NAS was cut off or damaged',
		'Get Status': "Task '1' was not read. The answer of the NAS was cut off or damaged",
		'a poll of the trigger': 'The answer of the NAS was cut off or damaged',
	},
	'an answer with bytes that belong to no text': {
		'Get Many': 'The answer of the NAS was cut off or damaged',
		'Get Status': "Task '1' was not read. The answer of the NAS was cut off or damaged",
	},
	'an answer of 10 MB': {
		'Get Many': 'The answer of the NAS is larger than 8 MB, and was not read',
		Run: "Task '1': cannot tell whether the NAS accepted 'run': its answer was lost, and the task's state does not tell. The answer of the NAS is larger than 8 MB, and was not read",
	},
	'an answer nested 100,000 levels deep': {
		'Get Many': 'The answer of the NAS is nested too deeply to be one of DSM',
		Run: "Task '1': cannot tell whether the NAS accepted 'run': its answer was lost, and the task's state does not tell. The answer of the NAS is nested too deeply to be one of DSM",
	},
	"another device's JSON": {
		'Get Many': 'Something other than DSM answered',
		Run: "Task '1': cannot tell whether the NAS accepted 'run': its answer was lost, and the task's state does not tell. Something other than DSM answered",
	},
	null: {
		'Get Many': 'Something other than DSM answered',
		Run: "Task '1': cannot tell whether the NAS accepted 'run': its answer was lost, and the task's state does not tell. Something other than DSM answered",
	},
	'success as a text': {
		'Get Many': 'Something other than DSM answered',
		Run: "Task '1': cannot tell whether the NAS accepted 'run': its answer was lost, and the task's state does not tell. Something other than DSM answered",
	},
	'success without data': {
		'Get Many': 'The NAS left the list of tasks out of its answer',
		'Get Status': "Task '1' was not read. The NAS left the task out of its answer",
		'a poll of the trigger': 'The NAS left the list of tasks out of its answer',
	},
	'data of another type': {
		'Get Many': 'The NAS left the list of tasks out of its answer',
		'Get Status': "Task '1' was not read. The NAS left the task out of its answer",
	},
	'a list that is none': {
		'Get Many': 'The NAS left the list of tasks out of its answer',
		'a poll of the trigger': 'The NAS left the list of tasks out of its answer',
	},
	'a list shorter than its total': {
		'Get Many': 'The NAS left the list of tasks out of its answer',
		'a poll of the trigger': 'The NAS left the list of tasks out of its answer',
	},
	'rows that are no objects': {
		'Get Many': 'The NAS left the list of tasks out of its answer',
		'a poll of the trigger': 'The NAS left the list of tasks out of its answer',
	},
	'a refusal without a code': {
		'Get Status': "Task '1' was not read. The NAS answered with an unknown error (100)",
		Run: "Task '1' was not started. The NAS answered with an unknown error (100)",
	},
	'DSM answers 100': {
		'Get Status': "Task '1' was not read. The NAS answered with an unknown error (100)",
		Run: "Task '1' was not started. The NAS answered with an unknown error (100)",
	},
	'DSM answers 101': {
		'Get Status':
			"Task '1' was not read. The NAS missed the API, method or version in the request (101)",
		Run: "Task '1' was not started. The NAS missed the API, method or version in the request (101)",
	},
	'DSM answers 103': {
		'Get Status': "Task '1' was not read. The NAS does not know this method (103)",
		Run: "Task '1' was not started. The NAS does not know this method (103)",
	},
	'DSM answers 104': {
		'Get Status':
			"Task '1' was not read. The NAS does not offer the needed version of this API (104)",
		Run: "Task '1' was not started. The NAS does not offer the needed version of this API (104)",
	},
	'DSM answers 105': {
		'Get Status': "Task '1' was not read. The account has no right to use Hyper Backup",
		Run: "Task '1' was not started. The account has no right to use Hyper Backup",
		'a poll of the trigger': 'The account has no right to use Hyper Backup',
		'the credential test':
			'The account has no right to use Hyper Backup. Put it into the administrators group: Control Panel > User & Group. Whether a delegated Hyper Backup role is enough has not been proven.',
	},
	'DSM answers 106': {
		'Get Status': "Task '1' was not read. The session on the NAS has timed out (106)",
		Run: "Task '1' was not started. The session on the NAS has timed out (106)",
	},
	'DSM answers 107': {
		'Get Status':
			"Task '1' was not read. The session on the NAS was ended by another login of the same account (107)",
		Run: "Task '1' was not started. The session on the NAS was ended by another login of the same account (107)",
	},
	'DSM answers 109': {
		'Get Status': "Task '1' was not read. The NAS is busy or unstable (109)",
		Run: "Task '1' was not started. The NAS is busy or unstable (109)",
	},
	'DSM answers 114': {
		'Get Status': "Task '1' was not read. The NAS missed a parameter (114)",
		Run: "Task '1' was not started. The NAS missed a parameter (114)",
	},
	'DSM answers 117': {
		'Get Status':
			"Task '1' was not read. The NAS is busy, or the account lacks manager rights (117)",
		Run: "Task '1' was not started. The NAS is busy, or the account lacks manager rights (117)",
	},
	'DSM answers 119': {
		'Get Status': "Task '1' was not read. The NAS does not accept the session (119)",
		Run: "Task '1' was not started. The NAS does not accept the session (119)",
		'a poll of the trigger': 'The NAS does not accept the session (119)',
		'the credential test':
			'The NAS does not accept the session (119). A new login was tried and did not help. Something between n8n and the NAS changes the requests (a proxy that drops cookies or the header X-SYNO-TOKEN), or sessions are ended at once.',
	},
	'DSM answers 150': {
		'Get Status':
			"Task '1' was not read. The NAS ended the session because the request came from another IP address (150)",
		Run: "Task '1' was not started. The NAS ended the session because the request came from another IP address (150)",
	},
	'DSM answers 160': {
		'Get Status': "Task '1' was not read. The account may not use this application (160)",
		Run: "Task '1' was not started. The account may not use this application (160)",
	},
	'DSM answers 4400': {
		'Get Status': "Task '1' was not read. Hyper Backup did not accept the request (4400)",
		Run: "Task '1' was not started. Hyper Backup did not accept the request (4400)",
	},
	'DSM answers 4401': {
		'Get Status': "Task '1' was not read. Hyper Backup refused (4401)",
		Run: "Task '1' was not started. Hyper Backup refused (4401)",
	},
	'DSM answers 4467': {
		'Get Status': "Task '1' was not read. The backup destination is broken (4467)",
		Run: "Task '1' was not started. The backup destination is broken (4467)",
	},
	'DSM answers 4499': {
		'Get Status': "Task '1' was not read. Hyper Backup refused with code 4499",
		Run: "Task '1' was not started. Hyper Backup refused with code 4499",
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
			"Task '1' was not read. The NAS did not accept a parameter (120) ('task_id': type)",
		Run: "Task '1' was not started. The NAS did not accept a parameter (120) ('task_id': type)",
	},
	'the login is refused with 400': {
		'Get Many': 'The NAS refused the login: no such account, or the password is wrong',
		'the credential test':
			"The NAS refused the login: no such account, or the password is wrong. Check 'Username' and 'Password' in the credential. Each wrong attempt counts towards DSM's Auto Block, so the login is not repeated by itself.",
	},
	'the login is refused with 401': {
		'Get Many': 'The NAS refused the login: the account is disabled',
		'the credential test':
			'The NAS refused the login: the account is disabled. Enable the account in DSM: Control Panel > User & Group. The guest account cannot be used.',
	},
	'the login is refused with 402': {
		'Get Many': 'The NAS refused the login: the account may not sign in to DSM',
		'the credential test':
			"The NAS refused the login: the account may not sign in to DSM. Allow the application 'DSM' for this account: Control Panel > User & Group > Edit > Applications.",
	},
	'the login is refused with 403': {
		'Get Many': 'The NAS asks for a two-factor code',
		'the credential test':
			"The NAS asks for a two-factor code. The account uses 2-factor authentication: fill in 'Two-Factor Secret' in the credential, or 'Trusted Device ID'. Or use a separate administrator account without it for n8n, kept to this n8n host by DSM's firewall.",
	},
	'the login is refused with 404': {
		'Get Many': 'The NAS refused the two-factor code',
		'the credential test':
			"The NAS refused the two-factor code. Check that 'Two-Factor Secret' in the credential is the key of this very account and is the latest one: setting up 2-factor authentication again makes a new key. Check the clock of the NAS too.",
	},
	'the login is refused with 405': {
		'Get Many': 'The NAS refused the login with code 405',
		'the credential test':
			'The NAS refused the login with code 405. This code is not known for logins. Try the same account in a browser; the DSM log (Log Center) may say more.',
	},
	'the login is refused with 406': {
		'Get Many':
			'The NAS enforces 2-factor authentication for this account, and it is not set up yet',
		'the credential test':
			"The NAS enforces 2-factor authentication for this account, and it is not set up yet. Sign in to DSM in a browser once, set it up, and enter the key shown there in 'Two-Factor Secret' of the credential. Or exempt this account: Control Panel > Security > Account.",
	},
	'the login is refused with 407': {
		'Get Many': "The NAS has blocked this host's IP address (Auto Block)",
		'the credential test':
			"The NAS has blocked this host's IP address (Auto Block). Remove it in DSM: Control Panel > Security > Protection > Allow/Block List. Behind a reverse proxy the blocked address is the proxy's.",
	},
	'the login is refused with 408': {
		'Get Many':
			'The NAS refused the login: the password has expired and this account may not change it',
		'the credential test':
			'The NAS refused the login: the password has expired and this account may not change it. Let an administrator set a new password in DSM, then update the credential.',
	},
	'the login is refused with 409': {
		'Get Many': 'The NAS refused the login: the password has expired',
		'the credential test':
			'The NAS refused the login: the password has expired. Sign in to DSM in a browser, set a new password, then update the credential.',
	},
	'the login is refused with 410': {
		'Get Many': 'The NAS refused the login: the password must be changed first',
		'the credential test':
			'The NAS refused the login: the password must be changed first. Sign in to DSM in a browser with this account, set a new password, then update the credential.',
	},
	'the login is refused with 411': {
		'Get Many': 'The NAS refused the login: the account is locked after too many attempts',
		'the credential test':
			'The NAS refused the login: the account is locked after too many attempts. Unlock it in DSM: Control Panel > Security > Account, or wait until the lock ends.',
	},
	'the login is refused with 499': {
		'Get Many': 'The NAS refused the login with code 499',
		'the credential test':
			'The NAS refused the login with code 499. This code is not known for logins. Try the same account in a browser; the DSM log (Log Center) may say more.',
	},
	'the credential is read-only': {
		Run: 'The backup was not started: the credential is read-only',
		Cancel: 'The backup was not canceled: the credential is read-only',
	},
};
