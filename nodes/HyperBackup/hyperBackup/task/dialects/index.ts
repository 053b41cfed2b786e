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
 * Carries `work` out in the NAS's dialect, which is remembered per NAS and survives a renewed
 * session. `lists`: the work begins with `list`.
 */
export async function inDialect<T>(
	client: DsmClient,
	work: (dialect: Dialect) => Promise<T>,
	lists = false,
): Promise<T> {
	const assumed: DialectName = client.facts.dialect === 'documented' ? 'documented' : 'dsm';
	const other: DialectName = assumed === 'dsm' ? 'documented' : 'dsm';
	try {
		return await work(DIALECTS[assumed]);
	} catch (error) {
		const refusal = dsmErrorOf(error);
		if (!isMethodMissing(refusal)) throw refusal;
		const documented = await isDocumented(client, lists && assumed === 'dsm');
		if (documented !== (other === 'documented')) throw refusal;
		return await inOther(client, work, other, refusal);
	}
}

/** The first error stands if the method is missing here too: it is about what was requested. */
async function inOther<T>(
	client: DsmClient,
	work: (dialect: Dialect) => Promise<T>,
	name: DialectName,
	first: DsmError,
): Promise<T> {
	try {
		const result = await work(DIALECTS[name]);
		client.learn({ dialect: name });
		return result;
	} catch (error) {
		const refusal = dsmErrorOf(error);
		throw isMethodMissing(refusal) ? first : refusal;
	}
}
