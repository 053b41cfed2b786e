import type { TaskSpec } from '../types';

/**
 * The steps of a run in the order measured on DSM 7.4, and the part of the time each takes here.
 * `total_size_count` was seen on 7.1.
 */
const STEPS: Array<[name: string, until: number]> = [
	['prebackup', 0.05],
	['backup_prepare', 0.1],
	['total_size_count', 0.2],
	['app_backup', 0.25],
	['data_backup', 0.9],
	['config_backup', 0.95],
	['backup_complete', 1],
];

export interface Step {
	name: string;
	/** 0 to 1, of the data. */
	data: number;
}

export function stepAt(elapsed: number, duration: number): Step {
	const part = Math.min(elapsed / duration, 1);
	const index = STEPS.findIndex(([, until]) => part < until);
	const name = STEPS[index < 0 ? STEPS.length - 1 : index]![0];
	return { name, data: Math.min(Math.max((part - 0.25) / 0.65, 0), 1) };
}

export type Progress = Record<string, unknown>;

/**
 * DSM's `progress`: sizes and counts as text, the percentage meaningless until the data is
 * transferred.
 */
export function progressOf(spec: TaskSpec, elapsed: number, duration: number): Progress {
	const { name, data } = stepAt(elapsed, duration);
	// KiB, as DSM most probably counts: equal to the source size of the statistics in captures.
	const total = Math.ceil((spec.bytes ?? 1_000_000_000) / 1024);
	const files = spec.files ?? 1200;
	const processed = Math.round(total * data);
	const transferring = data > 0;
	return {
		step: name,
		title_type: 'backingup',
		progress: Math.floor(data * 100 + 1e-9),
		show_progress: transferring,
		can_cancel: true,
		can_suspend: name === 'data_backup',
		avg_speed: transferring ? Math.round(total / (duration * 0.65)) : 0,
		total_size: String(total),
		processed_size: String(processed),
		transmitted_size: String(Math.round(processed * 0.6)),
		scan_file_count: String(Math.round(files * data)),
		counted_file_count: String(files),
		current_app: '',
		current_app_stage: '',
		current_app_percent: '0',
		current_app_action_percent: '0',
		app_list: [],
		app_done_list: [],
	};
}
