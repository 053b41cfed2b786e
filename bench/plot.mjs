import { readFileSync, writeFileSync } from 'node:fs';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';

/** Draws docs/benchmarks.json: what an operation takes beside its alternatives, and what a poll costs by the number of tasks. */
const NAMES = {
	ours: 'Synology Hyper Backup',
	floor: 'HTTP Request, session ready (floor)',
	floorWithCredential: 'HTTP Request, our credential',
	handBuilt: 'HTTP Request: login, call, logout',
	peer: 'Another Synology package',
};
const OURS = '#0f7b6c';
const OTHERS = '#b8c2cc';

const docs = new URL('../docs/', import.meta.url);
const { settings, polls } = JSON.parse(readFileSync(new URL('benchmarks.json', docs), 'utf8'));
const [fast, slow] = settings;

const waysOf = ({ measured }) => {
	const floor = measured.find(({ key }) => key === 'floor').medianMs;
	return measured
		.filter(({ key }) => key in NAMES)
		.map(({ key, ...one }) => ({
			...one,
			ours: key === 'ours',
			way: NAMES[key],
			addedMs: Math.max(0, Number((one.medianMs - floor).toFixed(2))),
		}));
};

const y = (labels) => ({
	field: 'way',
	type: 'nominal',
	sort: Object.values(NAMES),
	title: null,
	axis: labels ? { labelLimit: 400, labelPadding: 8, ticks: false, domain: false } : null,
});

function bars(title, setting, field, labels) {
	const values = waysOf(setting);
	// Room for the figure behind the longest bar.
	const x = {
		field,
		type: 'quantitative',
		title: null,
		axis: null,
		scale: { domain: [0, Math.max(...values.map((way) => way[field])) * 1.35] },
	};
	return {
		title: { text: title, anchor: 'start', fontSize: 12 },
		width: 190,
		height: 120,
		data: { values },
		layer: [
			{
				mark: { type: 'bar', cornerRadiusEnd: 2, height: { band: 0.7 } },
				encoding: {
					y: y(labels),
					x,
					color: { condition: { test: 'datum.ours', value: OURS }, value: OTHERS },
				},
			},
			{
				mark: { type: 'text', align: 'left', dx: 4, color: '#1f2933' },
				encoding: { y: y(labels), x, text: { field, type: 'quantitative' } },
			},
		],
	};
}

const line = {
	title: {
		text: 'One poll: CPU over fetching and parsing the same response (1 request at every size)',
		anchor: 'start',
		fontSize: 12,
	},
	width: 640,
	height: 130,
	data: { values: polls },
	mark: { type: 'line', point: { size: 50, color: OURS }, color: OURS },
	encoding: {
		x: {
			field: 'tasks',
			type: 'quantitative',
			scale: { type: 'log' },
			title: 'tasks on the NAS',
			axis: { values: polls.map(({ tasks }) => tasks), grid: false },
		},
		y: { field: 'cpuOverFetch', type: 'quantitative', title: 'times', scale: { domain: [0, 2] } },
	},
};

const spec = {
	$schema: 'https://vega.github.io/schema/vega-lite/v6.json',
	background: 'white',
	padding: 16,
	spacing: 28,
	config: { font: 'sans-serif', view: { stroke: null }, axis: { labelLimit: 400 } },
	vconcat: [
		{
			hconcat: [
				bars('Requests', fast, 'requests', true),
				bars('Bytes', fast, 'bytes', false),
				bars('Executions per second', fast, 'perSecond', false),
			],
		},
		{
			hconcat: [
				bars('ms, a NAS that responds at once', fast, 'medianMs', true),
				bars('ms added to the floor', fast, 'addedMs', false),
				bars('ms, a NAS that takes 25 ms', slow, 'medianMs', false),
			],
		},
		line,
	],
};
writeFileSync(
	new URL('images/benchmarks.svg', docs),
	await new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG(),
);
