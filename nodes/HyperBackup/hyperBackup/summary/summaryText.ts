import { readableTime } from '../clock/readableTime';
import { oneLine } from '../task/describeState';

/** What the texts show of a task. */
interface Line {
	name: string;
	status: string;
	attention: string | null;
	message: string;
	last_backup_at: string | null;
	next_backup_at: string | null;
}

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Task names come from the NAS and may contain anything. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);

/** DSM shows no times for LUN tasks: that no time is known does not mean that it never ran. */
function lastBackup({ last_backup_at: at, attention }: Line, withoutTime: string): string {
	if (at !== null) return readableTime(at);
	return attention === 'never_ran' ? 'never' : withoutTime;
}

/** For a notification or a plain mail: what needs attention first, one task per line. */
export function summaryText(message: string, tasks: Line[]): string {
	const lines = tasks.map(
		(task) =>
			`${task.attention === null ? '-' : '!'} ${oneLine(task.message)}` +
			` (last backup ${lastBackup(task, 'at an unknown time')})`,
	);
	return [oneLine(message), ...lines].join('\n');
}

/** Colors that can be read on light and dark backgrounds; mail programs take only inline styles. */
const colorOf = ({ attention }: Line): string => {
	if (attention === null) return '#2e7d32';
	return attention === 'error' || attention === 'unknown' || attention === 'late'
		? '#c62828'
		: '#b26a00';
};

const CELL = 'style="padding:4px 12px 4px 0;text-align:left;vertical-align:top"';

/** For a mail or a page: the same as a table. */
export function summaryHtml(message: string, tasks: Line[]): string {
	const rows = tasks.map((task) => {
		const status = `<strong style="color:${colorOf(task)}">${escaped(task.status)}</strong>`;
		const cells = [
			status,
			escaped(task.message),
			escaped(lastBackup(task, 'no time reported')),
			escaped(task.next_backup_at === null ? '' : readableTime(task.next_backup_at)),
		];
		return `<tr>${cells.map((cell) => `<td ${CELL}>${cell}</td>`).join('')}</tr>`;
	});
	const titles = ['Status', 'Task', 'Last backup', 'Next backup'];
	const head = titles.map((title) => `<th ${CELL}>${title}</th>`).join('');
	return (
		`<p><strong>${escaped(message)}</strong></p>` +
		`<table style="border-collapse:collapse"><thead><tr>${head}</tr></thead>` +
		`<tbody>${rows.join('')}</tbody></table>`
	);
}
