import Module from 'node:module';
import { join, relative, sep } from 'node:path';

/**
 * Measured is what is published: whatever asks for a source file of a node or a credential gets the
 * built one. tsx would add code of its own to each of them.
 */
const ROOT = join(__dirname, '..');
const BUILT = join(ROOT, 'dist');

type Resolve = (request: string, ...others: unknown[]) => string;
const loader = Module as unknown as { _resolveFilename: Resolve };
const resolve = loader._resolveFilename;

loader._resolveFilename = function (this: unknown, request, ...others) {
	const found = resolve.call(this, request, ...others);
	const [room = ''] = relative(ROOT, found).split(sep);
	if (room !== 'nodes' && room !== 'credentials') return found;
	return join(BUILT, relative(ROOT, found)).replace(/\.node\.json$|\.ts$/, (end) =>
		end === '.ts' ? '.js' : '.node.js',
	);
};
