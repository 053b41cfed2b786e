/** A process that starts n8n in a container and is killed then: see containerRuntime.test.ts. */
import { containerRuntime } from '../../../../n8n-host/container/containerRuntime';
import { N8nInstance } from '../../../../n8n-host/instance';

async function main(image: string): Promise<void> {
	const n8n = await N8nInstance.create(await containerRuntime(image));
	await n8n.start();
	process.stdout.write(`${n8n.folder}\n`);
}

void main(process.argv[2]!);
