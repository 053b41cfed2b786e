import fc from 'fast-check';
import type { DsmVersion } from '../../simulator';

/** What happens to a NAS, its people and n8n, one thing after the other. */
export type Step =
	| { do: 'poll' }
	| { do: 'wait'; minutes: number }
	| {
			do: 'run';
			task: number;
			outcome: 'done' | 'partial' | 'failed' | 'dest_missing' | 'hang';
			minutes: number;
	  }
	| { do: 'cancel' | 'suspend' | 'resume' | 'discard' | 'remove'; task: number }
	| { do: 'check'; task: number; damaged: boolean }
	| { do: 'state'; task: number; state: string }
	| { do: 'rename'; task: number; name: string }
	| { do: 'add' }
	| { do: 'reboot'; minutes: number }
	| {
			do: 'outage';
			kind: 'http502' | 'http503' | 'html' | 'truncated' | 'empty200' | 'reset';
			polls: number;
	  }
	| { do: 'expire'; code: 106 | 107 | 119 }
	| { do: 'clock'; hours: number }
	| { do: 'zone'; zone: string }
	| { do: 'restart'; saved: boolean };

export interface Life {
	dsm: DsmVersion;
	zone: string;
	/** Milliseconds since 1970: some lives cross a change of the clocks. */
	start: number;
	parallel: number;
	steps: Step[];
}

const task = fc.integer({ min: 1, max: 4 });
const minutes = fc.constantFrom(0, 1, 1, 2, 5, 9, 30, 60, 240, 1440);

const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 12, arbitrary: fc.constant<Step>({ do: 'poll' }) },
	{ weight: 6, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes }) },
	{
		weight: 10,
		arbitrary: fc.record({
			do: fc.constant('run' as const),
			task,
			outcome: fc.constantFrom(
				'done' as const,
				'done' as const,
				'failed' as const,
				'failed' as const,
				'partial' as const,
				'dest_missing' as const,
				'hang' as const,
			),
			minutes: fc.constantFrom(0.2, 1, 3, 10),
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constantFrom(
				'cancel' as const,
				'suspend' as const,
				'resume' as const,
				'discard' as const,
			),
			task,
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), task }) },
	{
		weight: 1,
		arbitrary: fc.record({ do: fc.constant('check' as const), task, damaged: fc.boolean() }),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('state' as const),
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
	},
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('rename' as const),
			task,
			name: fc.constantFrom('A', 'B', 'Nightly "x"'),
		}),
	},
	{ weight: 1, arbitrary: fc.constant<Step>({ do: 'add' }) },
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('reboot' as const),
			minutes: fc.constantFrom(0, 3, 20),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('outage' as const),
			kind: fc.constantFrom(
				'http502' as const,
				'http503' as const,
				'html' as const,
				'truncated' as const,
				'empty200' as const,
				'reset' as const,
			),
			polls: fc.integer({ min: 1, max: 4 }),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('expire' as const),
			code: fc.constantFrom(106 as const, 107 as const, 119 as const),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('clock' as const),
			hours: fc.constantFrom(-48, -1, 0, 1, 24 * 365),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('zone' as const),
			zone: fc.constantFrom('Asia/Tokyo', 'America/New_York', 'Asia/Kolkata'),
		}),
	},
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('restart' as const), saved: fc.boolean() }) },
);

export const life: fc.Arbitrary<Life> = fc.record({
	dsm: fc.constantFrom<DsmVersion>('6.2', '7.1', '7.2', '7.4'),
	zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York'),
	start: fc.constantFrom(
		Date.UTC(2026, 10, 24, 8),
		Date.UTC(2026, 9, 25, 0, 20),
		Date.UTC(2026, 2, 29, 0, 20),
	),
	parallel: fc.constantFrom(1, 1000),
	steps: fc.array(step, { minLength: 4, maxLength: 40 }),
});
