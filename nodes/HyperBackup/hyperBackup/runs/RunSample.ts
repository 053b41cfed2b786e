/** What is kept of one successful run; null for what was not known of it, which is not zero. */
export interface RunSample {
	/** Seconds. */
	duration: number | null;
	/** KiB. */
	size: number | null;
	/** Files. */
	changes: number | null;
	/** `changes` counts deleted files too: only compared with others that do. */
	withDeleted: boolean;
}
