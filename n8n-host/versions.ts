/** The n8n releases this project runs for real, and what each of them needs. */
export interface N8nRelease {
	version: string;
	/** Node majors it runs on, best first. */
	nodeMajors: number[];
	/** The lowest minor of the lowest major that its `engines` accepts. */
	minimumNode: string;
	/** npm overrides its installation needs. */
	overrides?: Record<string, string>;
	/** Settings it needs to start at all on a given Node major. */
	settings?: (nodeMajor: number) => Record<string, string>;
	/** How a workflow is switched on: by publishing a version (2.x) or by a flag (1.x). */
	activation: 'publish' | 'flag';
}

// xlsx is published on a host of its own, which many networks do not reach. Only the Spreadsheet nodes use it.
const xlsxFromNpm = { xlsx: '0.18.5' };

/** n8n 2.41.1 is the newest whose own pinned parts are all on npm (2.41.3 asks for some that are not). */
export const NEWEST: N8nRelease = {
	version: '2.41.1',
	nodeMajors: [24],
	minimumNode: '24.0.0',
	settings: () => ({
		// The registry of MCP servers is asked over the internet at start; the others only cost memory here.
		N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,chat-hub,insights,agents,agent-evals',
	}),
	activation: 'publish',
};

/** The newest that runs on Node 20. */
export const NEWEST_ON_NODE_20: N8nRelease = {
	version: '2.8.4',
	nodeMajors: [24, 22, 20],
	minimumNode: '20.19.0',
	overrides: xlsxFromNpm,
	activation: 'publish',
};

/** The oldest this package claims to work with. */
export const OLDEST: N8nRelease = {
	version: '1.123.81',
	nodeMajors: [24, 22, 20],
	minimumNode: '20.19.0',
	overrides: xlsxFromNpm,
	// Its default expression engine has no binary for Node 20, and n8n does not start without one.
	settings: (nodeMajor): Record<string, string> => (nodeMajor < 22 ? { N8N_EXPRESSION_ENGINE: 'legacy' } : {}),
	activation: 'flag',
};

export const RELEASES = [NEWEST, NEWEST_ON_NODE_20, OLDEST];

/** The Node that is fetched from npm when the running one is too old, or too new, for a release. */
export const NODE_FROM_NPM = '24.21.0';

export function releaseNamed(version: string): N8nRelease {
	const release = RELEASES.find((candidate) => candidate.version === version);
	if (release) return release;
	const known = RELEASES.map((candidate) => candidate.version).join(', ');
	throw new Error(`n8n ${version} is not one of the versions tried here: ${known}`);
}

/** Without a wish: the newest n8n, unless it would need a Node which npm offers ready-made for other systems only. */
export function defaultRelease(): N8nRelease {
	const readyMadeNode = process.platform === 'linux' && process.arch === 'x64';
	return readyMadeNode || runsOn(NEWEST, process.versions.node) ? NEWEST : NEWEST_ON_NODE_20;
}

export function runsOn(release: N8nRelease, nodeVersion: string): boolean {
	const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
	const [minimumMajor = 0, minimumMinor = 0] = release.minimumNode.split('.').map(Number);
	return release.nodeMajors.includes(major) && (major > minimumMajor || minor >= minimumMinor);
}
