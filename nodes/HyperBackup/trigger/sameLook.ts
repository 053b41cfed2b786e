import type { Sight } from '../task/sight';
import { nothingIsWatched } from './latches';
import type { TriggerParameters } from './parameters';

/**
 * All of a look that a comparison depends on, as one text: where it is the text of the last look, which changed nothing, this one changes nothing either, and
 * thousands of remembered tasks need not be gone through. Lengths stand before the fields, so no name can make two looks seem one. Undefined where the
 * passing of time alone may change something.
 */
export function markOf(
	sights: Sight[],
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
