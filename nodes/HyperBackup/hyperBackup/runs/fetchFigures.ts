import type { MemberAnswer } from '../../dsm/compound';
import type { Call } from '../../dsm/DsmClient';
import type { NasClock } from '../clock/NasClock';
import { logCall, logPage } from '../logs/readLog';
import { statisticCall, statisticsOf } from '../statistics/fetchStatistics';
import { statisticsFromDsm } from '../statistics/Statistics';
import { figuresOfLog, figuresOfStatistics, mergeFigures, type RunFigures } from './runFigures';

/** A run that has ended, by texts of the NAS. */
export interface EndedRun {
	id: string;
	/** Of the task. */
	name: string;
	end: string;
	/** Its start where DSM shows it, else the end of the run before; "" if there was none. */
	after: string;
}

/** The last entries about a task; those about skipped files come before its end. */
const ENTRIES = 20;

/** What shows the figures of a run, for `readFigures`: it rides in a request made anyway. */
export const figureCalls = ({ id }: EndedRun): Call[] => [
	logCall({ taskId: id }, 0, ENTRIES),
	statisticCall(id),
];

/** What cannot be read leaves its figures out, whatever the reason. */
function optionally<T extends object>(read: () => T): Partial<T> {
	try {
		return read();
	} catch {
		return {};
	}
}

/** From the answers to `figureCalls`, as far as there are any. */
export function readFigures(
	run: EndedRun,
	[log, statistic]: Array<MemberAnswer | undefined>,
	{ clock, nas }: { clock: NasClock; nas: string | null },
): RunFigures {
	const ofLog = optionally((): Partial<RunFigures> => {
		if (log === undefined || !('data' in log)) return {};
		const { entries } = logPage(log.data, 0, ENTRIES);
		return figuresOfLog(entries, run, { clock, nas, ids: new Map() });
	});
	const ofStatistics = optionally((): Partial<RunFigures> => {
		const end = clock.toUnix(run.end);
		// Statistics have Unix times: without the NAS's clock nothing shows which run they are of.
		if (statistic === undefined || end === null || clock.reading === undefined) return {};
		const { latest } = statisticsFromDsm(run.name, statisticsOf(statistic), clock);
		return figuresOfStatistics(latest, { after: clock.toUnix(run.after), end });
	});
	return mergeFigures(ofLog, ofStatistics);
}
