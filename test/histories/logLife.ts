import fc from 'fast-check';

/** What happens to a log, to the NAS's clock and to n8n, one thing after the other. */
export type LogStep =
	| { do: 'poll' }
	/** `count` rows of the same text in the same second. */
	| { do: 'write'; text: number; level: 'info' | 'warn' | 'err'; count: number }
	/** Rows of different texts, `perSecond` of them in each second. */
	| { do: 'burst'; count: number; perSecond: number }
	| { do: 'wait'; seconds: number }
	| { do: 'rotate'; keep: number }
	| { do: 'clock'; seconds: number }
	/** Rows are written while the log is read. */
	| { do: 'writeWhileRead'; count: number }
	| { do: 'outage'; kind: 'code' | 'reset' | 'truncated' | 'html' | 'later'; polls: number }
	| { do: 'restart' | 'saveAndRestart' | 'republish' };

export interface LogLife {
	level: 'info' | 'warn' | 'err';
	/** Rows that are there from the beginning. */
	past: number;
	steps: LogStep[];
}

const step: fc.Arbitrary<LogStep> = fc.oneof(
	{ weight: 10, arbitrary: fc.record({ do: fc.constant('poll' as const) }) },
	{
		weight: 12,
		arbitrary: fc.record({
			do: fc.constant('write' as const),
			text: fc.integer({ min: 0, max: 3 }),
			level: fc.constantFrom('info' as const, 'warn' as const, 'err' as const),
			count: fc.constantFrom(1, 1, 1, 2, 3, 7),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('burst' as const),
			count: fc.constantFrom(20, 99, 100, 101, 250),
			perSecond: fc.constantFrom(1, 3, 50, 1000),
		}),
	},
	{
		weight: 5,
		arbitrary: fc.record({
			do: fc.constant('wait' as const),
			seconds: fc.constantFrom(1, 1, 2, 60, 3600),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('rotate' as const),
			keep: fc.constantFrom(0, 0, 1, 2, 5, 50, 100, 150),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('clock' as const),
			seconds: fc.constantFrom(-1, -2, -3, -60, -3600, 1, 3600),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('writeWhileRead' as const),
			count: fc.constantFrom(1, 2, 30, 130),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('outage' as const),
			kind: fc.constantFrom('code', 'reset', 'truncated', 'html', 'later'),
			polls: fc.integer({ min: 1, max: 4 }),
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			do: fc.constantFrom('restart', 'restart', 'saveAndRestart', 'republish'),
		}),
	},
) as fc.Arbitrary<LogStep>;

export const logLife: fc.Arbitrary<LogLife> = fc.record({
	level: fc.constantFrom('info' as const, 'warn' as const, 'err' as const),
	past: fc.constantFrom(0, 1, 5, 99, 100, 101, 300),
	steps: fc.array(step, { minLength: 4, maxLength: 40 }),
});
