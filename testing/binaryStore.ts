import type { FsByteStore as ByteStore } from '@n8n/blob-storage';
import type { Container as Services } from '@n8n/di';
import { BinaryDataBlobManager, BinaryDataService, ErrorReporter } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** n8n-core has copies of its own, and only they know its services. */
const requireOfCore = createRequire(require.resolve('n8n-core'));
const { Container } = requireOfCore('@n8n/di') as { Container: typeof Services };
const { FsByteStore } = requireOfCore('@n8n/blob-storage') as { FsByteStore: typeof ByteStore };

/** n8n's binary data on disk (its mode `filesystem`), in a folder of its own. */
export class BinaryStore {
	private readonly folder = mkdtempSync(join(tmpdir(), 'hyper-backup-binary-'));

	private readonly service = Container.get(BinaryDataService);

	constructor() {
		const reporter = Container.get(ErrorReporter);
		const store = new FsByteStore({
			storagePath: this.folder,
			reportError: (error) => reporter.error(error),
		});
		this.service.setManager('filesystem-v2', new BinaryDataBlobManager(store, reporter));
	}

	async read(binary: IBinaryData): Promise<Buffer> {
		return await this.service.getAsBuffer(binary);
	}

	/** Whatever lies in the folder, also of downloads that failed. */
	files(): string[] {
		return readdirSync(this.folder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map(({ name }) => name);
	}

	/** Bytes of all files, as far as they are written. */
	get bytes(): number {
		return readdirSync(this.folder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
	}

	/** Back to n8n's mode `default`, in memory. */
	close(): void {
		(this.service as unknown as { managers: object }).managers = {};
		rmSync(this.folder, { recursive: true, force: true });
	}
}
