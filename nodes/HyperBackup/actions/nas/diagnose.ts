import type { IDataObject } from 'n8n-workflow';
import { version } from '../../../../package.json';
import { diagnose as diagnoseNas, type Diagnosis } from '../../hyperBackup/diagnosis';
import type { Operation } from '../Invocation';

/** Seconds by which two clocks may differ before one-time codes and overdue backups are off. */
const CLOCK_TOLERANCE = 30;

/** What a user should check, each with what to do; nothing if all is well. */
function hintsOf({ connection, hyper_backup, rights, clock, unknown_words }: Diagnosis): string[] {
	const hints: string[] = [];
	if (!hyper_backup)
		hints.push(
			'Hyper Backup is not installed on this NAS, or it is stopped: check Package Center.',
		);
	else if (rights.list_tasks === 'no (105)')
		hints.push('The account may not use Hyper Backup: put it into the administrators group.');
	else if (rights.list_tasks !== 'yes')
		hints.push(`The tasks could not be read: ${rights.list_tasks}.`);
	if (connection.protocol === 'http')
		hints.push(
			'The password goes over the network unencrypted: use the https:// address of the NAS.',
		);
	if (connection.certificate === 'not_verified')
		hints.push(
			"The certificate is not verified: paste the NAS's certificate into 'CA Certificate' of " +
				"the credential and switch off 'Ignore SSL Issues'.",
		);
	if (clock.ahead_seconds === null)
		hints.push(
			"The account may not read the NAS's clock, so times are read in the workflow's time zone: " +
				"set the workflow's time zone to the NAS's.",
		);
	else if (Math.abs(clock.ahead_seconds) > CLOCK_TOLERANCE)
		hints.push(
			`The clocks of the NAS and n8n differ by ${Math.abs(clock.ahead_seconds)} seconds: let ` +
				`both take their time from the network.`,
		);
	if (clock.nas_utc_offset !== null && clock.nas_utc_offset !== clock.workflow_utc_offset) {
		hints.push(
			"The workflow's time zone is not the NAS's: times on the other side of a change to summer " +
				"time may be an hour off. Set it in the workflow's settings.",
		);
	}
	if (unknown_words.length > 0)
		hints.push(
			'Hyper Backup uses words that are not known here, and such tasks show as unknown: please ' +
				'report them.',
		);
	return hints;
}

const line = (name: string, value: unknown): string =>
	`${name}: ${typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)}`;

/**
 * One text to paste. Made of the same fields as the item, so there is nothing in it that the item
 * does not show.
 */
function reportOf(fields: Record<string, unknown>): string {
	return Object.entries(fields)
		.map(([name, value]) => line(name, value))
		.join('\n');
}

/** How n8n, the NAS and Hyper Backup get on: one item, redacted. Four requests. */
export const diagnose: Operation = {
	option: {
		name: 'Diagnose',
		action: 'Diagnose the connection to a NAS',
		description:
			'Check what works between n8n and Hyper Backup, as a report without names or addresses ' +
			'that can be pasted into a problem report',
	},
	execute: async ({ context, api }) => {
		const diagnosis = await diagnoseNas(api.client, api, context.getTimezone());
		const fields = { package_version: version, ...diagnosis };
		return [{ hints: hintsOf(diagnosis), report: reportOf(fields), ...fields } as IDataObject];
	},
};
