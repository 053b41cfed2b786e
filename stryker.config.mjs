/** The core: what decides whether an alert is sent, a session is used, or a request may leave. docs/testing.md says more. */
const CORE = [
	'nodes/HyperBackup/trigger/**/*.ts',
	'nodes/HyperBackup/hyperBackup/runs/**/*.ts',
	'nodes/HyperBackup/hyperBackup/task/statusMapping.ts',
	'nodes/HyperBackup/hyperBackup/task/dialects/**/*.ts',
	'nodes/HyperBackup/dsm/session/**/*.ts',
];

export default {
	mutate: [...CORE, '!nodes/HyperBackup/trigger/description.ts'],
	testRunner: 'jest',
	// Its own configuration: Stryker's runner takes one project, and these two are run as one.
	jest: { configFile: 'jest.mutation.config.js', enableFindRelatedTests: true },
	coverageAnalysis: 'perTest',
	concurrency: 2,
	// A mutant may make a loop endless. Slow machines get time.
	timeoutMS: 60_000,
	timeoutFactor: 4,
	// A line now and then instead of a bar, so that a log of a long run can be read.
	reporters: ['clear-text', 'html', 'progress-append-only'],
	clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
	tempDirName: '.stryker-tmp',
	ignorePatterns: ['dist', 'coverage', 'reports', 'test-results', '.n8n-host', 'docs/images'],
	thresholds: { high: 95, low: 90, break: null },
	allowEmpty: false,
};
