import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { demoTasks, type Nas, type NasOptions, type TaskSpec } from '../../simulator';
import type { Span } from '../../simulator/clock';
import type { EventName, FollowUp } from '../../nodes/HyperBackup/trigger/eventNames';
import { CHOSEN_WITH } from '../../nodes/HyperBackup/trigger/eventNames';
import { ActiveTrigger } from '../../testing/engine';
import { BEGINNING, onStage, ZONE } from './stage';

/** What happens on the NAS; n8n polls after each step, a minute or `pause` later. */
interface Step {
	what?: (nas: Nas) => unknown;
	pause?: Span;
}

interface Scenario {
	/** The one task of the NAS is "Nightly to USB" of the demo, with these differences. */
	task?: Partial<TaskSpec>;
	vault?: NasOptions['vault'];
	steps: Step[];
}

const run: Step = { what: (nas) => nas.task(1).accept() };
const later = (pause: Span): Step => ({ pause });
const end = later({ minutes: 11 });
const suspend: Step = { what: (nas) => nas.task(1).suspend() };
const failed = {
	result: 'failed',
	errorCode: 4467,
	error: 'SYNO.SDS.Backup.Application:error:status_target_broken',
} as const;
const refused: Step = { what: (nas) => nas.fault({ kind: 'http502' }) };
const overdue: Scenario = { task: { nextOutcomes: ['failed'] }, steps: [later({ hours: 20 })] };
const neverRan: Scenario = {
	task: { lastRun: null, schedule: undefined },
	steps: [later({ hours: 25 })],
};
const tooLong: Scenario = {
	task: { durationSeconds: 26 * 3600 },
	steps: [run, later({ hours: 25 })],
};
const unchecked: Scenario = {
	task: { lastCheck: { at: BEGINNING - 25 * 86_400_000 } },
	steps: [{}, later({ days: 6 })],
};
const silent: Scenario = {
	vault: { targets: [{ id: 1, name: 'Branch_1', lastBackupAt: BEGINNING - 12 * 3_600_000 }] },
	steps: [{}, later({ hours: 15 })],
};
const unreachable: Scenario = { steps: [refused, {}, {}] };

const then = (scenario: Scenario, ...steps: Step[]): Scenario => ({
	...scenario,
	steps: [...scenario.steps, ...steps],
});

export const SCENARIOS: Record<EventName | FollowUp, Scenario> = {
	statusChanged: { steps: [run] },
	backupStarted: { steps: [run] },
	backupSucceeded: { steps: [run, end] },
	backupPartial: { task: { nextOutcomes: ['partial'] }, steps: [run, end] },
	backupFailed: { task: { nextOutcomes: [failed] }, steps: [run, end] },
	backupOutcomeUnknown: {
		task: { nextOutcomes: ['failed'] },
		steps: [run, { what: (nas) => (nas.advance({ minutes: 11 }), nas.task(1).accept()) }],
	},
	versionRotationFailed: {
		steps: [
			{
				what: (nas) =>
					Object.assign(nas.task(1).overrides, { last_bkp_result: 'version_delete_failed' }),
			},
		],
	},
	backupCanceled: { steps: [run, { what: (nas) => nas.task(1).cancel() }] },
	backupSuspended: { steps: [run, later({ minutes: 4 }), suspend] },
	backupResumed: {
		steps: [run, later({ minutes: 4 }), suspend, { what: (nas) => nas.task(1).resume() }],
	},
	backupRecovered: {
		task: { nextOutcomes: [failed, failed, 'done'] },
		steps: [run, end, run, end, run, end],
	},
	integrityCheckStarted: { steps: [{ what: (nas) => nas.task(1).integrityCheck(600) }] },
	integrityCheckPassed: { steps: [{ what: (nas) => nas.task(1).integrityCheck(600) }, end] },
	integrityCheckFailed: {
		steps: [{ what: (nas) => nas.task(1).integrityCheck(600, 'damaged') }, end],
	},
	integrityCheckOverdue: unchecked,
	integrityCheckOverdueEnded: then(
		unchecked,
		{ what: (nas) => nas.task(1).integrityCheck(600) },
		later({ hours: 7 }),
	),
	destinationProblem: { steps: [{ what: (nas) => nas.task(1).breakDestination() }] },
	backupOverdue: overdue,
	backupOverdueEnded: then(overdue, run, end),
	backupNeverRan: neverRan,
	backupNeverRanEnded: then(neverRan, run),
	backupTooLong: tooLong,
	backupTooLongEnded: then(tooLong, later({ hours: 2 })),
	unusualRun: {
		task: {
			nextOutcomes: [...Array<'done'>(7).fill('done'), { result: 'done', durationSeconds: 7200 }],
		},
		steps: [...Array.from({ length: 7 }, () => [run, end]).flat(), run, later({ hours: 3 })],
	},
	taskAdded: { steps: [{ what: (nas) => nas.addTask(demoTasks(BEGINNING)[1]!) }] },
	taskRemoved: { steps: [{ what: (nas) => nas.removeTask(1) }, {}, {}, {}] },
	taskRenamed: { steps: [{ what: (nas) => nas.task(1).rename('Nightly to the new disk') }] },
	logEntry: {
		task: { nextOutcomes: [{ result: 'partial', skipped: ['/volume1/photo/2026/IMG_0412.jpg'] }] },
		steps: [run, end],
	},
	vaultTargetOverdue: silent,
	vaultTargetOverdueEnded: then(silent, {
		what: (nas) => nas.vault.receive(1, nas.clock.now()),
	}),
	nasUnreachable: unreachable,
	nasReachable: then(unreachable, { what: (nas) => nas.clearFaults() }),
};

/** The port of a simulated NAS is another one each time. */
const steady = (items: IDataObject[], { url }: Nas): IDataObject[] =>
	JSON.parse(
		JSON.stringify(items).replaceAll(new URL(url).host, 'nas.example.com:5001'),
	) as IDataObject[];

/** The item that real polls of the trigger, in n8n's engine, give of this event. */
export async function eventExample(event: EventName | FollowUp): Promise<IDataObject> {
	const { task, vault, steps } = SCENARIOS[event];
	const chosen = event in CHOSEN_WITH ? CHOSEN_WITH[event as FollowUp] : event;
	return await onStage(
		{ tasks: [{ ...demoTasks(BEGINNING)[0]!, ...task }], vault },
		async (nas, credentials) => {
			const trigger = new ActiveTrigger(credentials, { events: [chosen] } as INodeParameters, ZONE);
			await trigger.poll();
			let items: IDataObject[] = [];
			for (const { what, pause = { minutes: 1 } } of steps) {
				nas.advance(pause);
				what?.(nas);
				items = steady((await trigger.poll()) ?? [], nas);
			}
			const item = items.find((one) => one.event === event);
			if (!item)
				throw new Error(
					`The last poll of the example for ${event} gave ${JSON.stringify(items.map((one) => one.event))}`,
				);
			return item;
		},
	);
}
