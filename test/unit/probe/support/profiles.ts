import { DEFAULT_ACCOUNT, demoTasks, type NasOptions } from '../../../../simulator';

export const NOW = Date.UTC(2026, 10, 24, 8);

export const VAULT = {
	targets: [
		{ id: 1, name: 'branch_1', lastBackupAt: NOW, lastBackupSeconds: 60, usedSize: 729 },
		{ id: 2, name: 'workshop_1', lastBackupAt: NOW, usedSize: 3_000 },
	],
};

/** An office's NAS with every kind of task. */
export const office = (more: NasOptions = {}): NasOptions => ({ tasks: demoTasks(NOW), ...more });

export const RESTRICTED = { ...DEFAULT_ACCOUNT, administrator: false };
