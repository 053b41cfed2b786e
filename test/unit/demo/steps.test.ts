import { Progress, type State } from '../../../demo/progress/progress';
import { demoSteps, installProgress, introduction } from '../../../demo/steps';
import { NEWEST } from '../../../n8n-host/versions';

const ALL = ['node', 'pnpm', 'n8n', 'driver'] as const;
const FOLDER = '/home/me/.cache/demo';

describe('at its start the demo says', () => {
	test('how much disk it needs and downloads, and how long it takes', () => {
		const text = introduction(NEWEST, ALL, FOLDER).join('\n');
		expect(text).toContain(`about 2.6 GB of disk in ${FOLDER}, of which 0.4 GB are downloaded`);
		expect(text).toContain('The first alert comes in about 2 minutes on 2 cores');
	});

	test('less time if the longest part of the install was done before', () => {
		expect(introduction(NEWEST, ['node'], FOLDER).join('\n')).toContain('in about 1 minute.');
	});

	test('that n8n is skipped when it is already installed', () => {
		const text = introduction(NEWEST, [], FOLDER).join('\n');
		expect(text).toContain(
			`n8n ${NEWEST} is already installed in ${FOLDER}: this step is skipped.`,
		);
		expect(text).toContain('in about 1 minute.');
		expect(text).not.toContain('GB');
	});
});

test('what is installed is no step of the demo', () => {
	const names = (...missing: Array<(typeof ALL)[number]>) =>
		demoSteps(NEWEST, missing).map(({ name }) => name);
	expect(names(...ALL)).toEqual([...ALL, 'start', 'firstAlert', 'otherAlert']);
	expect(names('n8n')).toEqual(['n8n', 'start', 'firstAlert', 'otherAlert']);
	expect(names()).toEqual(['start', 'firstAlert', 'otherAlert']);
});

test("pnpm's packages move the bar, with their number", () => {
	const states: State[] = [];
	const view = {
		say: () => {},
		update: (state: State) => void states.push(state),
		tick: () => {},
		close: () => {},
	};
	const install = installProgress(new Progress(demoSteps(NEWEST, ALL), view), NEWEST);
	install.begin('n8n');
	install.packages('n8n', { resolved: 1889, fetched: 1860, installed: 1175, toInstall: 2206 });
	install.end('n8n');
	const shares = states.map(({ share }) => share);
	expect(shares).toEqual([...shares].sort((a, b) => a - b));
	expect(new Set(shares).size).toBe(3);
	expect(states[1]!.text).toBe(
		`n8n ${NEWEST} from npm: 1860 of about 1889 packages fetched, 1175 of 2206 folders written`,
	);
});
