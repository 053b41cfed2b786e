import { PassThrough } from 'node:stream';
import { Progress, type State, type View } from '../../../demo/progress/progress';
import { plainView } from '../../../demo/progress/plainView';
import { viewFor } from '../../../demo/progress/view';

const STEPS = [
	{ name: 'n8n', title: 'n8n from npm', seconds: 60 },
	{ name: 'start', title: 'n8n starts', seconds: 30 },
	{ name: 'alert', title: 'The first alert', seconds: 10 },
];

function recorder() {
	const lines: string[] = [];
	const states: State[] = [];
	const view: View = {
		say: (line) => void lines.push(line),
		update: (state) => void states.push(state),
		tick: () => {},
		close: () => {},
	};
	return { progress: new Progress(STEPS, view), lines, states };
}

describe('progress', () => {
	test('names each step with its place and its share of the work', () => {
		const { progress, lines } = recorder();
		for (const { name } of STEPS) progress.begin(name);
		expect(lines).toEqual([
			'Step 1 of 3: n8n from npm (60 % of the work)',
			'Step 2 of 3: n8n starts (30 % of the work)',
			'Step 3 of 3: The first alert (10 % of the work)',
		]);
	});

	test('adds up the shares of the steps', () => {
		const { progress, states } = recorder();
		progress.advance('n8n', 0.5, '1175 of 2206 packages installed');
		progress.end('n8n');
		progress.end('start');
		progress.end('alert');
		expect(states.map(({ share }) => share)).toEqual([0.3, 0.6, 0.9, 1]);
		expect(states[0]!.text).toBe('n8n from npm: 1175 of 2206 packages installed');
	});

	test('is complete at the end of an install that printed nothing', () => {
		const { progress, states } = recorder();
		progress.begin('n8n');
		progress.end('n8n');
		expect(states.map(({ share }) => share)).toEqual([0, 0.6]);
	});

	test('never goes beyond the end of a step', () => {
		const { progress, states } = recorder();
		progress.advance('n8n', 1.7);
		expect(states).toEqual([{ share: 0.6, text: 'n8n from npm' }]);
	});

	test('never goes back, also when a count begins anew', () => {
		const { progress, states } = recorder();
		progress.advance('n8n', 0.5);
		progress.advance('n8n', 0.1);
		expect(states.map(({ share }) => share)).toEqual([0.3, 0.3]);
	});

	test('leaves out a step that is not part of the plan', () => {
		const { progress, lines, states } = recorder();
		progress.begin('driver');
		progress.advance('driver', 0.5);
		progress.end('driver');
		expect([lines, states]).toEqual([[], []]);
	});
});

const stamp = (): string => '[   7 s] ';

function output(terminal: boolean, columns = 80) {
	const stream = Object.assign(new PassThrough(), { isTTY: terminal, columns });
	return { stream, written: () => (stream.read() as Buffer | null)?.toString() ?? '' };
}

describe('without a terminal', () => {
	test('progress is a line per step and per five percent, without control characters', () => {
		const { stream, written } = output(false);
		const view = viewFor(stream, stamp, 'xterm');
		const progress = new Progress(STEPS, view);
		progress.begin('n8n');
		for (let count = 1; count <= 1000; count++) progress.advance('n8n', count / 1000, `${count}`);
		progress.end('n8n');
		view.close();
		const lines = written().trimEnd().split('\n');
		expect(lines[0]).toBe('[   7 s] Step 1 of 3: n8n from npm (60 % of the work)');
		expect(lines[1]).toBe('[   7 s]   5 %  n8n from npm: 84');
		expect(lines).toHaveLength(1 + 60 / 5);
		expect(lines.join('')).not.toMatch(/\p{Cc}/u);
	});

	test('a jump is one line', () => {
		const written: string[] = [];
		const view = plainView((text) => written.push(text), stamp);
		view.update({ share: 0.62, text: 'n8n from npm: done' });
		view.update({ share: 0.64, text: 'n8n starts' });
		view.update({ share: 0.65, text: 'n8n starts' });
		expect(written).toEqual([
			'[   7 s]  62 %  n8n from npm: done\n',
			'[   7 s]  65 %  n8n starts\n',
		]);
	});

	test('a silence of 20 seconds is broken with what is going on', () => {
		let now = 0;
		const written: string[] = [];
		const view = plainView(
			(text) => written.push(text),
			() => '',
			() => now,
		);
		const at = (milliseconds: number): void => {
			now = milliseconds;
			view.tick();
		};
		at(60_000);
		expect(written).toEqual([]);
		view.say('Step 1 of 3');
		view.update({ share: 0.01, text: 'n8n from npm' });
		at(79_999);
		expect(written).toEqual(['Step 1 of 3\n']);
		at(80_000);
		at(99_000);
		expect(written).toEqual(['Step 1 of 3\n', '  1 %  n8n from npm\n']);
		view.close();
		at(200_000);
		expect(written).toHaveLength(2);
	});

	test('a terminal that cannot redraw a line gets lines too', () => {
		const { stream, written } = output(true);
		const view = viewFor(stream, stamp, 'dumb');
		view.update({ share: 0.5, text: 'n8n starts' });
		expect(written()).toBe('[   7 s]  50 %  n8n starts\n');
	});
});

describe('on a terminal', () => {
	test('progress is a bar that is drawn again in its line, below what was said', () => {
		const { stream, written } = output(true);
		const view = viewFor(stream, stamp, 'xterm');
		view.say('Step 1 of 3: n8n from npm');
		view.update({ share: 0.5, text: 'n8n from npm: 1175 of about 2350' });
		view.close();
		const text = written();
		const bar = `[${'#'.repeat(12)}${'-'.repeat(12)}] 50 %  0s  n8n from npm: 1175 of about 2350`;
		expect(text).toContain(bar);
		expect(text.indexOf('[   7 s] Step 1 of 3: n8n from npm\n')).toBeGreaterThan(-1);
		expect(text.indexOf('Step 1')).toBeLessThan(text.indexOf(bar));
	});

	test('the bar fits the line, so that it is never broken into two', () => {
		const { stream, written } = output(true, 60);
		const view = viewFor(stream, stamp, 'xterm');
		view.update({ share: 1, text: 'x'.repeat(200) });
		view.close();
		const drawn = /\[#+\] 100 % {2}0s {2}x+/.exec(written())![0];
		expect(drawn.length).toBeLessThanOrEqual(60);
	});

	test('what is said after the end is a line, and the cursor is back', () => {
		const { stream, written } = output(true);
		const view = viewFor(stream, stamp, 'xterm');
		view.close();
		expect(written()).toContain('\u001b[?25h');
		view.say('Both alerts arrived.');
		view.update({ share: 1, text: 'late' });
		view.close();
		expect(written()).toBe('[   7 s] Both alerts arrived.\n');
	});
});
