import { certificate } from '../../simulator';
import { runNode } from '../../testing/engine';
import { closeAll, credentialsFor, givenNas } from '../../testing/nas';

afterEach(closeAll);

const tasks = [{ id: 1, name: 'Nightly' }];
const host = (nas: { url: string }) => new URL(nas.url).host;

describe('CA Certificate', () => {
	test("the NAS's self-signed certificate is trusted, and others are still refused", async () => {
		const own = await certificate();
		const { nas } = await givenNas({ tasks, tls: own });
		expect(
			(await runNode(credentialsFor(nas, { caCertificate: own.cert }), { operation: 'getAll' }))
				.items,
		).toHaveLength(1);
		const another = await certificate();
		const { error } = await runNode(credentialsFor(nas, { caCertificate: another.cert }), {
			operation: 'getAll',
		});
		expect(error?.message).toBe(
			`The certificate of '${host(nas)}' does not match 'CA Certificate' in the credential`,
		);
		expect(error?.description).toContain('export it again');
	});

	test('several in one field, with line breaks turned into blanks', async () => {
		const own = await certificate();
		const another = await certificate();
		const { nas } = await givenNas({ tasks, tls: own });
		const pasted = `${another.cert}\n${own.cert}`.replace(/\n/g, ' ');
		expect(
			(await runNode(credentialsFor(nas, { caCertificate: pasted }), { operation: 'getAll' }))
				.error,
		).toBeUndefined();
	});

	test('one made for another name is trusted if it is the very one, and not through its issuer', async () => {
		const factory = await certificate({ names: ['synology'], addresses: [] });
		const { nas } = await givenNas({ tasks, tls: factory });
		expect(
			(await runNode(credentialsFor(nas, { caCertificate: factory.cert }), { operation: 'getAll' }))
				.error,
		).toBeUndefined();
		const authority = await certificate({ names: ['authority'], addresses: [] });
		const issued = await certificate({ names: ['synology'], addresses: [], issuer: authority });
		const second = await givenNas({ tasks, tls: issued });
		const { error } = await runNode(credentialsFor(second.nas, { caCertificate: authority.cert }), {
			operation: 'getAll',
		});
		expect(error?.message).toBe("The certificate is not valid for the name '127.0.0.1'");
		expect(error?.description).toMatch(/Two safe ways: .*'NAS Address'.*'CA Certificate'/);
	});

	test('an issuer is trusted for the certificates it issued to the right name', async () => {
		const authority = await certificate({ names: ['authority'], addresses: [] });
		const { nas } = await givenNas({ tasks, tls: await certificate({ issuer: authority }) });
		expect(
			(
				await runNode(credentialsFor(nas, { caCertificate: authority.cert }), {
					operation: 'getAll',
				})
			).error,
		).toBeUndefined();
	});

	test("a NAS's certificate is trusted by itself, without its unknown issuer", async () => {
		const issued = await certificate({
			issuer: await certificate({ names: ['Synology Inc. CA'], addresses: [] }),
		});
		const { nas } = await givenNas({ tasks, tls: issued });
		expect(
			(await runNode(credentialsFor(nas, { caCertificate: issued.cert }), { operation: 'getAll' }))
				.error,
		).toBeUndefined();
	});

	test('an expired certificate is refused, even if it is the pasted one', async () => {
		const expired = await certificate({ expired: true });
		const { nas } = await givenNas({ tasks, tls: expired });
		const { error } = await runNode(credentialsFor(nas, { caCertificate: expired.cert }), {
			operation: 'getAll',
		});
		expect(error?.message).toBe(
			`The certificate of '${host(nas)}' has expired or is not valid yet`,
		);
		expect(error?.description).toMatch(/Renew or replace it in DSM.* check the clocks/);
		expect(nas.requests).toHaveLength(0);
	});

	test.each([
		['not PEM', 'MIIDazCCAlOgAwIBAgIU', 'is not a certificate in PEM format'],
		[
			'damaged',
			'-----BEGIN CERTIFICATE-----\nMIIDazCCAlOgAwIBAgIU\n-----END CERTIFICATE-----',
			'is damaged',
		],
		[
			'a private key',
			'-----BEGIN PRIVATE KEY-----\nMIIDazCC\n-----END PRIVATE KEY-----',
			'contains a private key',
		],
	])('%s: says so before anything is sent', async (_case, caCertificate, words) => {
		const { nas } = await givenNas({ tasks });
		const { error } = await runNode(credentialsFor(nas, { caCertificate }), {
			operation: 'getAll',
		});
		expect(error?.message).toBe(`'CA Certificate' in the credential ${words}`);
		expect(error?.description).toContain('Export certificate');
		expect(nas.requests).toHaveLength(0);
	});
});

test('a self-signed certificate is refused by default; the two safe ways are named, the unsafe one is not', async () => {
	const { nas } = await givenNas({ tasks, tls: true });
	const { error } = await runNode(credentialsFor(nas), { operation: 'getAll' });
	expect(error?.message).toBe(
		`The certificate of '${host(nas)}' is self-signed or from an issuer that n8n does not know`,
	);
	expect(error?.description).toMatch(
		/Two safe ways: paste the certificate into 'CA Certificate'.*, or give the NAS a certificate from a known issuer/,
	);
	expect(error?.description).not.toContain('Ignore SSL');
	expect(nas.requests).toHaveLength(0);
});
