/** One value of a metric. */
export interface Sample {
	name: string;
	labels: Record<string, string>;
	value: number;
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\[\\\\"n])*"';
const SAMPLE = new RegExp(`^(${NAME})\\{(${LABEL}(?:,${LABEL})*)\\} (-?\\d+(?:\\.\\d+)?)$`);
const COMMENT = new RegExp(`^# (HELP|TYPE) (${NAME}) (.+)$`);

const unescape = (text: string): string =>
	text.replace(/\\(.)/g, (_all, sign: string) => (sign === 'n' ? '\n' : sign));

function labelsOf(text: string): Record<string, string> {
	const found = [...text.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)];
	const labels = Object.fromEntries(found.map(([, name, value]) => [name!, unescape(value!)]));
	if (Object.keys(labels).length !== found.length) throw new Error(`Twice the same label: ${text}`);
	return labels;
}

/**
 * Reads Prometheus's text format 0.0.4 as strictly as it is defined, in the part of it that a
 * gauge needs: each metric in one group that begins with one HELP and one TYPE, every series once,
 * only the escapes `\\`, `\"` and `\n`, and an end of line after the last line.
 */
export function parseGauges(text: string): Sample[] {
	if (!text.endsWith('\n')) throw new Error('The last line has no end of line');
	const samples: Sample[] = [];
	const series = new Set<string>();
	const begun: string[] = [];
	let expected = 'HELP';
	for (const line of text.slice(0, -1).split('\n')) {
		const [, kind, metric, rest] = COMMENT.exec(line) ?? [];
		if (kind === 'HELP') {
			if (expected === 'TYPE' || begun.includes(metric!)) throw new Error(`Out of place: ${line}`);
			begun.push(metric!);
			expected = 'TYPE';
			continue;
		}
		if (kind === 'TYPE') {
			if (expected !== 'TYPE' || metric !== begun.at(-1) || rest !== 'gauge')
				throw new Error(`Out of place: ${line}`);
			expected = 'HELP';
			continue;
		}
		const [, name, labelText, value] = SAMPLE.exec(line) ?? [];
		if (name === undefined || name !== begun.at(-1) || expected === 'TYPE')
			throw new Error(`No sample of ${begun.at(-1)}: ${line}`);
		const labels = labelsOf(labelText!);
		const key = JSON.stringify([name, Object.entries(labels).sort()]);
		if (series.has(key)) throw new Error(`Twice the same series: ${line}`);
		series.add(key);
		samples.push({ name, labels, value: Number(value) });
	}
	return samples;
}
