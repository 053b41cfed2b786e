/** Upper and lower case, and spaces around a name, are the same. */
export const folded = (text: string): string => text.trim().toLowerCase();

/** Those of exactly this name; where there are none, those of it in any case. */
export function namedAs<T>(all: T[], name: string, nameOf: (one: T) => string): T[] {
	const exact = all.filter((one) => nameOf(one) === name);
	return exact.length > 0 ? exact : all.filter((one) => folded(nameOf(one)) === folded(name));
}
