/**
 * The n8n versions this package is tried in. Exact: a newer one is only claimed after it was seen
 * to work.
 */
export const NEWEST = '2.41.1';
export const OLDEST = '1.123.81';

/** Brought in from npm where the Node in use cannot run a version of n8n. */
export const NODE_24 = '24.21.0';

interface Needs {
	/** Node majors this n8n runs on. */
	majors: number[];
	/** The version of the database driver it depends on. */
	sqlite3: string;
	/** About how many packages npm installs for it. */
	packages: number;
	/** About what it takes on disk, in gigabytes. */
	gigabytes: number;
	/** npm's `overrides` for the install folder. */
	overrides?: Record<string, string>;
	/** Environment this version needs to run at all. */
	env?: Record<string, string>;
}

const NEEDS: Record<string, Needs> = {
	[NEWEST]: {
		majors: [24],
		sqlite3: '5.1.7',
		packages: 2350,
		gigabytes: 2.9,
		// Each of these asks the internet at start, or costs memory a test does not need.
		env: { N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,chat-hub,insights,agents,agent-evals' },
	},
	[OLDEST]: {
		majors: [20, 22],
		sqlite3: '5.1.7',
		packages: 1919,
		gigabytes: 1.8,
		// n8n asks for a tarball outside the npm registry.
		overrides: { xlsx: '0.18.5' },
		// Its default engine needs a native module that cannot be built on Node 20.
		env: { N8N_EXPRESSION_ENGINE: 'legacy' },
	},
};

export function needsOf(version: string): Needs {
	return NEEDS[version] ?? { majors: [24], sqlite3: '5.1.7', packages: 2350, gigabytes: 2.9 };
}
