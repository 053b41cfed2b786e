import type { ProbedNas } from './ProbedNas';

export type VerdictKind =
	| 'holds'
	| 'differs'
	/** An open question, and what this NAS says to it. */
	| 'observed'
	| 'not offered here'
	/** The NAS has nothing that shows it, or the account may not ask. */
	| 'not shown here';

export interface Verdict {
	kind: VerdictKind;
	/** Without names or addresses: numbers, DSM's own words, and our text. */
	note: string;
}

/** One thing this package believes, or would like to know. */
export interface Fact {
	id: string;
	/** What we read, or (ending in a question mark) what is unknown. */
	reading: string;
	ask: (nas: ProbedNas) => Promise<Verdict>;
}

const verdict =
	(kind: VerdictKind) =>
	(note = ''): Verdict => ({ kind, note });

export const holds = verdict('holds');
export const differs = verdict('differs');
export const observed = verdict('observed');
export const notOffered = verdict('not offered here');
export const notShown = verdict('not shown here');

/** `holds` if it is true, else `differs` with what came. */
export const judge = (isTrue: boolean, note = ''): Verdict => (isTrue ? holds : differs)(note);
