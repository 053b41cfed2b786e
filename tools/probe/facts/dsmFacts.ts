import { CLOCK_CALL, offsetOf } from '../../../nodes/HyperBackup/hyperBackup/clock/NasClock';
import { rowOf } from '../ProbedNas';
import { differs, judge, notOffered, notShown, observed, type Fact } from '../verdict';
import { dataShould, inWords, unasked } from './support';

const TASK = 'SYNO.Backup.Task';
const INFO = 'SYNO.DSM.Info';

/** Seconds by which two clocks of one machine may differ on the way. */
const SAME = 5;

/** Discovery, login and clock. */
export const DSM_FACTS: Fact[] = [
	{
		id: 'discovery-task',
		reading: 'SYNO.Backup.Task is at entry.cgi, takes JSON literals, and has version 1',
		ask: async ({ apis }) => {
			const entry = apis[TASK];
			if (!entry) return notOffered('Hyper Backup is not installed, or it is stopped');
			const { path, json, minVersion, maxVersion } = entry;
			const note = `${path}, versions ${minVersion}-${maxVersion}, ${json ? 'JSON' : 'no JSON'}`;
			return judge(path === 'entry.cgi' && json && minVersion === 1, note);
		},
	},
	{
		id: 'discovery-names',
		reading: 'Which APIs of Hyper Backup and Vault does this NAS list?',
		ask: async ({ apis }) => {
			const count = (start: string): number =>
				Object.keys(apis).filter((name) => name.startsWith(start)).length;
			const client = count('SYNO.SDS.Backup.Client.');
			const vault = count('SYNO.SDS.Backup.Server.');
			return observed(`${count('SYNO.Backup.')} SYNO.Backup, ${client} client, ${vault} Vault`);
		},
	},
	{
		id: 'login-token',
		reading: 'A login with enable_syno_token=yes gives a token',
		ask: async ({ connection }) => judge((await connection.client.session()).synoToken !== ''),
	},
	{
		id: 'token-needed',
		reading: 'What does a call get without its token? 119 or 103 were seen',
		ask: async (nas) => {
			if (!nas.offers(TASK)) return notOffered();
			if ((await nas.connection.client.session()).synoToken === '')
				return notShown('this NAS gives no token');
			return observed(inWords(await nas.askWithoutToken(TASK, 'list')));
		},
	},
	{
		id: 'clock',
		reading: 'SYNO.Core.Region.NTP get gives wall clock and epoch together',
		ask: async (nas) =>
			dataShould(await nas.ask(CLOCK_CALL), (data) => offsetOf(data) !== undefined),
	},
	{
		id: 'date-header',
		reading: "The header Date is the NAS's own clock",
		ask: async (nas) => {
			const reply = await nas.put(CLOCK_CALL);
			const missing = unasked(reply);
			if (missing) return missing;
			if (!reply.ok) return differs(inWords(reply));
			const date = nas.recorder.last?.date;
			const clock = Number(rowOf(reply.data).timestamp);
			if (date === undefined) return differs('there is no such header');
			const apart = Math.round(Math.abs(date / 1000 - clock));
			return judge(apart <= SAME, `${apart} seconds apart`);
		},
	},
	{
		id: 'dsm-version',
		reading: 'SYNO.DSM.Info getinfo gives the version as text',
		ask: async (nas) => {
			const version = Math.min(2, nas.apis[INFO]?.maxVersion ?? 2);
			const reply = await nas.ask({ api: INFO, version, method: 'getinfo' });
			return dataShould(reply, (data) => /^DSM \d/.test(String(rowOf(data).version_string)));
		},
	},
];
