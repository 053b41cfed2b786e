import type { Fact, Verdict, VerdictKind } from './verdict';

export interface Judged {
	fact: Fact;
	verdict: Verdict;
}

const ORDER: VerdictKind[] = ['differs', 'holds', 'observed', 'not shown here', 'not offered here'];

const sentence = ({ kind, note }: Verdict): string => (note === '' ? kind : `${kind}: ${note}`);

export function countsOf(judged: Judged[]): string {
	return ORDER.map((kind) => {
		const count = judged.filter(({ verdict }) => verdict.kind === kind).length;
		return `${count} ${kind}`;
	}).join(', ');
}

/** For the terminal: one line for each fact, and one below it where there is more to say. */
export const linesOf = ({ fact, verdict }: Judged): string[] => [
	`${fact.id.padEnd(24)} ${sentence(verdict)}`,
	`${' '.repeat(24)} ${fact.reading}`,
];

/** For the pull request. */
export function pageOf(judged: Judged[]): string {
	const rows = judged.map(
		({ fact, verdict }) =>
			`| ${fact.id} | ${fact.reading} | ${verdict.kind} | ${verdict.note.replace(/\|/g, '/')} |`,
	);
	return `# What this NAS says to our reading

${countsOf(judged)}.

| Fact | Reading or question | Verdict | Note |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}
