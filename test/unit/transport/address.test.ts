import { normalizeBaseUrl } from '../../../nodes/HyperBackup/dsm/session/ConnectionOptions';

describe('the NAS address', () => {
	test.each([
		['https://nas.example.com:5001', 'https://nas.example.com:5001'],
		[' https://nas.example.com:5001/ ', 'https://nas.example.com:5001'],
		['HTTPS://NAS.example.com', 'https://nas.example.com'],
		['https://example.com/nas/', 'https://example.com/nas'],
		['https://nas:5001/#/signin', 'https://nas:5001'],
		['https://nas:5001/webman/index.cgi', 'https://nas:5001'],
		['https://nas:5001/dsm/webapi/entry.cgi?api=x', 'https://nas:5001/dsm'],
		['http://[fd00::1]:5000', 'http://[fd00::1]:5000'],
	])('%p is used as %s', (typed, used) => {
		expect(normalizeBaseUrl(typed)).toBe(used);
	});

	test.each([
		['', 'is empty'],
		[undefined, 'is empty'],
		['nas.example.com:5001', 'must start with https://'],
		['ftp://nas', 'must start with https://'],
		['https://', 'not a valid address'],
		['https://admin:secret@nas:5001', 'contains a user name or password'],
		['https://myid.quickconnect.to', 'QuickConnect'],
	])('%p is refused: %s', (typed, why) => {
		expect(() => normalizeBaseUrl(typed)).toThrow(why);
		try {
			normalizeBaseUrl(typed);
		} catch (error) {
			expect((error as Error).message).not.toContain('secret');
		}
	});
});
