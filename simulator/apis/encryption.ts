import type { ApiCall } from '../ApiCall';
import { DsmFailure } from '../DsmFailure';
import { CIPHER_KEY, publicModulus } from '../encryptedLogin';
import type { Dsm } from './dsm';

/**
 * `getinfo`: what a client needs to encrypt its login on plain http. It is not needed over https.
 */
export function encryption(call: ApiCall, { shape: { now } }: Dsm): unknown {
	if (call.method.toLowerCase() !== 'getinfo') throw new DsmFailure(103);
	return {
		cipherkey: CIPHER_KEY,
		ciphertoken: '__cIpHeRtOkEn',
		public_key: publicModulus(),
		server_time: Math.floor(now / 1000),
	};
}
