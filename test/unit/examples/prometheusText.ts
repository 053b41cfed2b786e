import parsePrometheusTextFormat from 'parse-prometheus-text-format';

/** One value of a metric. */
export interface Sample {
	name: string;
	labels: Record<string, string>;
	value: number;
}

type Family = ReturnType<typeof parsePrometheusTextFormat>[number];

const escaped = (text: string): string =>
	text.replace(/[\\"\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`));

/** A family as the text format 0.0.4 has it, in the one way to write it without spare spaces. */
function written({ name, help, type, metrics }: Family): string {
	const lines = metrics.map(({ labels = {}, value }) => {
		const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
		return `${name}{${pairs.join(',')}} ${value}\n`;
	});
	return `# HELP ${name} ${help}\n# TYPE ${name} ${type.toLowerCase()}\n${lines.join('')}`;
}

const hasTwice = (texts: string[]): boolean => new Set(texts).size < texts.length;

/**
 * What a library for the format reads in a text of gauges. It is lenient, so what it has read is
 * written again and has to be the same text: a repeated label, an unknown escape, a missing type or
 * a missing end of line would be gone then.
 */
export function parseGauges(text: string): Sample[] {
	const families = parsePrometheusTextFormat(text);
	if (families.map(written).join('') !== text) throw new Error('Not all of the text was read');
	if (families.some(({ type }) => type !== 'GAUGE')) throw new Error('Not only gauges');
	if (hasTwice(families.map(({ name }) => name))) throw new Error('A metric in two groups');
	const samples = families.flatMap(({ name, metrics }) =>
		metrics.map(({ labels = {}, value }) => ({ name, labels, value: Number(value) })),
	);
	if (samples.some(({ value }) => !Number.isFinite(value))) throw new Error('A value is no number');
	const series = samples.map(({ name, labels }) =>
		JSON.stringify([name, Object.entries(labels).sort()]),
	);
	if (hasTwice(series)) throw new Error('A series comes twice');
	return samples;
}
