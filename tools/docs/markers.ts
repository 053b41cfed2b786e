/**
 * A page is written by hand but for what stands between `<!-- generated: name -->` and `<!--
 * /generated -->`.
 */
const SECTION = /(<!-- generated: ([\w-]+) -->\n)[^]*?(<!-- \/generated -->)/g;

export function namesOfSections(page: string): string[] {
	return [...page.matchAll(SECTION)].map(([, , name]) => name!);
}

/** The page with each of its sections made anew. */
export function fillSections(page: string, sections: Record<string, string>): string {
	return page.replace(SECTION, (_all, begin: string, name: string, end: string) => {
		const text = sections[name];
		if (text === undefined) throw new Error(`Nothing generates a section '${name}'`);
		return `${begin}\n${text.trim()}\n\n${end}`;
	});
}
