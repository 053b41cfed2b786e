import { DIALECTS } from '../../../nodes/HyperBackup/hyperBackup/task/dialects';
import type { RawTask } from '../../../nodes/HyperBackup/hyperBackup/task/TaskSnapshot';
import { shownTasks } from '../../../nodes/HyperBackup/trigger/shownTasks';

const { dsm, documented } = DIALECTS;

const DSM_ROW: RawTask = {
	task_id: 1,
	name: 'Nightly',
	state: 'backupable',
	status: 'none',
	type: 'image:image_local',
	target_id: 'nas_1.hbk',
	last_bkp_result: 'done',
	last_bkp_time: '2026/11/01 02:00:00',
	last_bkp_end_time: '2026/11/01 02:10:00',
	next_bkp_time: '2026/11/02 02:00',
	last_bkp_success_version: '7',
};

const DOCUMENTED_ROW: RawTask = {
	task_id: '1',
	name: 'Nightly',
	status: 'idle',
	last_backup_time: 1_790_000_000,
	next_backup_time: 1_790_086_400,
	destination: 'rsync://backup.example.com/backups',
};

/** Another value of the same kind. */
const changed = (value: unknown): unknown =>
	typeof value === 'number' ? value + 1 : `${String(value)}0`;

test('a row that reads the same has the very same snapshot', () => {
	const first = shownTasks(dsm, [DSM_ROW], undefined);
	const again = shownTasks(dsm, [{ ...DSM_ROW, schedule: {}, is_modified: true }], first);
	expect(again).toBe(first);
	const more = shownTasks(dsm, [{ ...DSM_ROW }, { ...DSM_ROW, task_id: 2 }], first);
	expect(more.snapshots[0]).toBe(first.snapshots[0]);
});

test.each(['dsm', 'documented'] as const)(
	'whatever field a snapshot is made from is compared (%s dialect)',
	(name) => {
		const row = name === 'dsm' ? DSM_ROW : DOCUMENTED_ROW;
		const read = new Set<string>();
		const recorder = new Proxy(row, {
			get: (target, field) => {
				read.add(String(field));
				return target[String(field)];
			},
			has: (target, field) => {
				read.add(String(field));
				return String(field) in target;
			},
		});
		DIALECTS[name].snapshot(recorder);
		expect(read.size).toBeGreaterThan(4);
		const first = shownTasks(DIALECTS[name], [row], undefined);
		const unseen = [...read].filter((field) => {
			const other = { ...row, [field]: changed(row[field]) };
			return shownTasks(DIALECTS[name], [other], first) === first;
		});
		expect(unseen).toEqual([]);
	},
);

test.each(Object.keys(DSM_ROW))('another %s is another snapshot', (field) => {
	const first = shownTasks(dsm, [DSM_ROW], undefined);
	const row = { ...DSM_ROW, [field]: changed(DSM_ROW[field]) };
	const { snapshots } = shownTasks(dsm, [row], first);
	expect(snapshots[0]).not.toBe(first.snapshots[0]);
	expect(snapshots[0]).toEqual(dsm.snapshot(row));
	const without = Object.fromEntries(Object.entries(DSM_ROW).filter(([name]) => name !== field));
	expect(shownTasks(dsm, [without], first).snapshots[0]).toEqual(dsm.snapshot(without));
});

test('rows in another order, more or fewer of them, each have their own snapshot', () => {
	const rows = [1, 2, 3].map((task_id) => ({ ...DSM_ROW, task_id }));
	const first = shownTasks(dsm, rows, undefined);
	for (const other of [[...rows].reverse(), rows.slice(1), [...rows, DSM_ROW], []]) {
		const { snapshots } = shownTasks(dsm, other, first);
		expect(snapshots).toEqual(other.map((row) => dsm.snapshot(row)));
	}
});

test('the rows of one dialect say nothing of those of the other', () => {
	const first = shownTasks(dsm, [DOCUMENTED_ROW], undefined);
	const { snapshots } = shownTasks(documented, [DOCUMENTED_ROW], first);
	expect(snapshots[0]).toEqual(documented.snapshot(DOCUMENTED_ROW));
});
