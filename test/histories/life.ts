import fc from 'fast-check';
import type { DsmVersion } from '../../simulator';
import type { Quirks } from './interference';

type RunOutcome = 'done' | 'partial' | 'failed' | 'dest_missing' | 'hang';

/** What a run finds and changes, against what is usual. */
export type Amount = 'usual' | 'huge' | 'empty';

/**
 * What happens to a NAS, its users and n8n, one thing after the other. `task` counts through the
 * tasks there are.
 */
export type Step =
	| { do: 'poll' }
	| { do: 'wait'; minutes: number }
	| { do: 'run'; task: number; outcome: RunOutcome; minutes: number; amount?: Amount }
	/**
	 * As many good runs, one after the other, each followed by a poll; then one more. The figures of one
	 * of them cannot be read.
	 */
	| { do: 'nights'; task: number; count: number; minutes: number; last: Amount; unread: number }
	| { do: 'cancel' | 'suspend' | 'resume' | 'discard' | 'remove' | 'relink'; task: number }
	| { do: 'check'; task: number; damaged: boolean }
	| { do: 'state'; task: number; state: string }
	| { do: 'rename'; task: number; name: string }
	| { do: 'vanish'; task: number | 'all'; polls: number }
	| { do: 'oddStatus'; word: string | undefined; polls: number }
	| { do: 'refuse'; code: number | 'http500' | 'reset'; polls: number }
	| { do: 'add' | 'republish' | 'move' }
	| { do: 'upgrade'; dsm: DsmVersion }
	| { do: 'reboot'; minutes: number }
	| { do: 'outage'; kind: OutageKind; polls: number }
	| { do: 'expire'; code: 106 | 107 | 119 }
	| { do: 'clock'; hours: number }
	| { do: 'zone'; zone: string }
	| { do: 'restart'; saved: boolean };

export type OutageKind =
	'http502' | 'http503' | 'html' | 'truncated' | 'empty200' | 'reset' | 'blocked';

export interface Life {
	dialect: 'dsm' | 'documented';
	dsm: DsmVersion;
	zone: string;
	/** Milliseconds since 1970: some lives cross a change of the clocks. */
	start: number;
	parallel: number;
	quirks: Quirks;
	/** undefined: the tasks' schedules are followed. */
	overdueHours: number | undefined;
	steps: Step[];
}

const task = fc.integer({ min: 0, max: 6 });
const minutes = fc.constantFrom(0, 1, 1, 2, 5, 9, 30, 60, 150, 240, 1440);
const amount = fc.constantFrom<Amount>('usual', 'usual', 'huge', 'empty');
const nights = {
	task,
	count: fc.integer({ min: 7, max: 9 }),
	last: amount,
	unread: fc.nat(20),
	minutes: fc.constantFrom(1, 3, 10),
};
const versions = fc.constantFrom<DsmVersion>('6.2', '7.1', '7.2', '7.4');

const weighted = <T extends Step['do']>(
	weight: number,
	name: T,
	fields: Record<string, fc.Arbitrary<unknown>> = {},
) => ({
	weight,
	arbitrary: fc.record({ do: fc.constant(name), ...fields }) as fc.Arbitrary<Step>,
});

const STEPS = [
	weighted(14, 'poll'),
	weighted(7, 'wait', { minutes }),
	weighted(12, 'run', {
		task,
		outcome: fc.constantFrom('done', 'done', 'failed', 'failed', 'partial', 'dest_missing', 'hang'),
		minutes: fc.constantFrom(0.2, 1, 3, 10, 200),
		amount,
	}),
	weighted(1, 'nights', nights),
	weighted(1, 'cancel', { task }),
	weighted(1, 'suspend', { task }),
	weighted(1, 'resume', { task }),
	weighted(1, 'discard', { task }),
	weighted(1, 'remove', { task }),
	weighted(1, 'relink', { task }),
	weighted(1, 'check', { task, damaged: fc.boolean() }),
	weighted(1, 'state', {
		task,
		state: fc.constantFrom(
			'backupable',
			'broken',
			'unauth',
			'error_detect',
			'restore_only',
			'relinkable',
		),
	}),
	weighted(1, 'rename', { task, name: fc.constantFrom('A', 'B', 'Nightly "x"') }),
	weighted(2, 'vanish', {
		task: fc.oneof(task, fc.constant('all' as const)),
		polls: fc.integer({ min: 1, max: 3 }),
	}),
	weighted(2, 'oddStatus', {
		word: fc.constantFrom('finalizing', 'detect', '', undefined),
		polls: fc.integer({ min: 1, max: 4 }),
	}),
	weighted(1, 'refuse', {
		code: fc.constantFrom(105, 117, 160, 'http500', 'reset'),
		polls: fc.integer({ min: 1, max: 6 }),
	}),
	weighted(1, 'add'),
	weighted(1, 'republish'),
	weighted(1, 'move'),
	weighted(1, 'upgrade', { dsm: versions }),
	weighted(1, 'reboot', { minutes: fc.constantFrom(0, 3, 20) }),
	weighted(2, 'outage', {
		kind: fc.constantFrom(
			'http502',
			'http503',
			'html',
			'truncated',
			'empty200',
			'reset',
			'blocked',
		),
		polls: fc.integer({ min: 1, max: 5 }),
	}),
	weighted(2, 'expire', { code: fc.constantFrom(106, 107, 119) }),
	weighted(1, 'clock', { hours: fc.constantFrom(-48, -1, 0, 1, 24 * 365) }),
	weighted(1, 'zone', { zone: fc.constantFrom('Asia/Tokyo', 'America/New_York', 'Asia/Kolkata') }),
	weighted(3, 'restart', { saved: fc.boolean() }),
];

/**
 * Mostly many good runs in a row, which *Unusual Run* compares, and runs of any size. Beside them
 * what is usual in a life: the rest is in the other lives.
 */
const NIGHTS = [
	weighted(10, 'poll'),
	weighted(5, 'wait', { minutes }),
	weighted(4, 'nights', nights),
	weighted(8, 'run', {
		task,
		outcome: fc.constantFrom('done', 'failed', 'partial'),
		minutes: fc.constantFrom(1, 3, 10),
		amount,
	}),
	weighted(1, 'cancel', { task }),
	weighted(1, 'check', { task, damaged: fc.constant(false) }),
	weighted(1, 'rename', { task, name: fc.constantFrom('A', 'B', 'Nightly "x"') }),
	weighted(1, 'add'),
	weighted(1, 'remove', { task }),
	weighted(2, 'expire', { code: fc.constantFrom(106, 107, 119) }),
	weighted(2, 'restart', { saved: fc.boolean() }),
];

const lifeOf = (step: fc.Arbitrary<Step>): fc.Arbitrary<Life> =>
	fc.record({
		dialect: fc.constantFrom('dsm' as const, 'dsm' as const, 'documented' as const),
		dsm: versions,
		zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York'),
		start: fc.constantFrom(
			Date.UTC(2026, 10, 24, 8),
			Date.UTC(2026, 9, 25, 0, 20),
			Date.UTC(2026, 2, 29, 0, 20),
		),
		parallel: fc.constantFrom(1, 1000),
		quirks: fc.record({
			rotation: fc.constantFrom<Quirks['rotation']>('keep', 'word', 'running', 'lag'),
			lateTimes: fc.boolean(),
			clock: fc.constantFrom(true, true, true, false),
		}),
		overdueHours: fc.constantFrom(undefined, undefined, 26),
		steps: fc.array(step, { minLength: 4, maxLength: 40 }),
	});

export const life = lifeOf(fc.oneof(...STEPS));

export const lifeWithNights = lifeOf(fc.oneof(...NIGHTS));
