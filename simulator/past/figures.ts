export type VersionStatus = 'success' | 'cancel' | 'backup' | 'fail';

/** What a run found and wrote; sizes in KiB, as the engine counts. */
export interface Figures {
	new: number;
	modified: number;
	deleted: number;
	unchanged: number;
	sourceSize: number;
	targetSize: number;
}
