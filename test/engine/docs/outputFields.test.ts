import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { incomplete } from '../../../tools/docs/fieldTable';
import * as outputFields from '../../../tools/docs/outputFields';
import { unitOf, type FieldTexts, type Kind } from '../../../tools/docs/outputFields';
import { ROOT } from './generatedFile';

const KINDS = Object.values(outputFields).filter(
	(value): value is Kind => typeof value === 'object' && 'heading' in value,
);

const everyField = ({ texts, sometimes }: Kind): FieldTexts => ({ ...texts, ...sometimes });

test.each(KINDS.map((kind): [string, Kind] => [kind.heading, kind]))(
	'%s: each field has its type, and each number its unit',
	(_heading, kind) => {
		const fields = everyField(kind);
		expect(Object.keys(fields).length).toBeGreaterThan(2);
		expect(incomplete(fields)).toEqual([]);
	},
);

test('a number without a unit is reported, and so is a type that does not exist', () => {
	expect(
		incomplete({ last_backup_time: ['number?', 'When'], polls: ['number', 'How many'] }),
	).toEqual(['polls has no unit']);
	expect(incomplete({ size: ['figure' as 'number', 'How large', 'bytes'] })).toEqual([
		'size has no type that is known',
	]);
});

/** The documented API documents the unit of its figure; the other is made by the inferred unit. */
const IN_BYTES = [
	'bytes_backed_up',
	'bytes',
	'used_size_bytes',
	'bytes_total',
	'latest.source_size_bytes',
	'latest.target_size_bytes',
	'previous.source_size_bytes',
	'previous.target_size_bytes',
	'size',
	'received_bytes',
	'run.bytes',
];

test('no other field is called bytes', () => {
	const fields = KINDS.flatMap((kind) => Object.entries(everyField(kind)));
	const inBytes = fields.filter(
		([path, text]) => /bytes/.test(path) || unitOf(path, text) === 'bytes',
	);
	expect([...new Set(inBytes.map(([path]) => path))]).toEqual(IN_BYTES);
});

test("a size in DSM's unit stands beside the field that names the unit", () => {
	for (const kind of KINDS) {
		const fields = everyField(kind);
		const sized = Object.entries(fields).some(
			([path, text]) => unitOf(path, text) === '`size_unit`',
		);
		const named = 'size_unit' in fields || 'run.size_unit' in fields;
		expect([kind.heading, sized && !named]).toEqual([kind.heading, false]);
	}
});

test.each(['docs/operations.md', 'docs/trigger.md'])('the tables of %s have the units', (path) => {
	const page = readFileSync(join(ROOT, path), 'utf8');
	expect(page).toContain('| Field | Type | Unit | Meaning |');
	expect(page).toMatch(/^\| `[\w.]*_time` \| number or null \| Unix seconds \|/m);
});
