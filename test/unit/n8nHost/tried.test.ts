import { triedVersions } from '../../../n8n-host/tried';
import { NEWEST, OLDEST } from '../../../n8n-host/versions';

const IMAGE = 'docker.n8n.io/n8nio/n8n';

test('the newest and the oldest n8n are tried, or the one that is named', () => {
	expect(triedVersions({})).toEqual([NEWEST, OLDEST]);
	expect(triedVersions({ N8N_VERSION: '2.0.1' })).toEqual(['2.0.1']);
});

test('of a container image, the tag is the version', () => {
	expect(triedVersions({ N8N_IMAGE: `${IMAGE}:2.41.1` })).toEqual(['2.41.1']);
	expect(triedVersions({ N8N_IMAGE: `${IMAGE}:2.41.1@sha256:0123abcd` })).toEqual(['2.41.1']);
	expect(triedVersions({ N8N_IMAGE: `${IMAGE}:latest`, N8N_VERSION: '3.0.0' })).toEqual(['3.0.0']);
	expect(() => triedVersions({ N8N_IMAGE: `${IMAGE}:latest` })).toThrow('set N8N_VERSION');
	expect(() => triedVersions({ N8N_IMAGE: 'registry:5000/n8n' })).toThrow('set N8N_VERSION');
});
