import type { IDataObject } from 'n8n-workflow';
import { durationText } from '../hyperBackup/runs/durationText';
import { SIZE_UNIT } from '../hyperBackup/task/Task';
import type { UnusualFigure } from './UnusualFigure';

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** A size in KiB, in the largest unit of which it has at least one: "12.5 GiB". */
function sizeText(kib: number): string {
	let size = kib;
	let unit = 0;
	for (; size >= 1024 && unit < UNITS.length - 1; unit++) size /= 1024;
	return `${Number(size.toFixed(1))} ${UNITS[unit]!}`;
}

const filesText = (count: number): string => `${count} ${count === 1 ? 'file' : 'files'}`;

/** What is said of the value, and how a value is written. */
const CLAUSES: Record<UnusualFigure['field'], [clause: string, text: (value: number) => string]> = {
	duration: ['the backup took {}', durationText],
	bytes: ['the backup saved {}', (bytes) => sizeText(bytes / 1024)],
	source_size: ['its source takes {} (inferred unit)', sizeText],
	files_changed: ['{} changed', (count) => filesText(Math.round(count))],
};

function clauseOf({ field, value, usual }: UnusualFigure): string {
	const [clause, text] = CLAUSES[field];
	const more = field === 'duration' ? 'longer' : 'more';
	const how = value > usual ? more : 'less';
	return `${clause.replace('{}', text(value))}, ${how} than usual (${text(usual)})`;
}

/** All figures that are unusual, the furthest first. */
export const unusualClause = (figures: UnusualFigure[]): string => figures.map(clauseOf).join('; ');

const fieldsOf = ({ field, value, usual, deviation, runs }: UnusualFigure): IDataObject => ({
	field,
	value: Math.round(value),
	usual: Math.round(usual),
	unit: { duration: 'seconds', bytes: 'bytes', source_size: SIZE_UNIT, files_changed: 'files' }[
		field
	],
	deviation: Math.round(deviation * 10) / 10,
	runs,
});

/** The furthest of them, and the others beside it. */
export function unusualFields([furthest, ...others]: UnusualFigure[]): IDataObject {
	return { ...fieldsOf(furthest!), also: others.map(fieldsOf) };
}
