import type { ProbedNas, Reply } from '../ProbedNas';
import { judge, notOffered, notShown, observed, type Verdict } from '../verdict';

/** A refusal that says nothing about the fact: the API or the account's right to it is missing. */
export function unasked(reply: Reply): Verdict | undefined {
	if (reply.ok) return undefined;
	if (reply.code === undefined) return notShown(`no response (${reply.kind})`);
	if ([102, 103, 104].includes(reply.code)) return notOffered(`code ${reply.code}`);
	if (reply.code === 105) return notShown('this account may not ask (code 105)');
	if (reply.kind === 'sessionInvalid')
		return notShown(`the session is not accepted (code ${reply.code})`);
	return undefined;
}

/** How a reply reads in a note. */
export function inWords(reply: Reply): string {
	if (reply.ok) return 'success';
	const parameter = reply.parameter === undefined ? '' : `, which names ${reply.parameter}`;
	return `code ${reply.code ?? `none (${reply.kind})`}${parameter}`;
}

/** The reply is to be a success whose data passes. */
export function dataShould(reply: Reply, passes: (data: unknown) => boolean, note = ''): Verdict {
	const missing = unasked(reply);
	if (missing) return missing;
	return reply.ok ? judge(passes(reply.data), note) : judge(false, inWords(reply));
}

/** The reply is to be a refusal with one of these codes. */
export function shouldRefuse(reply: Reply, codes: number[], parameter?: string): Verdict {
	if (!reply.ok && reply.code !== undefined && codes.includes(reply.code))
		return judge(parameter === undefined || reply.parameter === parameter, inWords(reply));
	return unasked(reply) ?? judge(false, inWords(reply));
}

/** An open question whose result is the response itself. */
export const whatever = (reply: Reply): Verdict => unasked(reply) ?? observed(inWords(reply));

/** Asks only where the NAS lists the API. */
export async function ifOffered(
	nas: ProbedNas,
	api: string,
	ask: () => Promise<Verdict>,
): Promise<Verdict> {
	return nas.offers(api) ? await ask() : notOffered();
}

/** How many of these there are, as a note: `3 of 4`. */
export const share = (some: readonly unknown[], all: readonly unknown[]): string =>
	`${some.length} of ${all.length}`;

/** Asks about the first task that has a number. */
export async function onTask(
	nas: ProbedNas,
	ask: (id: number) => Promise<Verdict>,
): Promise<Verdict> {
	const [id] = await nas.taskNumbers();
	return id === undefined ? await withoutTask(nas) : await ask(id);
}

/** Why no task has a number. */
export async function withoutTask(nas: ProbedNas): Promise<Verdict> {
	const tasks = await nas.tasks();
	if (!tasks) return notShown('the tasks cannot be listed');
	if (tasks.dialect.name !== 'dsm') return notShown('tasks have no number in the documented API');
	return notShown(tasks.rows.length === 0 ? 'there is no task' : 'there are LUN tasks only');
}
