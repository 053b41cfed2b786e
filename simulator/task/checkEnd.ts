/**
 * How a check ends: `damaged` leaves the destination unusable; the last two appear as result of the
 * last run instead.
 */
export type CheckEnd = 'passed' | 'damaged' | 'cksum_failed' | 'failed_checking';
