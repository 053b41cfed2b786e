const transform = { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.all.json' }] };
const common = {
	preset: 'ts-jest',
	testEnvironment: 'node',
	transform,
	modulePathIgnorePatterns: ['<rootDir>/dist'],
};
const project = (displayName, extra = {}) => ({
	...common,
	displayName,
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
	...extra,
});

/** unit: pure functions and the simulator; histories: random lives of a NAS against the trigger; engine: our nodes in n8n-core's real engine; e2e: the real n8n app; ui: its editor in a browser; scale: the same in queue mode on Redis. */
module.exports = {
	projects: [
		project('unit'),
		project('engine', {
			setupFiles: ['reflect-metadata', '<rootDir>/testing/quiet.ts'],
		}),
		project('histories', {
			setupFiles: ['reflect-metadata', '<rootDir>/testing/quiet.ts'],
		}),
		project('e2e'),
		project('ui'),
		project('scale'),
	],
	testTimeout: 30_000,
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
};
