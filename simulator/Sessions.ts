import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { ApiCall } from './ApiCall';
import { DsmFailure } from './DsmFailure';
import type { Account, NasOptions } from './types';

export interface OpenSession {
	sid: string;
	account: Account;
	/** Empty if the login did not request it: then no call needs it. */
	token: string;
	usedAt: number;
	remote: string;
	authVersion: number;
}

export interface LoginAttempt {
	at: number;
	account: string;
	code: number;
}

/** Logins, sessions, trusted devices and Auto Block. */
export class Sessions {
	readonly open: OpenSession[] = [];

	/** Every login that reached this NAS, good or bad. */
	readonly attempts: LoginAttempt[] = [];

	/** Addresses on the block list. */
	readonly blocked = new Set<string>();

	private readonly ended = new Map<string, number>();

	private readonly devices = new Map<string, { account: string; name: string }>();

	private readonly usedCodes = new Set<string>();

	/** Tokens of challenges that are still open. */
	private readonly challenges = new Set<string>();

	private failures: Array<{ at: number; remote: string }> = [];

	constructor(
		private readonly accounts: Account[],
		private readonly options: NasOptions,
		private readonly now: () => number,
		/** What the NAS believes the time to be: one-time codes go by it. */
		private readonly believed: () => number = now,
	) {
		for (const { name, trustedDevices } of accounts) {
			for (const device of trustedDevices ?? [])
				this.devices.set(device.id, { account: name, name: device.name });
		}
	}

	/** An administrator removes every trusted device. */
	distrustDevices(): void {
		this.devices.clear();
	}

	login(call: ApiCall): OpenSession & { device?: string } {
		const text = (name: string): string => String(call.params[name] ?? '');
		const name = text('account');
		try {
			const opened = this.check(call, text);
			this.attempts.push({ at: this.now(), account: name, code: 0 });
			return opened;
		} catch (error) {
			const code = error instanceof DsmFailure ? error.code : 100;
			this.attempts.push({ at: this.now(), account: name, code });
			if ([400, 404].includes(code)) this.countFailure(call.remote);
			throw error;
		}
	}

	private check(call: ApiCall, text: (name: string) => string): OpenSession & { device?: string } {
		if (this.blocked.has(call.remote)) throw new DsmFailure(407);
		const account = this.accounts.find(
			({ name }) => name.toLowerCase() === text('account').toLowerCase(),
		);
		if (!account || account.password !== text('passwd')) throw new DsmFailure(400);
		if (account.disabled) throw new DsmFailure(401);
		if (account.passwordExpired) throw new DsmFailure(409);
		if (account.mustChangePassword) throw new DsmFailure(410);
		// DSM takes `session` for the name of an application; a made-up one passes for administrators
		// only.
		const application = text('session');
		const known = ['', 'webui', 'FileStation', 'DSM'].includes(application);
		if (account.dsmPrivilege === false || (!known && account.administrator === false))
			throw new DsmFailure(402);
		if (account.otpEnforced) throw new DsmFailure(406);
		const device = account.otpSecret ? this.secondFactor(account, text) : undefined;
		const session: OpenSession = {
			sid: randomBytes(24).toString('base64url'),
			account,
			token: text('enable_syno_token') === 'yes' ? randomBytes(10).toString('base64url') : '',
			usedAt: this.now(),
			remote: call.remote,
			authVersion: call.version,
		};
		this.open.push(session);
		return { ...session, device };
	}

	/** A code, once; or a device that was trusted under the same name. */
	private secondFactor(account: Account, text: (name: string) => string): string | undefined {
		const device = this.devices.get(text('device_id'));
		if (
			device &&
			device.account === account.name &&
			device.name === text('device_name') &&
			text('otp_code') === ''
		)
			return undefined;
		const code = text('otp_code');
		if (code === '') {
			const newer = this.options.dsm !== '6.2';
			const token = randomBytes(8).toString('hex');
			this.challenges.add(token);
			throw new DsmFailure(
				403,
				newer
					? { token, types: [{ type: 'authenticator' }, { type: 'fido' }, { type: 'otp' }] }
					: undefined,
			);
		}
		if (account.otpNeedsToken && !this.challenges.delete(text('token'))) throw new DsmFailure(403);
		const totp = new TOTP({
			secret: Secret.fromBase32(account.otpSecret!),
			algorithm: account.otpAlgorithm ?? 'SHA1',
			digits: account.otpDigits ?? 6,
		});
		const key = `${account.name}:${code}`;
		if (
			totp.validate({ token: code, timestamp: this.believed(), window: 1 }) === null ||
			this.usedCodes.has(key)
		)
			throw new DsmFailure(404);
		this.usedCodes.add(key);
		if (text('enable_device_token') !== 'yes' || text('device_name') === '') return undefined;
		const id = createHash('sha256').update(randomBytes(16)).digest('base64url');
		this.devices.set(id, { account: account.name, name: text('device_name') });
		return id;
	}

	private countFailure(remote: string): void {
		const rule =
			this.options.autoBlock === undefined ? { attempts: 10, minutes: 5 } : this.options.autoBlock;
		if (rule === false) return;
		const now = this.now();
		this.failures = [
			...this.failures.filter(({ at }) => now - at < rule.minutes * 60_000),
			{ at: now, remote },
		];
		if (this.failures.filter((failure) => failure.remote === remote).length >= rule.attempts)
			this.blocked.add(remote);
	}

	/** The session a call belongs to; refuses as DSM does. */
	authorize(call: ApiCall): OpenSession {
		const session = this.sessionOf(call);
		const idle = (this.options.sessionIdleMinutes ?? 60) * 60_000;
		if (this.now() - session.usedAt > idle) {
			this.end(session, this.options.expiryCode ?? 119);
			throw new DsmFailure(this.options.expiryCode ?? 119);
		}
		if (session.remote !== call.remote) throw new DsmFailure(150);
		if (session.token !== '' && call.token !== session.token)
			throw new DsmFailure(this.options.tokenErrorCode ?? 119);
		session.usedAt = this.now();
		return session;
	}

	/**
	 * The session a call names, whether or not it brought the token: for a logout, and for members of
	 * a compound.
	 */
	sessionOf(call: ApiCall): OpenSession {
		const session = this.open.find(({ sid }) => sid === call.sid);
		if (!session) throw new DsmFailure(this.ended.get(call.sid) ?? 119);
		return session;
	}

	/** As the log names who started something. */
	userOf(call: ApiCall): string | undefined {
		return this.open.find(({ sid }) => sid === call.sid)?.account.name;
	}

	end(session: OpenSession, code = 119): void {
		this.open.splice(this.open.indexOf(session), 1);
		this.ended.set(session.sid, code);
	}

	/** All sessions end, as after a reboot or at an administrator's hand. */
	expire(code: 106 | 107 | 119 = 119): void {
		for (const session of [...this.open]) this.end(session, code);
	}
}
