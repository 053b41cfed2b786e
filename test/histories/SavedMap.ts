/** What a truth remembers of each task or event; after n8n was killed, what n8n had saved. */
export class SavedMap<T extends object> extends Map<string, T> {
	private saved: Array<[string, T]> = [];

	constructor(private readonly copyOf: (one: T) => T = (one) => ({ ...one })) {
		super();
	}

	save(): void {
		this.saved = this.copies(this);
	}

	restart(): void {
		const kept = this.copies(this.saved);
		this.clear();
		for (const [key, one] of kept) this.set(key, one);
	}

	private copies(entries: Iterable<[string, T]>): Array<[string, T]> {
		return [...entries].map(([key, one]) => [key, this.copyOf(one)]);
	}
}
