import { PnpmOutput, type PackageCounts } from '../../../n8n-host/pnpmOutput';

const report = (name: string, fields: object, level = 'debug'): string =>
	JSON.stringify({ time: 1, hostname: 'host', pid: 1, level, name: `pnpm${name}`, ...fields });

const progress = (status: string): string =>
	report(':progress', { status, packageId: 'zod@3.23.3', requester: '/home' });

function read(...lines: string[]) {
	const counts: PackageCounts[] = [];
	const output = new PnpmOutput((latest) => void counts.push(latest));
	const kept = lines.map((line) => output.read(line)).filter((text) => text !== undefined);
	return { counts, kept };
}

describe('the packages that pnpm reports', () => {
	test('are resolved, fetched and installed, each counted for itself', () => {
		const { counts, kept } = read(
			progress('resolved'),
			progress('resolved'),
			progress('resolved'),
			report(':stats', { added: 5, prefix: '/home' }),
			report(':stats', { removed: 0, prefix: '/home' }),
			progress('fetched'),
			progress('found_in_store'),
			progress('imported'),
		);
		expect(counts.at(-1)).toEqual({ resolved: 3, fetched: 2, installed: 1, toInstall: 5 });
		expect(counts).toHaveLength(7);
		expect(kept).toEqual([]);
	});

	test('are not counted from other reports, nor from a stage that is not known', () => {
		const { counts, kept } = read(
			report(':fetching-progress', { status: 'fetched' }),
			report(':stage', { stage: 'resolution_done' }),
			report(':stats', { added: 'many' }),
			progress('admired'),
		);
		expect([counts, kept]).toEqual([[], []]);
	});
});

describe('of an error is kept', () => {
	test('its code, what happened, and what to do', () => {
		const { kept } = read(
			report(
				'',
				{
					code: 'ERR_PNPM_FETCH_404',
					hint: 'n8m is not in the npm registry.',
					packageMeta: { versions: {} },
					err: { name: 'pnpm', message: 'GET n8m: Not Found - 404', stack: 'at a.js:1:1' },
				},
				'error',
			),
		);
		expect(kept).toEqual([
			'ERR_PNPM_FETCH_404\nGET n8m: Not Found - 404\nn8m is not in the npm registry.',
		]);
	});

	test('all of it, if it has another shape', () => {
		const line = report(':lifecycle', { reason: 'unknown' }, 'error');
		expect(read(line).kept).toEqual([line]);
	});

	test('never megabytes', () => {
		const { kept } = read(report('', { packageMeta: 'x'.repeat(1e6) }, 'error'));
		expect(kept[0]).toHaveLength(2000);
	});
});

test.each(['Segmentation fault', '{"level":"error"', 'null', '17', ''])(
	'a line that is no report is kept as it is: %j',
	(line) => {
		expect(read(line)).toEqual({ counts: [], kept: [line] });
	},
);

test('warnings are not kept: n8n has hundreds, and its install succeeds', () => {
	expect(read(report(':install-check', { message: 'Unsupported' }, 'warn')).kept).toEqual([]);
});
