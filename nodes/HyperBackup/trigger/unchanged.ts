import type { TaskSnapshot } from '../hyperBackup/task/taskSnapshot';
import { nothingIsWatched } from './thresholds';
import type { TriggerParameters } from './triggerParameters';

/**
 * All of a look that a comparison depends on, as one text: where it is the text of the last look, which changed nothing, this one changes nothing either, and
 * thousands of remembered tasks need not be gone through. Lengths stand before the fields, so no name can make two looks seem one. Undefined where the
 * passing of time alone may change something.
 */
export function markOf(
	sights: TaskSnapshot[],
	{ limits }: TriggerParameters,
	selection: string,
): string | undefined {
	if (!nothingIsWatched(limits)) return undefined;
	let mark = selection;
	for (const { id, name, status, activity, result, word, problem, run, next } of sights) {
		const doing = activity ?? '';
		mark += `\n${id.length},${name.length},${doing.length},${word.length},${run.length},${next.length},${result ?? ''},${problem ?? ''},${status},${id}${name}${doing}${word}${run}${next}`;
	}
	return mark;
}
