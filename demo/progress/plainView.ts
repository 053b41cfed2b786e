import type { State, View } from './progress';

/** A line for every so many percent. */
const EVERY = 5;

/**
 * Progress where there is no terminal, for example in a log: whole lines only. `stamp` is what each
 * line begins with.
 */
export function plainView(write: (text: string) => void, stamp: () => string): View {
	let shown = 0;
	const say = (line: string): void => write(`${stamp()}${line}\n`);
	return {
		say,
		update: ({ share, text }: State) => {
			const percent = Math.floor(100 * share);
			if (percent < shown + EVERY) return;
			shown = percent - (percent % EVERY);
			say(`${String(percent).padStart(3)} %  ${text}`);
		},
		close: () => {},
	};
}
