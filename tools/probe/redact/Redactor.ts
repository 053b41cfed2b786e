import { redactSentence } from './logSentence';
import { API_NAMES, FIELDS, hasWireShape, HIDDEN_NUMBERS, isWireWord, WORDS } from './wireWords';

/** A word or a field that is not known: what a user may want to report, after reading it. */
export interface Unknown {
	field: string;
	value: string;
}

/**
 * Shorter ones stand in too many harmless texts. Where they are typed alone they are replaced all
 * the same.
 */
const SHORTEST_SEARCHED = 3;

/**
 * Keeps what is known to be DSM's own and replaces everything else, the same text by the same
 * placeholder.
 */
export class Redactor {
	/**
	 * What was replaced although it may be a word of DSM's. Not for files: it may also be a user's.
	 */
	readonly unknown: Unknown[] = [];

	private readonly placeholders = new Map<string, string>();

	private readonly counts = new Map<string, number>();

	private readonly typed: string[];

	/**
	 * `typed`: what the user typed, and what the NAS gave for it: found nowhere in what is kept.
	 */
	constructor(typed: string[]) {
		this.typed = typed.filter((text) => text !== '').map((text) => text.toLowerCase());
	}

	/** One response, whole. */
	redact(envelope: unknown): unknown {
		return this.value(envelope, '', '');
	}

	/** A text of our own into which something may have slipped. */
	text(text: string): string {
		return this.typed.reduce((clean, secret) => {
			const at = clean.toLowerCase().indexOf(secret);
			return secret.length < SHORTEST_SEARCHED || at < 0
				? clean
				: clean.split(clean.slice(at, at + secret.length)).join('(removed)');
		}, text);
	}

	private value(value: unknown, field: string, parent: string): unknown {
		if (Array.isArray(value)) return value.map((entry) => this.value(entry, field, parent));
		if (typeof value === 'object' && value !== null) return this.fields(value, field);
		if (typeof value === 'string') return this.string(value, field, parent);
		if (typeof value === 'number') return this.number(value, field);
		return typeof value === 'boolean' || value === null ? value : null;
	}

	private fields(value: object, field: string): Record<string, unknown> {
		const redacted: Record<string, unknown> = {};
		for (const [name, entry] of Object.entries(value)) {
			const known = this.isFieldName(name, field);
			if (!known && field !== 'share_list') this.note('field name', name);
			const key = known ? name : this.placeholder(name, 'field');
			redacted[key] = this.value(entry, known ? name : '', field);
		}
		return redacted;
	}

	/** The shared folders of a task are keys. */
	private isFieldName(name: string, parent: string): boolean {
		if (parent === 'share_list') return false;
		return FIELDS.has(name) || API_NAMES.includes(name);
	}

	private string(value: string, field: string, parent: string): string {
		if (this.mayStay(value, field, parent)) return value;
		if (field === 'event') {
			const sentence = redactSentence(value, (part) => this.placeholder(part, 'name'));
			if (sentence !== undefined && !this.holdsTyped(sentence)) return sentence;
		}
		if (WORDS[field] && field !== 'user') this.note(field, value);
		return this.placeholder(value, field === '' ? 'text' : field);
	}

	private mayStay(value: string, field: string, parent: string): boolean {
		// DSM names the parameter that it refuses.
		if (field === 'name' && parent === 'errors') return FIELDS.has(value);
		if (isWireWord(field, value)) return true;
		return hasWireShape(field, value) && !this.holdsTyped(value);
	}

	private number(value: number, field: string): number {
		const stays = field !== '' && !HIDDEN_NUMBERS.has(field) && !this.holdsTyped(String(value));
		return stays ? value : 0;
	}

	private holdsTyped(text: string): boolean {
		const lower = text.toLowerCase();
		return this.typed.some((secret) =>
			secret.length < SHORTEST_SEARCHED ? lower === secret : lower.includes(secret),
		);
	}

	private placeholder(text: string, kind: string): string {
		const known = this.placeholders.get(text);
		if (known !== undefined) return known;
		const number = (this.counts.get(kind) ?? 0) + 1;
		this.counts.set(kind, number);
		const placeholder = `${kind}-${number}`;
		this.placeholders.set(text, placeholder);
		return placeholder;
	}

	private note(field: string, value: string): void {
		const isNew = !this.unknown.some((one) => one.field === field && one.value === value);
		if (isNew) this.unknown.push({ field, value });
	}
}
