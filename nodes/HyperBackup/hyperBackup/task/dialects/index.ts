import type { DsmClient } from '../../../dsm/DsmClient';
import { DsmError } from '../../../dsm/errors/DsmError';
import { CLOCK_CALL } from '../../clock/readClock';
import type { Dialect, DialectName } from './Dialect';
import { DocumentedDialect } from './DocumentedDialect';
import { DsmDialect } from './DsmDialect';

export const DIALECTS: Record<DialectName, Dialect> = {
	dsm: new DsmDialect(),
	documented: new DocumentedDialect(),
};

const isMethodMissing = (error: unknown): boolean =>
	error instanceof DsmError && error.dsmCode === 103;

/** Another API that needs the session's token: a response, or a refusal for want of rights, shows that the token arrives. */
async function tokenArrives(client: DsmClient): Promise<boolean> {
	if ((await client.session()).synoToken === '') return true;
	try {
		await client.call(CLOCK_CALL);
		return true;
	} catch (error) {
		if (!(error instanceof DsmError) || error.transient) throw error;
		return error.kind === 'noPermission';
	}
}

/**
 * Which dialect the NAS offers, after a method was missing (103). A dropped token reads as 103 too, and the documented dialect has the session ID in its URLs:
 * so it is tried only if `list` is missing as well and the token is known to arrive.
 */
async function detect(client: DsmClient): Promise<DialectName> {
	try {
		await client.call(DIALECTS.dsm.list());
		return 'dsm';
	} catch (error) {
		if (!isMethodMissing(error) || !(await tokenArrives(client))) throw error;
	}
	await client.call(DIALECTS.documented.list());
	return 'documented';
}

/** Carries `work` out in the NAS's dialect, which is remembered per NAS and survives a renewed session. */
export async function inDialect<T>(
	client: DsmClient,
	work: (dialect: Dialect) => Promise<T>,
): Promise<T> {
	const assumed: DialectName = client.dialect === 'documented' ? 'documented' : 'dsm';
	try {
		return await work(DIALECTS[assumed]);
	} catch (error) {
		if (!isMethodMissing(error)) throw error;
		// The first error stands: it is about the method that was requested.
		const found = await detect(client).catch((other: unknown) => {
			throw isMethodMissing(other) ? error : other;
		});
		if (found === assumed) throw error;
		client.dialect = found;
		return await work(DIALECTS[found]);
	}
}
