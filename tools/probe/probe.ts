import { DsmError } from '../../nodes/HyperBackup/dsm/errors/DsmError';
import type { Send } from '../../nodes/HyperBackup/dsm/http/httpRequest';
import type { DsmCredentials } from '../../nodes/HyperBackup/dsm/session/ConnectionOptions';
import { filesOf, sessionSecrets, type StoredFile } from './captures';
import { openClient } from './connection/openClient';
import { Recorder } from './connection/Recorder';
import { FACTS } from './facts';
import { ProbedNas } from './ProbedNas';
import { Redactor } from './redact/Redactor';
import { countsOf, linesOf, pageOf, type Judged } from './report';
import { notShown, type Fact, type Verdict } from './verdict';
import { watch, type WatchSettings } from './watch';

export interface ProbeSettings {
	credentials: Omit<DsmCredentials, 'readOnly'>;
	mayReachDestinations?: boolean;
	/** Follow one task until its run is over, after the facts. */
	watch?: WatchSettings;
	/** Print the words that were replaced although they may be DSM's own. */
	showUnknown?: boolean;
	askCode: () => Promise<string>;
	say: (line: string) => void;
	network: Send;
}

export interface ProbeResult {
	judged: Judged[];
	/** Redacted. */
	files: StoredFile[];
}

async function verdictOn(fact: Fact, nas: ProbedNas): Promise<Verdict> {
	try {
		return await fact.ask(nas);
	} catch (error) {
		// Its message may name the address.
		if (error instanceof DsmError) return notShown(`no response (${error.kind})`);
		throw error;
	}
}

/** The parts of an address that are the user's. */
function partsOf(baseUrl: string): string[] {
	try {
		const { host, hostname, pathname } = new URL(baseUrl);
		const first = /^[\d.]+$/.test(hostname) ? hostname : (hostname.split('.')[0] ?? '');
		return [host, hostname, first, pathname === '/' ? '' : pathname];
	} catch {
		return [];
	}
}

/**
 * Asks every fact, prints the verdicts, and gives the redacted responses. Changes nothing on the
 * NAS.
 */
export async function probe(settings: ProbeSettings): Promise<ProbeResult> {
	const { credentials, say, network, askCode } = settings;
	const recorder = new Recorder(network);
	const codes: string[] = [];
	const connection = await openClient(credentials, recorder, async () => {
		const code = await askCode();
		codes.push(code);
		return code;
	});
	const typed = [credentials.username, credentials.password, ...codes];
	const secrets = (): string[] => [
		...typed,
		...partsOf(connection.options.baseUrl),
		...sessionSecrets(recorder.exchanges),
	];
	const judged: Judged[] = [];
	try {
		const nas = await ProbedNas.meet(connection, recorder, settings.mayReachDestinations);
		for (const fact of FACTS) {
			const verdict = await verdictOn(fact, nas);
			const clean = { ...verdict, note: new Redactor(secrets()).text(verdict.note) };
			judged.push({ fact, verdict: clean });
			linesOf({ fact, verdict: clean }).forEach((line) => say(line));
		}
		if (settings.watch) await watch(nas, settings.watch, say);
	} finally {
		await connection.close();
	}
	say(`\n${countsOf(judged)}.`);
	const redactor = new Redactor(secrets());
	const { captures, files } = filesOf(recorder.exchanges, redactor, pageOf(judged));
	say(`${captures.length} redacted responses. Read them before you share them.`);
	sayUnknown(redactor, settings);
	return { judged, files };
}

function sayUnknown({ unknown }: Redactor, { showUnknown, say }: ProbeSettings): void {
	if (unknown.length === 0) return;
	if (showUnknown !== true) {
		say(`${unknown.length} words are not known and were replaced: see --show-unknown.`);
		return;
	}
	say('Not known, and replaced in the files. Words of DSM are worth reporting, names are not:');
	for (const { field, value } of unknown) say(`  ${field}: ${value}`);
}
