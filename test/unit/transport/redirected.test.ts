import { redirected } from '../../../nodes/HyperBackup/dsm/http/redirected';

const BASE = 'https://nas.example.com:5001';
const about = (location: unknown, base = BASE) => redirected(302, location, base);

describe('a redirect to an address of DSM gives the address to set, with its path', () => {
	test.each([
		['https://nas.example.com:5001/webapi/query.cgi?a=b', 'http://nas.example.com:5000', BASE],
		['/dsm/webapi/entry.cgi', BASE, `${BASE}/dsm`],
		['/dsm/', BASE, `${BASE}/dsm`],
		['https://other.example.com/a/b/webman/index.cgi#x', BASE, 'https://other.example.com/a/b'],
		['//other.example.com/', BASE, 'https://other.example.com'],
	])('%s', (location, base, address) => {
		const { message, description, kind } = about(location, base);
		expect(kind).toBe('address');
		expect(message).toBe(`The NAS redirects to another address: ${address}`);
		expect(description).toContain(`Set 'NAS Address' in the credential to ${address}.`);
	});
});

describe('a sign-in page in front of the NAS is named as such, and not as an address to set', () => {
	test.each([
		'https://home.cloudflareaccess.com/cdn-cgi/access/login/nas?meta=x',
		'https://auth.example.com/?rd=https%3A%2F%2Fnas.example.com',
		'https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=1',
		'https://id.example.com/realms/home/protocol/saml2/sso',
		'https://keycloak.example.com/realms/home',
		'/oauth2/start?rd=%2Fwebapi%2Fquery.cgi',
		'/outpost.goauthentik.io/start',
		'/login?next=/webapi/entry.cgi',
		'/sign-in',
	])('%s', (location) => {
		const { message, description } = about(location);
		expect(message).toMatch(/^A sign-in page is in front of the NAS: https:\/\/[\w.:-]+$/);
		expect(description).toContain('/webapi/');
		expect(description).not.toContain(' to https://');
	});
});

test('an address that is set already is not advised', () => {
	for (const location of [
		'/',
		'/webapi/query.cgi',
		`${BASE}/webapi/entry.cgi?x=y`,
		'./query.cgi',
	]) {
		const { message, description } = about(location);
		expect(message).toContain('redirects to the address that was used');
		expect(description).toContain('reverse proxy');
		expect(description).not.toContain('Set ');
	}
});

test('neither a query nor an account nor an odd path of the target is shown', () => {
	for (const location of [
		'https://me:secret@other.example.com/x/webapi/?sid=secret',
		'https://other.example.com/secret%20path/',
		`https://other.example.com/${'secret/'.repeat(40)}`,
	]) {
		const { message, description } = about(location);
		expect(`${message} ${description}`).not.toContain('secret');
	}
});

test.each([undefined, '', 7, 'http://'])(
	'a redirect to %j is reported without a target',
	(location) => {
		expect(about(location).message).toBe('The NAS redirects to another address');
	},
);
