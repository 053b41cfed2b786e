/**
 * In a task's status these stand for "no error": 4401 in every healthy response of DSM 7.1 to 7.4,
 * 0 on disk.
 */
const NO_ERROR = [0, 4401];

/** `last_bkp_error_code` as a number; null for "no error" and for what is no number. */
export function lastErrorCode(value: unknown): number | null {
	const code = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof code === 'number' && Number.isFinite(code) && !NO_ERROR.includes(code)
		? code
		: null;
}

/**
 * DSM's reason is a key into its texts, e.g. `...:error:status_target_broken`; the last part is
 * readable.
 */
export function readableErrorKey(key: unknown): string | null {
	if (typeof key !== 'string' || key === '') return null;
	return (key.split(':').pop() ?? key).replace(/_/g, ' ').slice(0, 120);
}
