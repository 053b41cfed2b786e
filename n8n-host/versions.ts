/**
 * The n8n versions this package is tried in. Exact: a newer one is only claimed after it was seen
 * to work.
 */
export const NEWEST = '2.41.1';
export const OLDEST = '1.123.81';

/** Brought in from npm where the Node in use cannot run a version of n8n. */
export const NODE_24 = '24.21.0';

/** What installs n8n; brought in from npm. The newest pnpm that runs on Node 20. */
export const PNPM = '10.34.8';

interface Needs {
	/** Node majors this n8n runs on. */
	majors: number[];
	/** The version of the database driver it depends on. */
	sqlite3: string;
	/** About how many packages it consists of. */
	packages: number;
	/** About what it takes on disk with the store of its installer, in gigabytes. */
	gigabytes: number;
	/** Packages that are installed in another version than n8n asks for. */
	overrides?: Record<string, string>;
	/** Environment this version needs to run at all. */
	env?: Record<string, string>;
}

const NEEDS: Record<string, Needs> = {
	[NEWEST]: {
		majors: [24],
		sqlite3: '5.1.7',
		packages: 1889,
		gigabytes: 2.4,
		// Each of these asks the internet at start, or costs memory a test does not need.
		env: { N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,chat-hub,insights,agents,agent-evals' },
	},
	[OLDEST]: {
		majors: [20, 22],
		sqlite3: '5.1.7',
		packages: 1486,
		gigabytes: 1.6,
		overrides: {
			// n8n asks for a tarball outside the npm registry.
			xlsx: '0.18.5',
			// n8n asks for 1.1.8, and packages that it starts with need ^1.1.48. npm installs both; in one
			// folder for all, this is the one that serves all.
			'@langchain/core': '1.4.0',
		},
		// Its default engine needs a native module that cannot be built on Node 20.
		env: { N8N_EXPRESSION_ENGINE: 'legacy' },
	},
};

export function needsOf(version: string): Needs {
	return NEEDS[version] ?? { majors: [24], sqlite3: '5.1.7', packages: 1889, gigabytes: 2.4 };
}
