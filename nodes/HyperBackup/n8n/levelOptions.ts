import type { INodePropertyOptions } from 'n8n-workflow';
import { LEVELS, type Level } from '../hyperBackup/logs/levels';

const TEXTS: Record<Level, [name: string, description: string]> = {
	info: ['Information', 'All entries'],
	warn: ['Warning', 'Warnings and errors'],
	err: ['Error', 'Errors only. A canceled backup is one as well.'],
};

/** For *Minimum Level*: the values are DSM's words. */
export const levelOptions: INodePropertyOptions[] = LEVELS.map((value) => {
	const [name, description] = TEXTS[value];
	return { name, value, description };
}).sort((a, b) => a.name.localeCompare(b.name));
