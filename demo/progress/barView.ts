import { MultiBar, type Options } from 'cli-progress';
import type { View } from './progress';

const FORMAT = '[{bar}] {percentage} %  {duration_formatted}  {text}';

const BAR_SIZE = 24;

/** The bar, the percentage, the time and what is between them. */
const BESIDE_TEXT = BAR_SIZE + 18;

/** cli-progress knows only Node's own terminals; its types leave `columns` to it. */
type Terminal = NodeJS.WritableStream & { columns?: number };

/** A bar in the last line of a terminal, below the lines that were said. */
export function barView(stream: Terminal, stamp: () => string): View {
	const options: Options = {
		format: FORMAT,
		stream,
		barsize: BAR_SIZE,
		barCompleteChar: '#',
		barIncompleteChar: '-',
		hideCursor: true,
		// The demo ends n8n and the NAS at Ctrl-C, and the bar with them.
		gracefulExit: false,
		clearOnComplete: true,
		fps: 4,
		// A line that was said took the place of the bar, which has to be drawn again as it was.
		forceRedraw: true,
	};
	const bars = new MultiBar(options);
	const bar = bars.create(100, 0, { text: '' });
	let open = true;
	return {
		say: (line) => {
			const text = `${stamp()}${line}\n`;
			if (open) bars.log(text);
			else stream.write(text);
		},
		update: ({ share, text }) => {
			if (!open) return;
			const room = Math.max(0, (stream.columns ?? 80) - BESIDE_TEXT);
			bar.update(Math.floor(100 * share), { text: text.slice(0, room) });
		},
		// The time beside the bar runs.
		tick: () => {},
		close: () => {
			if (!open) return;
			open = false;
			// Writes the lines that the bar has not drawn yet.
			bars.update();
			bars.stop();
		},
	};
}
