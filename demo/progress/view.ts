import { barView } from './barView';
import { plainView } from './plainView';
import type { View } from './progress';

interface Output extends NodeJS.WritableStream {
	isTTY?: boolean;
	columns?: number;
}

/** A bar on a terminal that can redraw a line, and plain lines elsewhere. */
export function viewFor(
	stream: Output,
	stamp: () => string,
	term: string | undefined = process.env.TERM,
): View {
	return stream.isTTY && term !== 'dumb'
		? barView(stream, stamp)
		: plainView((text) => void stream.write(text), stamp);
}
