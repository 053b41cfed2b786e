import { DateTime } from 'luxon';
import { partOf, runNode } from './codeNode';
import { COLOURS, draw, task, type Given, type Run } from './drawing';
import { specimen } from './specimenTasks';

const NOW = DateTime.fromISO('2026-11-24T07:00', { zone: 'Europe/Berlin' });
const ran = (task_id: string, outcome: string, daysAgo = 0): Run => ({
	task_id,
	outcome,
	at: Math.floor(NOW.minus({ days: daysAgo, hours: 2 }).toSeconds()),
});
const mail = (given: Omit<Given, 'now'>) => draw({ now: NOW, ...given });

describe('the mail of the backup calendar', () => {
	test.each<[string, Omit<Given, 'now'>]>([
		[
			'all 2 tasks succeeded in the last 7 days',
			{ tasks: [task('1'), task('2')], runs: [ran('1', 'succeeded'), ran('2', 'succeeded', 6)] },
		],
		[
			'the task succeeded in the last 7 days',
			{ tasks: [task('1')], runs: [ran('1', 'succeeded')] },
		],
		[
			'1 of 2 tasks had failures in the last 7 days',
			{
				tasks: [task('1'), task('2')],
				runs: [ran('1', 'succeeded'), ran('2', 'failed', 6), ran('2', 'succeeded')],
			},
		],
		[
			'2 of 2 tasks had problems in the last 7 days',
			{ tasks: [task('1'), task('2')], runs: [ran('1', 'partial'), ran('2', 'failed')] },
		],
		[
			'1 of 2 tasks had failures in the last 7 days, 1 had no success',
			{ tasks: [task('1'), task('2')], runs: [ran('1', 'failed')] },
		],
		[
			'1 of 2 tasks had no success in the last 7 days',
			{ tasks: [task('1'), task('2')], runs: [ran('1', 'succeeded'), ran('2', 'succeeded', 7)] },
		],
		[
			'1 of 1 task had no success in the last 7 days',
			{ tasks: [task('1')], runs: [ran('1', 'canceled')] },
		],
		// A failure of a week ago is history; a task whose status says error now is not, though no run of it is dated (LUN tasks).
		[
			'the task succeeded in the last 7 days',
			{ tasks: [task('1')], runs: [ran('1', 'failed', 7), ran('1', 'succeeded')] },
		],
		[
			'1 of 1 task had problems in the last 7 days',
			{
				tasks: [task('lun', { status: 'error', problem: 'destination_offline' })],
				runs: [ran('lun', 'succeeded')],
			},
		],
		['there are no tasks', {}],
	])('says: %s', (text, given) => {
		expect(mail(given).subject).toBe(`Backups: ${text}`);
	});

	test('names what needs somebody, newest failure of each task', () => {
		const { html } = mail({
			tasks: [
				task('1'),
				task('2'),
				task('3', { status: 'error', problem: 'destination_offline' }),
				task('4'),
			],
			runs: [
				ran('1', 'failed', 4),
				ran('1', 'partial', 2),
				ran('2', 'unknown', 1),
				ran('3', 'succeeded', 1),
			],
		});
		expect([...html.matchAll(/<li>(.*?)<\/li>/g)].map(([, line]) => line)).toEqual([
			'Task 1: was incomplete on 22 Nov',
			'Task 2: ended, and how is not known on 23 Nov',
			'Task 3: destination offline',
			'Task 4: no success in the last 7 days',
		]);
	});

	test('shows the picture, with a text in its place', () => {
		const { html, png } = mail({ tasks: [task('1')], runs: [ran('1', 'succeeded')] });
		expect(html).toContain(
			`<img src="cid:calendar" width="${png.width / 2}" alt="Calendar of the backups of 35 days: the task succeeded in the last 7 days"`,
		);
		expect(html).not.toContain('<li>');
	});

	test('a name cannot smuggle HTML into it', () => {
		const { html } = mail({
			tasks: [task('1', { name: `<img src=x onerror="alert('1')">&` })],
			runs: [ran('1', 'failed')],
		});
		expect(html).toContain(
			'&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38;: failed on 24 Nov',
		);
		expect(html.match(/<img/g)).toHaveLength(1);
	});

	test('a NAS that cannot be asked is said in the subject, and what is remembered is drawn', () => {
		const input = [
			{
				json: { key: 'k', task_id: '1', name: 'Photos', outcome: 'succeeded', at: ran('1', '').at },
			},
		];
		const others = {
			'All Tasks': [{ json: { error: 'The NAS <x> did not respond in time' } }],
			'Open Calendar': [{ json: { createdAt: '2026-01-01T00:00:00.000Z' } }],
		};
		const [item] = runNode('Draw', { input, others, now: NOW });
		expect(item!.json.subject).toBe('Backups: the NAS could not be asked, runs may be missing');
		expect(item!.json.html).toContain(
			'The NAS could not be asked: The NAS &#60;x&#62; did not respond in time',
		);
	});

	test('a task that was removed stays in the picture while it has runs there, and does not count', () => {
		const { subject, cell, html } = mail({
			tasks: [task('1')],
			runs: [ran('1', 'succeeded'), ran('gone', 'failed', 1)],
		});
		expect(subject).toBe('Backups: the task succeeded in the last 7 days');
		expect(cell(1, 1)).toBe(COLOURS.failed);
		expect(html).not.toContain('<li>');
		const long = mail({
			tasks: [task('1')],
			runs: [ran('1', 'succeeded'), ran('gone', 'failed', 40)],
		});
		expect(long.png.height).toBe(
			mail({ tasks: [task('1')], runs: [ran('1', 'succeeded')] }).png.height,
		);
	});
});

describe('the names in the picture', () => {
	const letters = partOf<(text: string) => Array<string | null>>('Draw', 'lettersOf');
	const shown = (text: string): string =>
		letters(text)
			.map((letter) => letter ?? '□')
			.join('');

	test.each([
		['Bücherei Straße', 'Bücherei Straße'],
		['u\u0308ber', 'über'],
		['Łódź Příliš Œuvre', 'Lódz Prílis OEuvre'],
		['“Quoted” — yes', '"Quoted" – yes'],
		['tab\tand\u00a0space\u200b', 'tab and space'],
		['Fotos 📷 и', 'Fotos □ □'],
		['👨‍👩‍👧', '□□□'],
		['❤️👍🏽', '□□'],
	])('%s', (given, expected) => {
		expect(shown(given)).toBe(expected);
	});

	test('a long name is cut before the squares, and never wider than its column', () => {
		const { png } = mail({ tasks: [task('1', { name: 'Ä'.repeat(100) + 'W'.repeat(100) })] });
		const gap = (24 + 190) * 2;
		for (let y = 236; y < 266; y += 1)
			for (let x = gap; x < gap + 20; x += 1)
				expect(png.data.readUIntBE((y * png.width + x) * 4, 3)).toBe(0xffffff);
	});

	test("a name that cannot be shown is drawn as the task's number", () => {
		expect(
			mail({ tasks: [task('7', { name: '写真のバックアップ' })] }).file.equals(
				mail({ tasks: [task('7', { name: 'Task 7' })] }).file,
			),
		).toBe(true);
	});
});

describe('the size of the picture', () => {
	test.each([
		[0, 18_000],
		[1, 25_000],
		[9, 45_000],
		[25, 90_000],
		[40, 130_000],
	])('%i tasks: at most %i bytes', (count, most) => {
		const drawn = draw(specimen(count, NOW));
		expect(drawn.file.length).toBeLessThan(most);
		expect(drawn.png.height).toBeGreaterThan(count * 46);
	});

	test('of more than 60 tasks those with problems are shown', () => {
		const tasks = Array.from({ length: 80 }, (_, index) => task(String(index + 100)));
		const runs = [
			...tasks.map(({ task_id }) => ran(String(task_id), 'succeeded')),
			ran('179', 'failed', 1),
		];
		const { cell, subject, png } = mail({ tasks, runs });
		expect(subject).toBe('Backups: 1 of 80 tasks had failures in the last 7 days');
		expect(cell(59, 1)).toBe(COLOURS.failed);
		expect(png.height).toBeLessThan(3400);
	});
});
