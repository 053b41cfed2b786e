import type { ErrorKind } from './DsmError';

interface Sentence {
	message: string;
	description: string;
}
interface ApiSentence extends Sentence {
	kind: ErrorKind;
}

/** `SYNO.API.Auth` only: File Station and Core APIs use the same numbers for other things. Evidence: docs/dsm-api.md, "Login". */
const LOGIN: Record<number, Sentence> = {
	400: {
		message: 'The NAS refused the login: no such account, or the password is wrong',
		description:
			"Check 'Username' and 'Password' in the credential. Each wrong attempt counts towards DSM's Auto Block, so the login is not repeated by itself.",
	},
	401: {
		message: 'The NAS refused the login: the account is disabled',
		description:
			'Enable the account in DSM: Control Panel > User & Group. The guest account cannot be used.',
	},
	402: {
		message: 'The NAS refused the login: the account may not sign in to DSM',
		description:
			"Allow the application 'DSM' for this account: Control Panel > User & Group > Edit > Applications.",
	},
	403: {
		message: 'The NAS asks for a two-factor code',
		description:
			"The account uses 2-factor authentication: fill in 'Two-Factor Secret' in the credential, or 'Trusted Device ID'. Or use a separate administrator account without it for n8n, kept to this n8n host by DSM's firewall.",
	},
	404: {
		message: 'The NAS refused the two-factor code',
		description:
			"Check that 'Two-Factor Secret' in the credential is the key of this very account and is the latest one: setting up 2-factor authentication again makes a new key. Check the clock of the NAS too.",
	},
	406: {
		message: 'The NAS enforces 2-factor authentication for this account, and it is not set up yet',
		description:
			"Sign in to DSM in a browser once, set it up, and enter the key shown there in 'Two-Factor Secret' of the credential. Or exempt this account: Control Panel > Security > Account.",
	},
	407: {
		message: "The NAS has blocked this host's IP address (Auto Block)",
		description:
			"Remove it in DSM: Control Panel > Security > Protection > Allow/Block List. Behind a reverse proxy the blocked address is the proxy's.",
	},
	408: {
		message:
			'The NAS refused the login: the password has expired and this account may not change it',
		description: 'Let an administrator set a new password in DSM, then update the credential.',
	},
	409: {
		message: 'The NAS refused the login: the password has expired',
		description: 'Sign in to DSM in a browser, set a new password, then update the credential.',
	},
	410: {
		message: 'The NAS refused the login: the password must be changed first',
		description:
			'Sign in to DSM in a browser with this account, set a new password, then update the credential.',
	},
	411: {
		message: 'The NAS refused the login: the account is locked after too many attempts',
		description:
			'Unlock it in DSM: Control Panel > Security > Account, or wait until the lock ends.',
	},
};

/** What the credential answered to DSM's question for a second factor. */
export type SecondFactor = 'none' | 'device' | 'code';

/** 403 again, although something was given in answer. */
const NOT_ENOUGH: Record<Exclude<SecondFactor, 'none'>, Sentence> = {
	device: {
		message:
			'The NAS does not trust the device ID of the credential, and asks for a two-factor code',
		description:
			"'Trusted Device ID' and 'Device Name' in the credential must be those of one registration; DSM forgets a device when the password changes or an administrator removes it, and sometimes asks all the same. Register the device anew, or fill in 'Two-Factor Secret'.",
	},
	code: {
		message: 'The NAS asks for a second factor other than the code it was given',
		description:
			"Check in DSM (Personal > Security > 2-Factor Authentication) that one-time codes (OTP) are among the account's methods. Approval by app or a hardware key needs a person.",
	},
};

export function sentenceForLoginCode(code: number, tried: SecondFactor): Sentence {
	if (code === 403 && tried !== 'none') return NOT_ENOUGH[tried];
	return (
		LOGIN[code] ?? {
			message: `The NAS refused the login with code ${code}`,
			description:
				'This code is not known for logins. Try the same account in a browser; the DSM log (Log Center) may say more.',
		}
	);
}

const SESSION_AGAIN =
	'A new login was tried and did not help. Something between n8n and the NAS changes the requests (a proxy that drops cookies or the header X-SYNO-TOKEN), or sessions are ended at once.';

/** The codes every DSM API shares. Evidence: docs/dsm-api.md, "Error codes". */
const COMMON: Record<number, ApiSentence> = {
	100: {
		kind: 'refused',
		message: 'The NAS answered with an unknown error (100)',
		description: 'DetectionInput into Log Center on the NAS, then try again.',
	},
	101: {
		kind: 'parameter',
		message: 'The NAS missed the API, method or version in the request (101)',
		description: 'Something between n8n and the NAS changed the request: look at the proxy.',
	},
	102: {
		kind: 'apiMissing',
		message: 'The NAS does not offer this API (102)',
		description: 'The package is not installed or is stopped: look into Package Center on the NAS.',
	},
	103: {
		kind: 'methodMissing',
		message: 'The NAS does not know this method (103)',
		description:
			'Its version of Hyper Backup may be too old or too new for this operation. DSM says the same when a proxy drops the X-SYNO-TOKEN header.',
	},
	104: {
		kind: 'methodMissing',
		message: 'The NAS does not offer the needed version of this API (104)',
		description: 'Update DSM and Hyper Backup on the NAS.',
	},
	105: {
		kind: 'noPermission',
		message: 'The account has no right to use Hyper Backup',
		description:
			'Put it into the administrators group: Control Panel > User & Group. Whether a delegated Hyper Backup role is enough has not been proven.',
	},
	106: {
		kind: 'sessionInvalid',
		message: 'The session on the NAS has timed out (106)',
		description: SESSION_AGAIN,
	},
	107: {
		kind: 'sessionInvalid',
		message: 'The session on the NAS was ended by another login of the same account (107)',
		description: 'Give n8n an account of its own.',
	},
	109: {
		kind: 'refused',
		message: 'The NAS is busy or unstable (109)',
		description: 'Try again in a minute.',
	},
	110: {
		kind: 'refused',
		message: 'The NAS is busy or unstable (110)',
		description: 'Try again in a minute.',
	},
	111: {
		kind: 'refused',
		message: 'The NAS is busy or unstable (111)',
		description: 'Try again in a minute.',
	},
	114: {
		kind: 'parameter',
		message: 'The NAS missed a parameter (114)',
		description: 'Check the values of this operation.',
	},
	117: {
		kind: 'refused',
		message: 'The NAS is busy, or the account lacks manager rights (117)',
		description: 'Try again in a minute; if it stays, use an account of the administrators group.',
	},
	118: {
		kind: 'refused',
		message: 'The NAS is busy or unstable (118)',
		description: 'Try again in a minute.',
	},
	119: {
		kind: 'sessionInvalid',
		message: 'The NAS does not accept the session (119)',
		description: SESSION_AGAIN,
	},
	120: {
		kind: 'parameter',
		message: 'The NAS did not accept a parameter (120)',
		description: 'Check the values of this operation.',
	},
	150: {
		kind: 'sessionInvalid',
		message: 'The NAS ended the session because the request came from another IP address (150)',
		description:
			'n8n reaches the NAS by changing addresses. Give it a fixed way, or switch off DSM\'s "Enhance security by checking IP address" for this case.',
	},
	160: {
		kind: 'noPermission',
		message: 'The account may not use this application (160)',
		description: 'Allow it for this account: Control Panel > User & Group > Edit > Applications.',
	},
};

/** `SYNO.Backup.*` and its relatives. No complete table exists in public; 4401 is also DSM's "no error" in a task's status. */
const BACKUP: Record<number, ApiSentence> = {
	4400: {
		kind: 'refused',
		message: 'Hyper Backup did not accept the request (4400)',
		description:
			'The task may be gone, or not in a state that allows this. DetectionInput at it in Hyper Backup.',
	},
	4401: {
		kind: 'refused',
		message: 'Hyper Backup refused (4401)',
		description:
			'The task may be gone, or not in a state that allows this. DetectionInput at it in Hyper Backup.',
	},
	4458: {
		kind: 'refused',
		message: 'Hyper Backup is not configured for this (4458)',
		description: 'Open Hyper Backup on the NAS and finish the set-up.',
	},
	4462: {
		kind: 'refused',
		message: 'Hyper Backup found something that exists already (4462)',
		description: 'Choose another target.',
	},
	4467: {
		kind: 'refused',
		message: 'The backup destination is broken (4467)',
		description:
			'Open the task in Hyper Backup: it can only be restored from until the destination is repaired.',
	},
};

/** DSM names the parameter in `errors: {name, reason}` with 120. */
function parameterName(details: unknown): string {
	if (typeof details !== 'object' || details === null) return '';
	const { name, reason } = details as { name?: unknown; reason?: unknown };
	if (typeof name !== 'string') return '';
	return ` ('${name.slice(0, 60)}'${typeof reason === 'string' ? `: ${reason.slice(0, 60)}` : ''})`;
}

export function sentenceForApiCode(api: string, code: number, details?: unknown): ApiSentence {
	const backup = /^SYNO\.(Backup|SDS\.Backup)\./.test(api);
	const known = COMMON[code] ?? (backup ? BACKUP[code] : undefined);
	if (known) return { ...known, message: known.message + parameterName(details) };
	return {
		kind: 'refused',
		message: `${backup && code >= 4400 && code < 4500 ? 'Hyper Backup' : 'The NAS'} refused with code ${code}`,
		description:
			'This code is not documented. DetectionInput at the task in Hyper Backup and at its log there.',
	};
}
