const MASK = '********';

/** Parts of a name, written together in small letters, whose value opens something. */
const SECRET_PARTS = [
	/passw|passphrase|passcode|pwd|secret|token|credential/,
	/authorization|cookie|sess(ion)?id|keys?\d*$/,
];
const SECRET_WORDS = ['key', 'keys', 'pass', 'pin', 'otp', 'sid'];
/** DSM's key into its texts, and what is public anyway. */
const HARMLESS = /(error|public)keys?$/;

/**
 * `remote_passwd`, `clientSecret` and `API-Key` alike. DSM and the destinations' SDKs agree on no
 * spelling.
 */
function isSecretName(name: string): boolean {
	const words = name
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z0-9]+/);
	const joined = words.join('');
	if (HARMLESS.test(joined)) return false;
	return (
		SECRET_PARTS.some((part) => part.test(joined)) ||
		words.some((word) => SECRET_WORDS.includes(word))
	);
}

/** An account in a URL, and parameters of its query that have a secret's name. */
function maskInUrl(text: string): string {
	return text
		.replace(/:\/\/[^/?#\s@]+@/g, `://${MASK}@`)
		.replace(/([?&;])([^=&;\s?]+)=([^&;\s#]+)/g, (all, sign: string, name: string) =>
			isSecretName(name) ? `${sign}${name}=${MASK}` : all,
		);
}

function maskInText(text: string): string {
	if (!/^\s*[[{]/.test(text)) return maskInUrl(text);
	try {
		return JSON.stringify(maskSecrets(JSON.parse(text) as unknown));
	} catch {
		return maskInUrl(text);
	}
}

/** A switch or an empty field holds no secret, and says whether one is in use. */
const holdsNothing = (value: unknown): boolean =>
	value === null || value === undefined || value === '' || typeof value === 'boolean';

/** Whether the object is a pair such as `{ name: 'password', value: '...' }`. */
const namesSecret = ({ name, key, field }: Record<string, unknown>): boolean =>
	[name, key, field].some((label) => typeof label === 'string' && isSecretName(label));

/**
 * The same value with every secret replaced, wherever it stands: DSM masks some itself and leaves
 * others in clear. The argument stays as it is.
 */
export function maskSecrets<T>(value: T): T {
	if (typeof value === 'string') return maskInText(value) as T;
	if (Array.isArray(value)) return value.map((entry) => maskSecrets(entry as unknown)) as T;
	if (typeof value !== 'object' || value === null) return value;
	const fields = value as Record<string, unknown>;
	const isPair = 'value' in fields && namesSecret(fields);
	const masked: Record<string, unknown> = {};
	for (const [name, field] of Object.entries(fields)) {
		// As a key it would replace the object's prototype instead of naming a field.
		if (name === '__proto__') continue;
		// In a pair, `key` is the label.
		const secret =
			isPair && (name === 'value' || name === 'key') ? name === 'value' : isSecretName(name);
		masked[name] = secret && !holdsNothing(field) ? MASK : maskSecrets(field);
	}
	return masked as T;
}
