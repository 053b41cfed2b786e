const last = new Map<string, Promise<void>>();

/** Work of the same key one after the other, in the order in which it was asked for. */
export async function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
	const before = last.get(key);
	let done: () => void = () => undefined;
	const mine = new Promise<void>((resolve) => (done = resolve));
	last.set(key, mine);
	try {
		await before;
		return await work();
	} finally {
		done();
		if (last.get(key) === mine) last.delete(key);
	}
}
