/** The parameter that DSM did not accept, as far as it may be shown. */
export interface RejectedParameter {
	name: string;
	reason?: string;
}

/**
 * One word each, as DSM writes them. Anything else could be what the NAS was sent: a password, a
 * session.
 */
const REASONS = [
	'condition',
	'duplicate',
	'empty',
	'enum',
	'format',
	'invalid',
	'length',
	'max',
	'min',
	'missing',
	'range',
	'required',
	'type',
];

/**
 * DSM's `error.errors`, of which only the name of a parameter that was sent and a known reason are
 * kept. Nothing else of it goes into a sentence, because n8n stores sentences with the execution.
 */
export function rejectedParameter(
	errors: unknown,
	sent: readonly string[],
): RejectedParameter | undefined {
	if (typeof errors !== 'object' || errors === null) return undefined;
	const { name, reason } = errors as { name?: unknown; reason?: unknown };
	const known = sent.find((one) => one === name);
	if (known === undefined) return undefined;
	return { name: known, reason: REASONS.find((one) => one === reason) };
}
