import { DateTime } from 'luxon';
import { renderHtml, runCode } from './exampleWorkflow';

const NOW = DateTime.fromISO('2026-11-23T07:00', { zone: 'Europe/Berlin' });

interface Report {
	subject: string;
	rows: Array<{ attention: boolean; status: string; result: string; last: string; next: string }>;
}

function report(listed: Array<Record<string, unknown>>): Report & { html: string } {
	const items = runCode('weekly-report.json', 'Build Report', {
		input: (listed.length > 0 ? listed : [{}]).map((json) => ({ json })),
		now: NOW,
	});
	return {
		...(items[0]!.json as unknown as Report),
		html: renderHtml('weekly-report.json', 'Render Email', items),
	};
}

const task = (more: Record<string, unknown> = {}) => ({
	task_id: '1',
	name: 'Nightly to USB',
	nas: 'DiskStation',
	status: 'idle',
	last_result: 'success',
	problem: null,
	last_backup_time: 1795482000,
	next_backup_time: 1795568400,
	...more,
});

describe('the weekly report', () => {
	test.each<[string, Array<Record<string, unknown>>]>([
		['DiskStation: nothing needs attention (1 task)', [task()]],
		[
			'DiskStation: attention needed for 1 of 2 tasks',
			[task(), task({ status: 'error', last_result: 'failed', problem: 'backup_failed' })],
		],
		['Synology NAS: there are no backup tasks', []],
		['Synology NAS: the NAS could not be read', [{ error: 'No route to host' }]],
	])('says: %s', (text, listed) => {
		expect(report(listed).subject).toBe(`Backups on ${text}`);
	});

	test.each([
		['a success', {}, false],
		['a backup under way', { status: 'running', last_result: 'running' }, false],
		['a LUN task without times', { last_backup_time: null, next_backup_time: null }, false],
		['a canceled backup, though its status is idle', { last_result: 'canceled' }, true],
		['a discarded backup', { last_result: 'discarded' }, true],
		['a task that never ran', { last_result: 'never', last_backup_time: null }, true],
		['a suspended task', { status: 'suspended', last_result: 'suspended' }, true],
		['an unknown status', { status: 'unknown' }, true],
		['idle without a run or a result', { last_result: undefined, last_backup_time: null }, true],
	])('%s', (_what, more, attention) => {
		expect(report([task(more)]).rows[0]!.attention).toBe(attention);
	});

	test("shows times with the NAS's offset, or else with that of the workflow's zone", () => {
		const at = { last_backup_at: '2026-11-23T20:00:00-05:00' };
		expect(report([task(at)]).rows[0]!.last).toBe('Mon 23 Nov 2026, 20:00 UTC-05:00');
		expect(report([task()]).rows[0]).toMatchObject({
			last: 'Tue 24 Nov 2026, 02:00 UTC+01:00',
			next: 'Wed 25 Nov 2026, 02:00 UTC+01:00',
		});
	});

	test('never calls a LUN task without times never backed up', () => {
		const [lun] = report([task({ last_backup_time: null, next_backup_time: null })]).rows;
		expect(lun).toMatchObject({ last: 'no time reported', next: 'none reported' });
	});

	test('names cannot smuggle HTML into it, and an error is shown', () => {
		const { html } = report([task({ name: '<b>"x"</b> $&' })]);
		expect(html).toContain('&#60;b&#62;&#34;x&#34;&#60;/b&#62; &#36;&#38;</th>');
		expect(report([{ error: 'No <route>' }]).html).toContain('<p>No &#60;route&#62;</p>');
	});
});
