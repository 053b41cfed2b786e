import { installN8n } from './install';
import { NEWEST, OLDEST } from './versions';

/** Installs every n8n the end-to-end tests need. */
async function prepare(): Promise<void> {
	for (const version of [OLDEST, NEWEST])
		await installN8n(version, (line) => process.stdout.write(`${line}\n`));
}

prepare().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
