/**
 * A map that drops what was set longest ago. Whatever is kept per credential or key is kept in one
 * of these.
 */
export class BoundedMap<K, V> extends Map<K, V> {
	constructor(private readonly limit = 500) {
		super();
	}

	override set(key: K, value: V): this {
		this.delete(key);
		super.set(key, value);
		if (this.size > this.limit) this.delete(this.keys().next().value as K);
		return this;
	}
}
