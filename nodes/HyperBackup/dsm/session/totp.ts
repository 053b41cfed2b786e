import { createHmac } from 'crypto';
import { DsmError } from '../errors/DsmError';

/** A key for one-time codes (RFC 6238), as an authenticator app gets it. */
export interface OtpKey {
	key: Buffer;
	algorithm: 'sha1' | 'sha256' | 'sha512';
	digits: number;
	/** Seconds a code lasts. */
	period: number;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function unusable(what: string): DsmError {
	return new DsmError({
		kind: 'credential',
		message: `The 'Two-Factor Secret' of the credential ${what}`,
		description:
			"It is the key DSM shows when 2-factor authentication is set up ('Can't scan it?'): " +
			'letters A-Z and digits 2-7, or the whole otpauth:// address behind the QR code. A ' +
			'six-digit code does not belong there: it works once, for half a minute.',
	});
}

function fromBase32(text: string): Buffer {
	const clean = text.replace(/[\s-]/g, '').replace(/=+$/, '').toUpperCase();
	if (/^\d{6,8}$/.test(clean)) throw unusable('is a code, not the key that codes are made from');
	const bytes: number[] = [];
	let bits = 0;
	let value = 0;
	for (const char of clean) {
		const digit = ALPHABET.indexOf(char);
		if (digit < 0) throw unusable('is not a base32 key');
		value = ((value << 5) | digit) & 0xfff;
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			bytes.push((value >> bits) & 0xff);
		}
	}
	if (bytes.length < 5) throw unusable('is too short');
	return Buffer.from(bytes);
}

/**
 * Reads what a user pasted: base32, in groups or not, or an otpauth:// address with algorithm,
 * digits and period.
 */
export function readOtpKey(typed: string): OtpKey {
	const text = typed.trim();
	if (!/^otpauth:/i.test(text))
		return { key: fromBase32(text), algorithm: 'sha1', digits: 6, period: 30 };
	let url: URL;
	try {
		url = new URL(text);
	} catch {
		throw unusable('is no valid otpauth:// address');
	}
	if (url.host.toLowerCase() !== 'totp')
		throw unusable('is no time-based key (otpauth://totp/...)');
	const algorithm = (url.searchParams.get('algorithm') ?? 'SHA1').toLowerCase().replace('-', '');
	const digits = Number(url.searchParams.get('digits') ?? 6);
	const period = Number(url.searchParams.get('period') ?? 30);
	if (algorithm !== 'sha1' && algorithm !== 'sha256' && algorithm !== 'sha512')
		throw unusable('asks for an algorithm that is not known');
	if (digits !== 6 && digits !== 8)
		throw unusable('asks for codes that have neither 6 nor 8 digits');
	if (!Number.isInteger(period) || period < 10 || period > 120)
		throw unusable('asks for codes that last longer or shorter than usual');
	return { key: fromBase32(url.searchParams.get('secret') ?? ''), algorithm, digits, period };
}

/** The number of the period that `time` (milliseconds since 1970) lies in. */
export function stepAt({ period }: OtpKey, time: number): number {
	return Math.floor(time / 1000 / period);
}

export function codeOf({ key, algorithm, digits }: OtpKey, step: number): string {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(step));
	const mac = createHmac(algorithm, key).update(counter).digest();
	const offset = mac[mac.length - 1]! & 0xf;
	return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}
