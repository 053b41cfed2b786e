import { jsonParam, stringList, type ApiCall } from '../ApiCall';
import { DsmFailure } from '../DsmFailure';
import { contentOf } from '../explore/fileContent';
import type { FileSpec } from '../explore/FileSpec';
import { FileResponse, type Dsm, type Handler } from './dsm';

/** File Station's "no such file". */
const NO_SUCH_FILE = 408;

/** One path, or a list of paths: from the root of the shared folders, with a slash in front. */
function pathsOf(call: ApiCall): string[] {
	const path = jsonParam(call, 'path');
	return typeof path === 'string' ? [path] : stringList(call, 'path');
}

const find = (path: string, { options }: Dsm): FileSpec | undefined =>
	options.liveFiles?.find((file) => `/${file.path}` === path);

/** A file that is not there is a row with a code, and the call succeeds. */
export const getInfo: Handler = (call, dsm) => ({
	files: pathsOf(call).map((path) => {
		const file = find(path, dsm);
		if (!file) return { code: NO_SUCH_FILE, path };
		const { mtime = 0 } = file;
		const { size } = contentOf(file);
		const name = path.split('/').pop();
		const time = { atime: mtime, crtime: mtime, ctime: mtime, mtime };
		return { isdir: false, name, path, additional: { size, time } };
	}),
});

export const downloadLive: Handler = (call, dsm) => {
	const [path = ''] = pathsOf(call);
	const file = find(path, dsm);
	if (!file) throw new DsmFailure(NO_SUCH_FILE);
	return new FileResponse(path.split('/').pop()!, contentOf(file), false);
};
