const transform = { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.all.json' }] };
const project = (displayName, extra = {}) => ({
	preset: 'ts-jest',
	testEnvironment: 'node',
	transform,
	modulePathIgnorePatterns: ['<rootDir>/dist'],
	displayName,
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
	...extra,
});

const support = (name) => `<rootDir>/test/support/${name}.ts`;

/** Our nodes in this process, with simulated pauses. */
const inProcess = (...more) => ({
	setupFiles: ['reflect-metadata', ...['quiet', 'noRealPauses', ...more].map(support)],
});

/** docs/testing.md says what each of these is for. */
module.exports = {
	projects: [
		project('unit', inProcess('stillClock')),
		project('engine', inProcess('stillClock')),
		project('histories', inProcess()),
		project('e2e'),
		project('ui'),
		project('scale'),
	],
	// Ends a test that hangs. No test is expected to come near it, on whatever machine.
	testTimeout: 1_200_000,
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	// Measured by `npm test`, less a point: new code comes with its tests.
	coverageThreshold: { global: { statements: 97, branches: 92, functions: 97, lines: 97 } },
};
