/** How many packages npm has got to which stage of an install. */
export interface PackageCounts {
	/** npm has read which versions there are. */
	resolved: number;
	/** Their tarballs are here. */
	fetched: number;
	/** Their files are written. */
	installed: number;
}

/** What npm needs as arguments to print what `NpmOutput` counts. */
export const COUNTABLE = ['--loglevel=info', '--timing'];

const METADATA = /^npm http (?:fetch GET|cache) (?!.*\.tgz)/;
const TARBALL = /^npm http (?:fetch GET|cache) .*\.tgz/;
const INSTALLED = /^npm timing reifyNode:.* Completed/;
const NOISE = /^npm (?:http|timing|info|verbose|silly)\b/;

/** The codes of npm's errors for a version that does not exist, as far as npm's metadata knows. */
const NOT_FOUND = /^npm (?:error|ERR!) code (?:ETARGET|ENOVERSIONS|E404)\b/m;

/** What one run of npm prints: the packages counted, and the rest kept for an error. */
export class NpmOutput {
	readonly counts: PackageCounts = { resolved: 0, fetched: 0, installed: 0 };

	private kept = '';

	private unfinished = '';

	/** A chunk may end in the middle of a line. */
	push(chunk: string): void {
		const lines = (this.unfinished + chunk).split('\n');
		this.unfinished = lines.pop()!;
		for (const line of lines) this.count(line);
	}

	/** The end of what npm said, without the lines that only count. */
	get text(): string {
		return (this.kept + (NOISE.test(this.unfinished) ? '' : this.unfinished)).slice(-8000);
	}

	/**
	 * npm did not find a version. With `--prefer-offline`, its own metadata may be older than the
	 * version.
	 */
	get isNotFound(): boolean {
		return NOT_FOUND.test(this.text);
	}

	private count(line: string): void {
		if (TARBALL.test(line)) this.counts.fetched++;
		else if (METADATA.test(line)) this.counts.resolved++;
		else if (INSTALLED.test(line)) this.counts.installed++;
		else if (!NOISE.test(line)) this.kept = `${this.kept}${line}\n`.slice(-8000);
	}
}
