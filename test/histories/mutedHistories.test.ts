import type { IDataObject } from 'n8n-workflow';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { followRealTime } from './currentTime';
import { life, type Life } from './life';
import { OneLife } from './OneLife';

const HISTORIES = Number(process.env.MUTED_HISTORIES ?? 2000);
const SEED = Number(process.env.MUTED_SEED ?? Date.now() % 2 ** 31);

/** Half of each day, so that most lives have polls within the window and outside of it. */
const MUTED = {
	muteBetween: { window: [{ from: '06:00', to: '18:00', days: [] }] },
};

interface Reported {
	/** How often each event of each task was reported. */
	counts: Map<string, number>;
	wrong: string[];
}

/** A reminder of what is held itself is no item of its own. */
const keyOf = ({ event, task, previous }: IDataObject): string => {
	const about = (task ?? previous) as IDataObject | null;
	return `${String(event)} ${String(about?.task_id ?? '')}`;
};

/** n8n is killed only with its state saved: what it holds is not on the NAS any more. */
const withSavedState = (one: Life): Life => ({
	...one,
	steps: one.steps.map((step) => (step.do === 'restart' ? { ...step, saved: true } : step)),
});

/** The zone by which the trigger can know the NAS's clock; undefined where it changes. */
function knownZone({ dialect, zone, quirks, start, steps }: Life): string | undefined {
	if (dialect === 'documented' || !quirks.clock) return 'UTC';
	// Where compounds are refused the clock may not be read, and the workflow's zone takes its place.
	const changes = steps.some((step) => ['clock', 'zone', 'refuse'].includes(step.do));
	const crossesChange = start !== Date.UTC(2026, 10, 24, 8);
	return changes || crossesChange ? undefined : zone;
}

async function lived(one: Life, id: string, options: Record<string, unknown>): Promise<Reported> {
	const counts = new Map<string, number>();
	const wrong: string[] = [];
	const zone = knownZone(one);
	const muted = Object.keys(options).length > 0;
	const add = (item: IDataObject, count: number): void =>
		void counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + count);
	const onPoll = (items: IDataObject[], at: number): void => {
		for (const item of items) {
			const { count } = (item.muted ?? { count: 1 }) as { count: number };
			add(item, count);
		}
		if (!muted || zone === undefined) return;
		const { hour } = DateTime.fromMillis(at, { zone });
		const within = hour >= 6 && hour < 18;
		if (within && items.length > 0) wrong.push(`${items.map(keyOf).join()} in the window`);
		if (!within && whole.n8n.held !== undefined) wrong.push('held after the window');
	};
	const whole = new OneLife(one, id, { options, onPoll, alwaysSaved: true, unjudged: true });
	const verdict = await whole.run();
	for (let poll = 0; poll < 3; poll++) {
		whole.nas.advance({ hours: 7 });
		await whole.poll();
	}
	wrong.push(...verdict.invented);
	// The last poll may lie within the window.
	const held = JSON.parse(String(whole.n8n.held ?? '[]')) as Array<[string, IDataObject, number]>;
	for (const [, item, count] of held) add(item, count);
	return { counts, wrong };
}

test(`${HISTORIES} histories with and without a mute report the same, each event once`, async () => {
	let lives = 0;
	let events = 0;
	let heldUp = 0;
	try {
		await fc.assert(
			fc.asyncProperty(life, async (random) => {
				const one = withSavedState(random);
				const plain = await lived(one, `plain ${lives}`, {});
				const muted = await lived(one, `muted ${lives++}`, MUTED);
				expect(muted.wrong).toEqual([]);
				const sorted = ({ counts }: Reported) => [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
				expect(sorted(muted)).toEqual(sorted(plain));
				for (const count of muted.counts.values()) {
					events += count;
					if (count > 1) heldUp++;
				}
			}),
			{ numRuns: HISTORIES, seed: SEED, endOnFailure: false },
		);
	} finally {
		followRealTime();
		process.stdout.write(
			`seed ${SEED}\n${lives} histories, ${events} events, ${heldUp} repeated\n`,
		);
	}
}, 3_600_000);
