import type { LoadCost } from './load';
import type { Net, Setting } from './operations';
import type { PollCost } from './polls';

export interface Results {
	machine: {
		cpu: string;
		cores: number;
		memoryGB: number;
		node: string;
		n8n: string;
		date: string;
	};
	requestsPerOperation: Record<string, number>;
	requestsPerPoll: Record<string, number>;
	overFloor: number;
	overLeastNode: number;
	overHandBuilt: number;
	/**
	 * The same with a NAS that takes a moment for each response, and of the floor with one that takes
	 * none.
	 */
	overHandBuiltSlowNas: number;
	floorOverHandBuilt: number;
	pollCpuOverFetch: Record<string, number>;
	unpackedBytes: number;
	settings: Setting[];
	polls: PollCost[];
	load: LoadCost;
}

const row = (cells: Array<string | number>): string => `| ${cells.join(' | ')} |`;

const withoutN8n = ({
	overFloor,
	overLeastNode,
	overHandBuilt,
	withoutCredentialOverFloor,
}: Net): string =>
	` With the time of a workflow that does nothing subtracted from both: ${overFloor}x, ${overLeastNode}x and ${overHandBuilt}x. With n8n's own share taken off both - an empty workflow off the floor, one in which n8n also reads the credential off ours: ${withoutCredentialOverFloor}x.`;

function operations({
	setting,
	rounds,
	measured,
	overFloor,
	overLeastNode,
	overHandBuilt,
	overPeer,
	net,
	floorOverHandBuilt,
	addedMs,
}: Setting): string {
	return [
		`### With ${setting}`,
		'',
		row([
			'',
			'requests',
			'bytes',
			'median ms',
			'middle half',
			'executions per second, ten at a time',
		]),
		row(['---', '---:', '---:', '---:', '---:', '---:']),
		...measured.map(({ name, requests, bytes, medianMs, quartilesMs: [low, high], perSecond }) =>
			row([name, requests, bytes, medianMs, `${low} - ${high}`, perSecond]),
		),
		'',
		`Compared with the floor **${overFloor}x** (${addedMs} ms), with the least node **${overLeastNode}x**, with the hand-built workflow **${overHandBuilt}x**${overPeer === undefined ? '' : `, with the other package **${overPeer}x**`}: medians of ${rounds} interleaved rounds.${net === undefined ? '' : withoutN8n(net)} The floor itself takes ${floorOverHandBuilt}x of the hand-built way.`,
		'',
	].join('\n');
}

export function markdown({
	machine,
	requestsPerOperation,
	settings,
	polls,
	load,
}: Results): string {
	return `# Benchmarks

Made by \`npm run bench\` on ${machine.date}: ${machine.cores} x ${machine.cpu}, ${machine.memoryGB} GB, n8n ${machine.n8n}, everything on one machine with a simulated NAS. **The ratios and counts are the result**; milliseconds
depend on the machine. The same figures for programs: [benchmarks.json](benchmarks.json).

![A chart of the figures](images/benchmarks.svg)

## One operation

A webhook starts a workflow that reads the status of one task and responds with it, in the real n8n. n8n's isolated expression engine costs some 80 ms of CPU for each execution and hides every difference, so the first tables are without it. n8n's
HTTP helper opens a new connection for every request of every node. A node cannot keep one alive.

${settings.map(operations).join('\n')}
Requests of our operations, with an existing session: ${Object.entries(requestsPerOperation)
		.map(([name, count]) => `${name} ${count}`)
		.join(', ')}. The guarded ones read the task's state first.

The other package is called with its generic node and the same call; it logs in for every execution, and does not verify certificates by default.

**Where the time goes.** Most of an execution is n8n's own: the webhook, the run, the response. The floor uses no
credential. The least node has n8n read and decrypt one, sends the same call and checks nothing: no node that takes its
login from a credential can be faster than it. The floor, the least node and ours take turns with nothing else that uses
n8n's HTTP Request node: what runs more often is compiled sooner. The other ways take turns with ours afterwards, and
their ratios are taken from that part; the table's row of ours is from the first. The longer the NAS takes to respond,
the more each saved request counts.

## One poll

| tasks | requests | bytes | CPU over fetching and parsing | the same without a credential | CPU ms | fetching and parsing ms | without a credential ms | static data, bytes |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${polls.map(({ tasks, requests, bytes, cpuOverFetch, cpuOverParse, pollCpuMs, fetchCpuMs, parseCpuMs, staticDataBytes }) => row([tasks, requests, bytes, cpuOverFetch, cpuOverParse, pollCpuMs, fetchCpuMs, parseCpuMs, staticDataBytes])).join('\n')}

Measured in n8n's engine, while nothing changes, with all events chosen that the list of tasks shows. The floor is n8n's helper for requests with a credential, which its rules ask of community nodes: it fetches the same response and parses it. Beside it
stands the same without a credential. All three take turns, poll by poll. Of what a poll takes beyond that, most is the same for any number of tasks: the limits of time and size, for which the response has to be read as a stream, the node's parameters, the credential, and the static
data. A list of up to 1 MB that reads word for word as the last one is not parsed again; a list that has changed is.

## Loading

| | modules | bytes | ms |
| --- | ---: | ---: | ---: |
| this package, both nodes and the credential | ${load.modules} | ${load.loadedBytes} | ${load.loadMs} |
| n8n's smallest node with a credential (\`${load.smallest.name}\`) | ${load.smallest.modules} | ${load.smallest.loadedBytes} | ${load.smallest.loadMs} |

${load.timeOverSmallest}x its time. The package is ${load.tarballBytes} bytes to download, ${load.unpackedBytes} unpacked, with ${load.runtimeDependencies} runtime dependencies.

## Improvements found by profiling

Each one was measured when the change was made, on the machine of that time.

| | before | after | change |
| --- | ---: | ---: | --- |
| CPU of a poll of 1000 unchanged tasks, over fetching and parsing | 4.4x | 1.4x | the stored state is one text, which a poll without changes neither reads nor writes |
| the same | 1.6x | 1.1x | a response that equals the last one is not compared task by task |
| the same, with all events chosen | 2.1x | 1.3x | a list that reads as the last one is only searched for what has come due |
| the same | 1.2x | 0.8x | a list that reads word for word as the last one is not parsed again |
| CPU of a poll of one task, over fetching and parsing | 1.45x | 1.3x | parameters without an expression are taken as they are stored; the response is read by events |
| the same | 1.33x | 1.27x | parameters without an expression are read once for all polls of a registration; the static data is copied without asking n8n's proxy for a descriptor of each field |
| memory that a poll of 1000 tasks leaves to the next full garbage collection | 850 kB | 40 kB | no accessors in object literals: V8 keeps what they refer to |
| fields of the node's form, all of which n8n goes through several times in each execution | 62 | 44 | a field of many operations stands there once, each operation has its own options |
| n8n's copies of the whole node for one execution | 1 | 0 | what is only read is taken from the execute data |
| CPU of Get Many with 1000 tasks | 115 ms | 34 ms | a time zone's date format is made once, not for every date |
`;
}
