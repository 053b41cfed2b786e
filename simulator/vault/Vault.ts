/** A backup that this NAS has received from another. */
export interface VaultTargetSpec {
	id: number;
	name: string;
	share?: string;
	/** Milliseconds since 1970. */
	lastBackupAt?: number;
	lastBackupSeconds?: number;
	/** KiB. */
	usedSize?: number;
	/** Only `idle` has been seen. */
	status?: string;
	encrypted?: boolean;
	resumable?: boolean;
	computingSize?: boolean;
	uniKey?: string;
}

export interface VaultSpec {
	parallelBackupLimit?: number;
	targets?: VaultTargetSpec[];
}

/** Hyper Backup Vault: what other NASes keep here. */
export class Vault {
	parallelBackupLimit: number;

	readonly targets: VaultTargetSpec[];

	constructor({ parallelBackupLimit = 2, targets = [] }: VaultSpec = {}) {
		this.parallelBackupLimit = parallelBackupLimit;
		this.targets = targets.map((target) => ({ ...target }));
	}

	find(id: unknown): VaultTargetSpec | undefined {
		return this.targets.find((target) => target.id === id);
	}

	/** Another backup has arrived. */
	receive(id: number, at: number, seconds = 60, grownBy = 100): void {
		const target = this.find(id);
		if (!target) throw new Error(`The simulated Vault has no target ${id}`);
		target.lastBackupAt = at - seconds * 1000;
		target.lastBackupSeconds = seconds;
		target.usedSize = (target.usedSize ?? 0) + grownBy;
	}
}
