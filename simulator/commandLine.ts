import { parseArgs } from 'node:util';
import type { DsmVersion, NasOptions, Unknowns } from './types';

export const COMMAND_LINE_HELP = `A simulated Synology NAS with Hyper Backup, on this machine only.

  npm run nas -- [options]

  --port N            default 5000
  --dsm VERSION       6.2, 7.0, 7.1, 7.2 (default) or 7.4
  --dialect NAME      dsm (default) or documented
  --quoting NAME      lenient (default) takes texts without quotes, as real NASes mostly do; strict
                      wants every text as a JSON literal
  --speed N           how much faster than life its clock runs (default 1)
  --time-zone ZONE    IANA, default Europe/Berlin
  --tls               https with a self-signed certificate
  --tasks N           N tasks that are all alike, in place of the demo's
  --answer-after MS   the time it takes for each response
  --fleet N           N of these NASes, each on a port of its own
  --vault             Hyper Backup Vault is installed, with two backups received
  --no-client         Hyper Backup itself is not installed
  --rotation-result   keep (default) or word: whether a rotation shows as last result
  --state-during-check keep (default) or error_detect
  --unknown NAME=VALUE what no capture shows, see docs/simulator.md; may be given several times
`;

const DSM_VERSIONS: DsmVersion[] = ['6.2', '7.0', '7.1', '7.2', '7.4'];

export interface CommandLine {
	help: boolean;
	speed: number;
	fleet: number;
	tasks?: number;
	options: NasOptions;
}

function oneOf<const T extends string>(name: string, value: string, allowed: readonly T[]): T {
	const found = allowed.find((one) => one === value);
	if (found === undefined)
		throw new Error(
			`--${name} is ${allowed.join(', ').replace(/, ([^,]*)$/, ' or $1')}, not ${value}`,
		);
	return found;
}

function numberOf(name: string, value: string): number {
	const number = Number(value);
	if (value.trim() === '' || !Number.isFinite(number) || number < 0)
		throw new Error(`--${name} is a number, not ${value}`);
	return number;
}

/** The names are checked where they are used, the form here. */
function unknownsOf(pairs: string[]): Partial<Unknowns> {
	const entries: Array<[string, unknown]> = pairs.map((pair) => {
		const [name, value, ...rest] = pair.split('=');
		if (!name || !value || rest.length > 0) throw new Error(`--unknown is NAME=VALUE, not ${pair}`);
		if (!Object.hasOwn(UNKNOWNS, name))
			throw new Error(`--unknown knows ${Object.keys(UNKNOWNS).join(', ')}; not ${name}`);
		const allowed = UNKNOWNS[name as keyof Unknowns];
		if (allowed === 'number') return [name, numberOf(`unknown ${name}`, value)];
		return [name, oneOf(`unknown ${name}`, value, allowed)];
	});
	return Object.fromEntries(entries);
}

const UNKNOWNS: Record<keyof Unknowns, 'number' | readonly string[]> = {
	unknownTaskCode: 'number',
	canceledCompleteTime: ['zero', 'time'],
	failedVersion: ['fail', 'none'],
	quotedFilterLevel: ['filter', 'refuse'],
	fileList: ['object', 'array'],
	fileListPage: 'number',
	offlineTarget: ['response', 'error'],
	parallelDownload: ['allow', 'refuse'],
	compoundAfterError: ['omit', 'run'],
	createResponse: ['data', 'empty'],
	unseenResponse: ['refuse', 'empty'],
};

const VAULT = {
	targets: [
		{ id: 1, name: 'branch_1', lastBackupSeconds: 900, usedSize: 48_000_000 },
		{ id: 2, name: 'workshop_1', lastBackupSeconds: 120, usedSize: 3_100_000 },
	],
};

/** Bad input is refused with a sentence, before anything starts. */
export function readCommandLine(args: string[]): CommandLine {
	const { values } = parseArgs({
		args,
		options: {
			port: { type: 'string', default: '5000' },
			dsm: { type: 'string', default: '7.2' },
			dialect: { type: 'string', default: 'dsm' },
			quoting: { type: 'string', default: 'lenient' },
			speed: { type: 'string', default: '1' },
			'time-zone': { type: 'string', default: 'Europe/Berlin' },
			tls: { type: 'boolean', default: false },
			tasks: { type: 'string' },
			'answer-after': { type: 'string', default: '0' },
			fleet: { type: 'string', default: '1' },
			vault: { type: 'boolean', default: false },
			'no-client': { type: 'boolean', default: false },
			'rotation-result': { type: 'string', default: 'keep' },
			'state-during-check': { type: 'string', default: 'keep' },
			unknown: { type: 'string', multiple: true, default: [] },
			help: { type: 'boolean', default: false },
		},
	});
	const { quoting, tasks } = values;
	const yesterday = Date.now() - 86_400_000;
	return {
		help: values.help,
		speed: numberOf('speed', values.speed),
		fleet: numberOf('fleet', values.fleet),
		...(tasks === undefined ? {} : { tasks: numberOf('tasks', tasks) }),
		options: {
			port: numberOf('port', values.port),
			dsm: oneOf('dsm', values.dsm, DSM_VERSIONS),
			dialect: oneOf('dialect', values.dialect, ['dsm', 'documented']),
			lenientQuoting: oneOf('quoting', quoting, ['lenient', 'strict']) === 'lenient',
			timeZone: values['time-zone'],
			tls: values.tls,
			answerAfter: numberOf('answer-after', values['answer-after']),
			...(values['no-client'] ? { hyperBackup: 'missing' } : {}),
			...(values.vault
				? { vault: { targets: VAULT.targets.map((one) => ({ ...one, lastBackupAt: yesterday })) } }
				: {}),
			rotationResult: oneOf('rotation-result', values['rotation-result'], ['keep', 'word']),
			stateDuringCheck: oneOf('state-during-check', values['state-during-check'], [
				'keep',
				'error_detect',
			]),
			unknowns: unknownsOf(values.unknown),
		},
	};
}
