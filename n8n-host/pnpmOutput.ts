/** How many packages pnpm has got to which stage of an install. */
export interface PackageCounts {
	/** Their version is known. pnpm fetches nothing before all are. */
	resolved: number;
	/** Their files are in pnpm's store. */
	fetched: number;
	/** Folders that are written. Some packages are written into several. */
	installed: number;
	/** So many folders there will be; 0 until pnpm knows. */
	toInstall: number;
}

interface Line {
	name?: unknown;
	level?: unknown;
	status?: unknown;
	added?: unknown;
	hint?: unknown;
	code?: unknown;
	err?: { message?: unknown };
}

const STAGE_OF: Record<string, keyof PackageCounts> = {
	resolved: 'resolved',
	fetched: 'fetched',
	found_in_store: 'fetched',
	imported: 'installed',
};

/** Some errors carry all of a package's metadata: megabytes. */
const LONGEST = 2000;

function parseLine(text: string): Line | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? value : undefined;
	} catch {
		return undefined;
	}
}

/** An error as pnpm's own reporter shows it: its code, what happened, and what to do. */
function errorText({ code, err, hint }: Line, line: string): string {
	const parts = [code, err?.message, hint].filter((part) => typeof part === 'string');
	return (parts.length > 0 ? parts.join('\n') : line).slice(0, LONGEST);
}

/** What one run of pnpm prints with `--reporter=ndjson`: a JSON object in each line. */
export class PnpmOutput {
	private readonly counts: PackageCounts = { resolved: 0, fetched: 0, installed: 0, toInstall: 0 };

	constructor(private readonly onCounts: (counts: PackageCounts) => void = () => {}) {}

	/**
	 * Counts what a line reports.
	 *
	 * @returns what of it belongs into an error: pnpm's own error, and what is no report
	 */
	read(text: string): string | undefined {
		const line = parseLine(text);
		if (!line) return text;
		if (line.level === 'error') return errorText(line, text);
		if (line.name === 'pnpm:progress') this.count(String(line.status));
		if (line.name === 'pnpm:stats' && typeof line.added === 'number') this.plan(line.added);
		return undefined;
	}

	private count(status: string): void {
		const stage = STAGE_OF[status];
		if (stage === undefined) return;
		this.counts[stage]++;
		this.onCounts({ ...this.counts });
	}

	private plan(added: number): void {
		this.counts.toInstall = added;
		this.onCounts({ ...this.counts });
	}
}
