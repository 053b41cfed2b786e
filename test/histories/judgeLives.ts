import type { IDataObject } from 'n8n-workflow';
import fc from 'fast-check';
import { followRealTime } from './currentTime';
import type { Life } from './life';
import { OneLife } from './OneLife';

/**
 * One life as a counterexample prints it: it alone is lived, and what each poll reports is shown.
 */
const REPLAY = process.env.LIFE;

function show(items: IDataObject[], at: number): void {
	if (REPLAY === undefined) return;
	const time = new Date(at).toISOString();
	const lines = items.map(({ event, message }) => `  ${String(event)}: ${String(message)}`);
	process.stdout.write(`${[`poll at ${time}`, ...lines].join('\n')}\n`);
}

/** How often each figure of a run was reported as unusual. */
export type UnusualFigures = Record<string, number>;

function count(unusual: UnusualFigures, items: IDataObject[]): void {
	for (const { unusual: found } of items) {
		if (!found) continue;
		const { also, ...first } = found as IDataObject & { also: IDataObject[] };
		for (const { field } of [first as IDataObject, ...also]) {
			unusual[String(field)] = (unusual[String(field)] ?? 0) + 1;
		}
	}
}

/** Lives of this kind, each of which has to be reported as the NAS itself knows it. */
export async function judgeLives(
	kind: fc.Arbitrary<Life>,
	{ lives, seed }: { lives: number; seed: number },
): Promise<UnusualFigures> {
	const totals = { lost: 0, repeated: 0, invented: 0 };
	const unusual: UnusualFigures = {};
	let lived = 0;
	const onPoll = (items: IDataObject[], at: number): void => {
		show(items, at);
		count(unusual, items);
	};
	try {
		await fc.assert(
			fc.asyncProperty(REPLAY ? fc.constant(JSON.parse(REPLAY) as Life) : kind, async (one) => {
				const verdict = await new OneLife(one, `life ${lived++}`, { onPoll }).run();
				totals.lost += verdict.lost.length;
				totals.repeated += verdict.repeated.length;
				totals.invented += verdict.invented.length;
				expect(verdict).toEqual({ lost: [], repeated: [], invented: [] });
			}),
			{ numRuns: REPLAY ? 1 : lives, seed, endOnFailure: false },
		);
	} finally {
		followRealTime();
		const { lost, repeated, invented } = totals;
		process.stdout.write(
			`seed ${seed}\n${lived} histories: lost ${lost}, repeated ${repeated}, invented ${invented}; ` +
				`unusual: ${JSON.stringify(unusual)}\n`,
		);
	}
	return unusual;
}
