import { generate } from 'selfsigned';

export interface Certificate {
	key: string;
	cert: string;
}

/**
 * A self-signed certificate, as a NAS has one from the factory. `expired` puts it into the past;
 * with an `issuer` it is signed by that one.
 */
export async function certificate({
	names = ['localhost'],
	addresses = ['127.0.0.1'],
	expired = false,
	issuer,
}: {
	names?: string[];
	addresses?: string[];
	expired?: boolean;
	issuer?: Certificate;
} = {}): Promise<Certificate> {
	const day = 86_400_000;
	const start = new Date(Date.now() - (expired ? 20 : 1) * day);
	const pems = await generate([{ name: 'commonName', value: names[0] ?? 'synology' }], {
		keySize: 2048,
		algorithm: 'sha256',
		...(issuer === undefined ? {} : { ca: { key: issuer.key, cert: issuer.cert } }),
		notBeforeDate: start,
		notAfterDate: new Date(start.getTime() + (expired ? 10 : 365) * day),
		extensions: [
			{ name: 'basicConstraints', cA: issuer === undefined },
			{
				name: 'subjectAltName',
				altNames: [
					...names.map((value) => ({ type: 2 as const, value })),
					...addresses.map((ip) => ({ type: 7 as const, ip })),
				],
			},
		],
	} as Parameters<typeof generate>[1]);
	return { key: pems.private, cert: pems.cert };
}
