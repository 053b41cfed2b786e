import { readFileSync, writeFileSync } from 'node:fs';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';

/** Draws docs/benchmarks.json: what one execution takes beside its alternatives, and what a poll costs by the number of tasks. */
const NAMES = { ours: 'Synology Hyper Backup', floor: 'HTTP Request, session ready', handBuilt: 'HTTP Request by hand', peer: 'another package' };

const docs = new URL('../docs/', import.meta.url);
const { settings, polls } = JSON.parse(readFileSync(new URL('benchmarks.json', docs), 'utf8'));
const operations = settings[0].measured.map(({ key, medianMs, quartilesMs: [low, high], requests }) => ({ way: `${NAMES[key]} (${requests} request${requests === 1 ? '' : 's'})`, medianMs, low, high }));
const spec = {
	$schema: 'https://vega.github.io/schema/vega-lite/v6.json',
	background: 'white',
	padding: 12,
	vconcat: [
		{
			title: 'One execution: median and middle half, milliseconds',
			width: 520,
			data: { values: operations },
			layer: [
				{ mark: 'bar', encoding: { y: { field: 'way', type: 'nominal', sort: 'x', title: null, axis: { labelLimit: 320 } }, x: { field: 'medianMs', type: 'quantitative', title: null } } },
				{ mark: 'rule', encoding: { y: { field: 'way', type: 'nominal', sort: 'x' }, x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } } },
			],
		},
		{
			title: 'CPU of one poll over fetching and parsing the same answer',
			width: 520,
			height: 160,
			data: { values: polls },
			layer: [
				{ mark: { type: 'line', point: true }, encoding: { x: { field: 'tasks', type: 'quantitative', scale: { type: 'log' }, title: 'tasks' }, y: { field: 'cpuOverParse', type: 'quantitative', title: 'ratio' } } },
			],
		},
	],
};
writeFileSync(new URL('images/benchmarks.svg', docs), await new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG());
