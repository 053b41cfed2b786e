import {
	constants,
	createDecipheriv,
	createHash,
	generateKeyPairSync,
	privateDecrypt,
	type KeyObject,
} from 'node:crypto';

/** The form field that carries the encrypted parameters of a login. */
export const CIPHER_KEY = '__cIpHeRtExT';

let pair: { publicKey: KeyObject; privateKey: KeyObject } | undefined;
const keys = (): { publicKey: KeyObject; privateKey: KeyObject } =>
	(pair ??= generateKeyPairSync('rsa', { modulusLength: 4096 }));

/** In hexadecimal digits; the exponent is 65537. */
export function publicModulus(): string {
	const { n } = keys().publicKey.export({ format: 'jwk' });
	return Buffer.from(n!, 'base64url').toString('hex');
}

/**
 * RSA carries the passphrase. Padding is taken off here, since Node refuses PKCS#1 v1.5 by default.
 */
function passphraseOf(rsa: string): Buffer {
	const padded = privateDecrypt(
		{ key: keys().privateKey, padding: constants.RSA_NO_PADDING },
		Buffer.from(rsa, 'base64'),
	);
	return padded.subarray(padded.indexOf(0, 2) + 1);
}

/** OpenSSL's "Salted__" form of AES-256-CBC, with keys made of MD5. */
function decrypt(aes: string, passphrase: Buffer): string {
	const raw = Buffer.from(aes, 'base64');
	const salt = raw.subarray(8, 16);
	let material = Buffer.alloc(0);
	for (let last = Buffer.alloc(0); material.length < 48;) {
		last = createHash('md5')
			.update(Buffer.concat([last, passphrase, salt]))
			.digest();
		material = Buffer.concat([material, last]);
	}
	const decipher = createDecipheriv(
		'aes-256-cbc',
		material.subarray(0, 32),
		material.subarray(32, 48),
	);
	return Buffer.concat([decipher.update(raw.subarray(16)), decipher.final()]).toString('utf8');
}

/** The parameters in the encrypted field, or none if it cannot be read. */
export function readEncrypted(field: string): Record<string, string> {
	try {
		const { rsa, aes } = JSON.parse(field) as { rsa: string; aes: string };
		return Object.fromEntries(new URLSearchParams(decrypt(aes, passphraseOf(rsa))));
	} catch {
		return {};
	}
}
