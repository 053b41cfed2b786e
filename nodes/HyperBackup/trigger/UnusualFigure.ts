import type { Deviation } from '../hyperBackup/runs/runHistory';

/** A figure of a run that is far from those of the runs before, in the unit of the field. */
export interface UnusualFigure extends Deviation {
	/** The field of `run` that was compared. */
	field: 'duration' | 'bytes' | 'source_size' | 'files_changed';
}
