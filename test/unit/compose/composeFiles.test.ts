import { composeFiles, composeFilesIn } from '../../../tools/docs/composeFiles';
import { composeFaults } from './composeFaults';

const FILES = composeFiles();

test('the pages about installation and scaling show a compose file', () => {
	expect(FILES.map(({ page }) => page)).toEqual(['installation.md', 'scaling.md']);
});

test('a compose file is a block of YAML with services, and nothing else is', () => {
	const markdown =
		'# Page\n\n```yaml\nservices:\n  n8n: {}\n```\n\n```yml\nvolumes:\n```\n\n```text\nservices:\n```\n';
	expect(composeFilesIn('page.md', markdown)).toEqual([
		{ page: 'page.md', text: 'services:\n  n8n: {}\n' },
	]);
});

describe.each(FILES)('the compose file in $page', ({ text }) => {
	test('is valid by the Compose specification, and each name in it has a home', () => {
		expect(composeFaults(text)).toEqual([]);
	});
});

const VALID = `
x-common: &common
  image: docker.n8n.io/n8nio/n8n:2.41.1
  restart: unless-stopped
  environment:
    GENERIC_TIMEZONE: Europe/Berlin
  volumes:
    - n8n:/home/node/.n8n
services:
  main:
    <<: *common
    ports: ["127.0.0.1:5678:5678"]
    networks: [inside]
    depends_on: [redis]
  redis:
    image: redis:7
networks:
  inside:
    ipam:
      config:
        - subnet: 172.30.0.0/24
volumes:
  n8n:
`;

test('a file without a fault has none', () => {
	expect(composeFaults(VALID)).toEqual([]);
});

const PLANTED: Array<[string, string, string, string]> = [
	['a list that does not end', '[redis]', '[redis', 'Flow sequence'],
	['a key twice', '  redis:\n', '  main:\n', 'Map keys must be unique'],
	['an anchor that is missing', '*common', '*comon', 'Merge sources must be maps or map aliases'],
	['a top-level key that is none', '\nvolumes:\n', '\nvolume:\n', 'additional properties volume'],
	['a key of a service that is none', '    ports:', '    port:', 'additional properties port'],
	[
		'a policy that is no text',
		'unless-stopped',
		'false',
		".services['main'].restart should be string",
	],
	[
		'a list for a mapping',
		'networks:\n  inside:',
		'networks:\n - inside:',
		'.networks should be object',
	],
	[
		'an environment with a list in it',
		'Europe/Berlin',
		'[Europe]',
		".environment['GENERIC_TIMEZONE'] should be string,number,null",
	],
	['a port that is none', '127.0.0.1:5678:5678', 'localhost:n8n', 'should match format "ports"'],
	['a subnet without its size', '172.30.0.0/24', '172.30.0.0', 'format "subnet_ip_address"'],
	['a volume under another name', '- n8n:/home', '- data:/home', 'volume data is not declared'],
	['a network that is not declared', '[inside]', '[lan]', 'network lan is not declared'],
	['a service that is missing', '[redis]', '[postgres]', 'service postgres is missing'],
	[
		'an image without a version',
		'n8n:2.41.1',
		'n8n:latest',
		'service main has no image with a version',
	],
	['no image', '    image: redis:7\n', '    restart: always\n', 'service redis has no image'],
];

test.each(PLANTED)('%s is found', (_what, valid, planted, fault) => {
	const text = VALID.replace(valid, planted);
	expect(text).not.toBe(VALID);
	expect(composeFaults(text).join('\n')).toContain(fault);
});
