import type { IDataObject } from 'n8n-workflow';
import fc from 'fast-check';
import { followRealTime } from './currentTime';
import { life, type Life } from './life';
import { OneLife } from './OneLife';

const HISTORIES = Number(process.env.HISTORIES ?? 20_000);
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);

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

/** How often each figure of a run was reported as unusual: without any, the lives prove nothing. */
const unusual: Record<string, number> = {};

function count(items: IDataObject[], at: number): void {
	show(items, at);
	for (const { unusual: found } of items) {
		if (!found) continue;
		const { also, ...first } = found as IDataObject & { also: IDataObject[] };
		for (const { field } of [first as IDataObject, ...also]) {
			unusual[String(field)] = (unusual[String(field)] ?? 0) + 1;
		}
	}
}

test(`${HISTORIES} histories of a NAS: no event lost, repeated or invented`, async () => {
	const totals = { lost: 0, repeated: 0, invented: 0 };
	let lives = 0;
	try {
		await fc.assert(
			fc.asyncProperty(REPLAY ? fc.constant(JSON.parse(REPLAY) as Life) : life, async (one) => {
				const verdict = await new OneLife(one, `life ${lives++}`, { onPoll: count }).run();
				totals.lost += verdict.lost.length;
				totals.repeated += verdict.repeated.length;
				totals.invented += verdict.invented.length;
				expect(verdict).toEqual({ lost: [], repeated: [], invented: [] });
			}),
			{ numRuns: REPLAY ? 1 : HISTORIES, seed: SEED, endOnFailure: false },
		);
	} finally {
		followRealTime();
		const { lost, repeated, invented } = totals;
		process.stdout.write(
			`seed ${SEED}\n${lives} histories: lost ${lost}, repeated ${repeated}, invented ${invented}; ` +
				`unusual: ${JSON.stringify(unusual)}\n`,
		);
	}
}, 3_600_000);
