import type { DsmClient } from '../../../dsm/DsmClient';
import { dsmErrorOf, type DsmError } from '../../../dsm/errors/DsmError';
import { CLOCK_CALL } from '../../clock/NasClock';
import type { Dialect, DialectName } from './Dialect';
import { DocumentedDialect } from './DocumentedDialect';
import { DsmDialect } from './DsmDialect';

export const DIALECTS: Record<DialectName, Dialect> = {
	dsm: new DsmDialect(),
	documented: new DocumentedDialect(),
};

const isMethodMissing = ({ dsmCode }: DsmError): boolean => dsmCode === 103;

/**
 * Another API that needs the session's token: a response, or a refusal for want of rights, shows
 * that the token arrives.
 */
async function tokenArrives(client: DsmClient): Promise<boolean> {
	if ((await client.session()).synoToken === '') return true;
	try {
		await client.call(CLOCK_CALL);
		return true;
	} catch (error) {
		const refusal = dsmErrorOf(error);
		if (refusal.transient) throw refusal;
		return refusal.kind === 'noPermission';
	}
}

/**
 * Whether the NAS offers the documented dialect, after a method of DSM's own was missing (103). A
 * dropped token reads as 103 too, and the documented dialect has the session ID in its URLs: so it
 * is used only if `list` is missing as well and the token is known to arrive.
 */
async function isDocumented(client: DsmClient, listIsMissing: boolean): Promise<boolean> {
	if (!listIsMissing) {
		try {
			await client.call(DIALECTS.dsm.list());
			return false;
		} catch (error) {
			const refusal = dsmErrorOf(error);
			if (!isMethodMissing(refusal)) throw refusal;
		}
	}
	return await tokenArrives(client);
}

/**
 * `work` again after it failed in the `assumed` dialect, in the other one if that turns out to be
 * the NAS's: it is remembered per NAS and survives a renewed session. `lists`: the work begins with
 * `list`.
 */
export async function inOtherDialect<T>(
	client: DsmClient,
	work: (dialect: Dialect) => Promise<T>,
	assumed: DialectName,
	error: unknown,
	lists = false,
): Promise<T> {
	const first = dsmErrorOf(error);
	if (!isMethodMissing(first)) throw first;
	const other: DialectName = assumed === 'dsm' ? 'documented' : 'dsm';
	const documented = await isDocumented(client, lists && assumed === 'dsm');
	if (documented !== (other === 'documented')) throw first;
	try {
		const result = await work(DIALECTS[other]);
		client.learn({ dialect: other });
		return result;
	} catch (second) {
		const refusal = dsmErrorOf(second);
		// The first error stands if the method is missing here too: it is about what was requested.
		throw isMethodMissing(refusal) ? first : refusal;
	}
}
