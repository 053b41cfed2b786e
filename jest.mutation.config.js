const { projects, testTimeout } = require('./jest.config');

const unit = projects.find(({ displayName }) => displayName === 'unit');

/** MUTATION_TESTS, e.g. `test/unit/task`: only the tests of these folders, to check one file quickly. */
const folders = (process.env.MUTATION_TESTS ?? 'test/unit,test/engine').split(',');

/**
 * Unit and engine tests as one project, for `npm run test:mutation`. Without the pages of the documentation, which hold
 * the text of every message: a test of a behavior has to notice a mutant, and not a comparison of texts.
 */
module.exports = {
	...unit,
	displayName: 'mutation',
	testMatch: folders.map((folder) => `<rootDir>/${folder}/**/*.test.ts`),
	testPathIgnorePatterns: [
		'/node_modules/',
		'<rootDir>/test/engine/docs/',
		'<rootDir>/test/unit/examples/',
		'<rootDir>/test/unit/supplyChain',
	],
	testTimeout,
};
