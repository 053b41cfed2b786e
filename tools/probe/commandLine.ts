import { parseArgs } from 'node:util';

export const HELP = `Checks what this package believes about DSM against your NAS. Reads only.

  npm run probe -- [options]

Asks for the address, the account and its password. They are typed, never given as an option, and
never written. The responses are stored with every name replaced.

  --out FOLDER        where the redacted responses go; must not exist (default probe-captures)
  --destinations      also ask what makes the NAS connect to the destination of a backup
  --watch TASK        then follow the task with this number through a run that you start in DSM
  --every SECONDS     between two polls of --watch (default 5)
  --minutes N         the longest that --watch takes (default 240)
  --ca FILE           trust this certificate, in PEM
  --insecure          do not check the NAS's certificate
  --show-unknown      print words that are not known; the files never hold them
`;

export interface CommandLine {
	help: boolean;
	out: string;
	destinations: boolean;
	watch?: { task: string; everySeconds: number; maxMinutes: number };
	ca?: string;
	insecure: boolean;
	showUnknown: boolean;
}

function positive(name: string, value: string): number {
	const number = Number(value);
	if (!Number.isFinite(number) || number <= 0) throw new Error(`--${name} is a number above 0`);
	return number;
}

/** Throws a sentence for what it does not know, before anything is asked. */
export function readCommandLine(args: string[]): CommandLine {
	const { values } = parseArgs({
		args,
		options: {
			out: { type: 'string', default: 'probe-captures' },
			destinations: { type: 'boolean', default: false },
			watch: { type: 'string' },
			every: { type: 'string', default: '5' },
			minutes: { type: 'string', default: '240' },
			ca: { type: 'string' },
			insecure: { type: 'boolean', default: false },
			'show-unknown': { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	const everySeconds = positive('every', values.every);
	const maxMinutes = positive('minutes', values.minutes);
	return {
		help: values.help,
		out: values.out,
		destinations: values.destinations,
		...(values.watch === undefined
			? {}
			: { watch: { task: values.watch, everySeconds, maxMinutes } }),
		...(values.ca === undefined ? {} : { ca: values.ca }),
		insecure: values.insecure,
		showUnknown: values['show-unknown'],
	};
}
