import type { ErrorKind } from './ErrorKind';
import type { RejectedParameter } from './rejectedParameter';

interface Sentence {
	message: string;
	description: string;
}
interface ApiSentence extends Sentence {
	kind: ErrorKind;
}

/**
 * `SYNO.API.Auth` only: File Station and Core APIs use the same numbers for other things. Evidence:
 * docs/dsm-api.md, "Login".
 */
const LOGIN: Record<number, Sentence> = {
	400: {
		message: 'The NAS refused the login: no such account, or the password is wrong',
		description:
			"Check 'Username' and 'Password' in the credential. DSM counts wrong attempts (Auto Block).",
	},
	401: {
		message: 'The NAS refused the login: the account is disabled',
		description:
			'Enable the account in DSM: Control Panel > User & Group. The guest account cannot be used.',
	},
	402: {
		message: 'The NAS refused the login: the account is not allowed to sign in to DSM',
		description:
			"Allow the application 'DSM' for this account: Control Panel > User & Group > Edit " +
			'> Applications.',
	},
	403: {
		message: 'The NAS requires a two-factor code',
		description:
			"The account uses 2-factor authentication. Fill in 'Two-Factor Secret' or 'Trusted " +
			"Device ID' in the credential. Or give n8n an administrator account of its own " +
			"without it, and limit that account to this n8n host in DSM's firewall.",
	},
	404: {
		message: 'The NAS refused the two-factor code',
		description:
			"Check that 'Two-Factor Secret' in the credential is the latest key of this " +
			'account: setting up 2-factor authentication again creates a new key. Check the ' +
			'clock of the NAS, too.',
	},
	406: {
		message: 'The NAS requires 2-factor authentication for this account, but it is not set up yet',
		description:
			'Sign in to DSM in a browser, set it up, and enter the key shown there as ' +
			"'Two-Factor Secret' in the credential. Or exempt this account: Control Panel > " +
			'Security > Account.',
	},
	407: {
		message: "The NAS has blocked this host's IP address (Auto Block)",
		description:
			'Remove it from the list in DSM: Control Panel > Security > Protection > ' +
			"Allow/Block List. Behind a reverse proxy, the blocked address is the proxy's.",
	},
	408: {
		message:
			'The NAS refused the login: the password has expired, and this account is not ' +
			'allowed to change it',
		description: 'Have an administrator set a new password in DSM, then update the credential.',
	},
	409: {
		message: 'The NAS refused the login: the password has expired',
		description: 'Sign in to DSM in a browser, set a new password, then update the credential.',
	},
	410: {
		message: 'The NAS refused the login: the password must be changed first',
		description:
			'Sign in to DSM in a browser with this account, set a new password, then update the ' +
			'credential.',
	},
	411: {
		message: 'The NAS refused the login: the account is locked after too many attempts',
		description:
			'Unlock it in DSM: Control Panel > Security > Account, or wait until the lock ends.',
	},
};

/** The second factor that was sent with the login. */
export type SecondFactor = 'none' | 'device' | 'code';

/** 403 again, although a second factor was sent. */
const NOT_ENOUGH: Record<Exclude<SecondFactor, 'none'>, Sentence> = {
	device: {
		message:
			'The NAS does not trust the device ID in the credential and requires a two-factor code',
		description:
			"'Trusted Device ID' and 'Device Name' must come from the same registration. DSM " +
			'forgets a device when the password changes or an administrator removes it, and ' +
			'sometimes requires a code anyway. Register the device again, or fill in ' +
			"'Two-Factor Secret'.",
	},
	code: {
		message: 'The NAS requires a second factor other than the one-time code it received',
		description:
			'Check in DSM (Personal > Security > 2-Factor Authentication) that one-time codes ' +
			"(OTP) are among the account's methods. n8n cannot use approval by app or a " +
			'hardware key: both need a user.',
	},
};

export function sentenceForLoginCode(code: number, tried: SecondFactor): Sentence {
	if (code === 403 && tried !== 'none') return NOT_ENOUGH[tried];
	return (
		LOGIN[code] ?? {
			message: `The NAS refused the login with code ${code}`,
			description:
				'This code is not documented for logins. Sign in with the same account in a ' +
				'browser, and check Log Center on the NAS.',
		}
	);
}

const SESSION_AGAIN =
	'n8n logged in again, but that did not help. A proxy may drop cookies or the ' +
	'X-SYNO-TOKEN header, or the NAS ends sessions at once.';

/** The codes every DSM API shares. Evidence: docs/dsm-api.md, "Error codes". */
const COMMON: Record<number, ApiSentence> = {
	100: {
		kind: 'refused',
		message: 'The NAS reported an unknown error (100)',
		description: 'Check Log Center on the NAS, then try again.',
	},
	101: {
		kind: 'parameter',
		message: 'The NAS found no API, method or version in the request (101)',
		description: 'Something between n8n and the NAS changed the request. Check the proxy.',
	},
	102: {
		kind: 'apiMissing',
		message: 'The NAS does not offer this API (102)',
		description: 'The package is not installed or is stopped. Check Package Center on the NAS.',
	},
	103: {
		kind: 'methodMissing',
		message: 'The NAS does not know this method (103)',
		description:
			'Hyper Backup on the NAS may be too old or too new for this operation. DSM also ' +
			'reports this when a proxy drops the X-SYNO-TOKEN header.',
	},
	104: {
		kind: 'methodMissing',
		message: 'The NAS does not offer the required version of this API (104)',
		description: 'Update DSM and Hyper Backup on the NAS.',
	},
	105: {
		kind: 'noPermission',
		message: 'The account has no permission to use Hyper Backup',
		description:
			'Add it to the administrators group: Control Panel > User & Group. A delegated ' +
			'Hyper Backup role may not be enough.',
	},
	106: {
		kind: 'sessionInvalid',
		message: 'The session on the NAS has timed out (106)',
		description: SESSION_AGAIN,
	},
	107: {
		kind: 'sessionInvalid',
		message: 'The session on the NAS was ended by another login of the same account (107)',
		description: 'Use a separate DSM account for n8n.',
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
		message: 'The NAS reported a missing parameter (114)',
		description: 'Check the values of this operation.',
	},
	117: {
		kind: 'refused',
		message: 'The NAS is busy, or the account lacks manager rights (117)',
		description:
			'Try again in a minute. If it keeps happening, use an account in the administrators group.',
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
		message: 'The NAS rejected a parameter (120)',
		description: 'Check the values of this operation.',
	},
	150: {
		kind: 'sessionInvalid',
		message: 'The NAS ended the session because the request came from another IP address (150)',
		description:
			'n8n reaches the NAS from changing addresses. Use a fixed route, or turn off ' +
			'"Enhance security by checking IP address" in DSM.',
	},
	160: {
		kind: 'noPermission',
		message: 'The account is not allowed to use this application (160)',
		description: 'Allow it for this account: Control Panel > User & Group > Edit > Applications.',
	},
};

/**
 * `SYNO.Backup.*` and its relatives. No complete table exists in public; 4401 is also DSM's "no
 * error" in a task's status.
 */
const BACKUP: Record<number, ApiSentence> = {
	4400: {
		kind: 'refused',
		message: 'Hyper Backup rejected the request (4400)',
		description:
			'The task may have been deleted, or its state does not allow this. Check the task ' +
			'in Hyper Backup.',
	},
	4401: {
		kind: 'refused',
		message: 'Hyper Backup refused the request (4401)',
		description:
			'The task may have been deleted, or its state does not allow this. Check the task ' +
			'in Hyper Backup.',
	},
	4458: {
		kind: 'refused',
		message: 'Hyper Backup is not configured for this (4458)',
		description: 'Open Hyper Backup on the NAS and finish the setup.',
	},
	4462: {
		kind: 'refused',
		message: 'The target already exists (4462)',
		description: 'Choose another target.',
	},
	4467: {
		kind: 'refused',
		message: 'The backup destination is broken (4467)',
		description:
			'Open the task in Hyper Backup. Until the destination is repaired, you can only ' +
			'restore from it.',
	},
};

function inBrackets({ name, reason }: RejectedParameter): string {
	return ` ('${name}'${reason === undefined ? '' : `: ${reason}`})`;
}

export function sentenceForApiCode(
	api: string,
	code: number,
	rejected?: RejectedParameter,
): ApiSentence {
	const backup = /^SYNO\.(Backup|SDS\.Backup)\./.test(api);
	const known = COMMON[code] ?? (backup ? BACKUP[code] : undefined);
	if (known)
		return { ...known, message: `${known.message}${rejected ? inBrackets(rejected) : ''}` };
	return {
		kind: 'refused',
		message:
			`${backup && code >= 4400 && code < 4500 ? 'Hyper Backup' : 'The NAS'} refused the ` +
			`request with code ${code}`,
		description: 'This code is not documented. Check the task and its log in Hyper Backup.',
	};
}
