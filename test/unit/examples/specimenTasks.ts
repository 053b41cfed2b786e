import type { DateTime } from 'luxon';
import { task, type Given, type Run } from './drawing';

const NAMES = [
	'Nightly to USB',
	'Photos to C2',
	'Mail server',
	'Web server',
	'Bücherei und Noten (wöchentlich)',
	'Accounting to office NAS, with all attachments of the last years',
	'Virtual machines',
	'Home directories',
	'Music',
];

/** A history with everything in it, the same every time: a number is drawn from a row of its own, so that no run of luck is needed. */
export function specimen(count: number, now: DateTime): Given {
	let seed = 20261124;
	const luck = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
	const runs: Run[] = [];
	const tasks = Array.from({ length: count }, (_, index) => {
		const task_id = String(index + 1);
		const name =
			(NAMES[index % NAMES.length] ?? '') +
			(index < NAMES.length ? '' : ` ${Math.floor(index / NAMES.length) + 1}`);
		const kind = index % NAMES.length;
		for (let back = 34; back >= 0; back -= 1) {
			const day = now.startOf('day').minus({ days: back });
			const end = (hour: number, outcome: string): void =>
				void runs.push({
					task_id,
					name,
					outcome,
					at: Math.floor(day.set({ hour, minute: 12 }).toSeconds()),
				});
			if (kind === 8 && back > 12) continue;
			if (kind === 4) {
				if (day.weekday === 7) end(3, back === 16 ? 'canceled' : 'succeeded');
			} else if (kind === 3) {
				end(2, back === 1 || back === 2 ? 'failed' : back === 23 ? 'partial' : 'succeeded');
			} else if (kind === 6) {
				if (back !== 8 && back !== 9)
					end(1, back === 12 ? 'unknown' : back === 26 ? 'suspended' : 'succeeded');
			} else if (kind === 7) {
				end(1, 'succeeded');
				if (day.weekday < 6 && back > 0) end(13, luck() < 0.06 ? 'failed' : 'succeeded');
				if (day.weekday === 5) end(19, 'succeeded');
			} else {
				const chance = luck();
				end(
					4,
					chance < 0.02
						? 'failed'
						: chance < 0.05
							? 'partial'
							: chance < 0.07
								? 'canceled'
								: 'succeeded',
				);
			}
		}
		return task(task_id, { name });
	});
	return { tasks: [...tasks, task('never', { name: 'New task, never ran' })], runs, now };
}
