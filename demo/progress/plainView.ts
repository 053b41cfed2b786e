import type { State, View } from './progress';

/** A line for every so many percent, */
const PERCENT = 5;

/** and after so many milliseconds without one. */
const SILENCE = 20_000;

/**
 * Progress where there is no terminal, for example in a log: whole lines only. `stamp` is what each
 * line begins with.
 */
export function plainView(
	write: (text: string) => void,
	stamp: () => string,
	now: () => number = () => Date.now(),
): View {
	let shown = 0;
	let latest: State | undefined;
	let lastLine = now();
	const say = (line: string): void => {
		lastLine = now();
		write(`${stamp()}${line}\n`);
	};
	const show = ({ share, text }: State): void => {
		const percent = Math.floor(100 * share);
		shown = percent - (percent % PERCENT);
		say(`${String(percent).padStart(3)} %  ${text}`);
	};
	return {
		say,
		update: (state) => {
			latest = state;
			if (Math.floor(100 * state.share) >= shown + PERCENT) show(state);
		},
		tick: () => {
			if (latest && now() - lastLine >= SILENCE) show(latest);
		},
		close: () => void (latest = undefined),
	};
}
