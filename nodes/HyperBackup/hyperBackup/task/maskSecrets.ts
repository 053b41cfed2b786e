/** Names of fields in a destination's settings that open it. DSM masks some itself and leaves access key ids in clear. */
const SECRET =
	/^(key|secret|pwd|passwd|password|token|access_?key.*|.*_(key|secret|password|token)|refresh_token)$/i;

/** The same value with the secrets of `repository` objects replaced, whatever their depth. The argument stays as it is. */
export function maskSecrets<T>(value: T, inRepository = false): T {
	if (Array.isArray(value))
		return value.map((item) => maskSecrets(item as unknown, inRepository)) as T;
	if (typeof value !== 'object' || value === null) return value;
	const masked: Record<string, unknown> = {};
	for (const [name, field] of Object.entries(value)) {
		// As a key it would replace the object's prototype instead of naming a field.
		if (name === '__proto__') continue;
		const secret =
			inRepository && SECRET.test(name) && (typeof field === 'string' || typeof field === 'number');
		masked[name] = secret
			? '********'
			: maskSecrets(field as unknown, inRepository || name === 'repository');
	}
	return masked as T;
}
