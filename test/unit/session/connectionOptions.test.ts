import {
	parseConnectionOptions,
	type DsmCredentials,
} from '../../../nodes/HyperBackup/dsm/session/ConnectionOptions';
import { certificate } from '../../../simulator';

const credential: DsmCredentials = {
	baseUrl: 'https://nas.example.com:5001',
	username: 'me',
	password: ' secret ',
};
const parse = (more: Partial<DsmCredentials> = {}) =>
	parseConnectionOptions({ ...credential, ...more });

test('blanks around the username are left out, those of the password stay', () => {
	expect(parse({ username: ' me\t' })).toMatchObject({ username: 'me', password: ' secret ' });
	expect(parse({ username: ' me ' }).fingerprint).toBe(parse().fingerprint);
});

test.each([
	['address', { baseUrl: 'https://nas.example.com:5002' }],
	['username', { username: 'another' }],
	['password', { password: 'secret' }],
	['two-factor secret', { otpSecret: 'JBSWY3DPEHPK3PXP' }],
	['trusted device', { deviceId: 'x' }],
	['device name', { deviceName: 'x' }],
	['Ignore SSL Issues', { allowUnauthorizedCerts: true }],
])('another %s makes another fingerprint', (_field, more) => {
	expect(parse(more).fingerprint).not.toBe(parse().fingerprint);
	expect(parse(more).fingerprint).toMatch(/^[\da-f]{64}$/);
});

test('another certificate makes another fingerprint, another way of pasting it does not', async () => {
	const { cert } = await certificate();
	const { fingerprint } = parse({ caCertificate: cert });
	expect(fingerprint).not.toBe(parse().fingerprint);
	expect(parse({ caCertificate: cert.replace(/\n/g, ' ') }).fingerprint).toBe(fingerprint);
});

test.each([
	[false, false],
	['', false],
	[undefined, false],
	[true, true],
	['true', true],
	['false', true],
	[1, true],
	[0, true],
	['yes', true],
])('Read Only as %p is %p', (readOnly, expected) => {
	expect(parse({ readOnly }).readOnly).toBe(expected);
});

test.each(['PRIVATE KEY', 'private key', 'Rsa Private Key', 'private  key'])(
	'a %s beside a certificate is refused',
	async (label) => {
		const { cert } = await certificate();
		const pasted = `${cert}\n-----begin ${label}-----\nMIIDazCC\n-----end ${label}-----`;
		expect(() => parse({ caCertificate: pasted })).toThrow('contains a private key');
	},
);
