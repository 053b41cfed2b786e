/** The middle one; of an even number the mean of the middle two. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The middle half: what a quarter lies below, and a quarter above. */
export function quartiles(values: number[]): [number, number] {
	const sorted = [...values].sort((a, b) => a - b);
	const at = (part: number): number =>
		sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;
	return [at(0.25), at(0.75)];
}

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** A random order of them. */
export function shuffled<T>(list: T[]): T[] {
	return list
		.map((value) => ({ value, at: Math.random() }))
		.sort((a, b) => a.at - b.at)
		.map(({ value }) => value);
}
