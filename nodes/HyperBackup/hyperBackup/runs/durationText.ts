const UNITS: Array<[seconds: number, name: string]> = [
	[86_400, 'day'],
	[3600, 'hour'],
	[60, 'minute'],
];

const counted = (count: number, name: string): string =>
	`${count} ${name}${count === 1 ? '' : 's'}`;

/** Seconds in words, to the two largest units: "2 days 3 hours", "less than a minute". */
export function durationText(seconds: number): string {
	const largest = UNITS.findIndex(([unit]) => seconds >= unit);
	if (largest < 0) return 'less than a minute';
	let rest = seconds;
	const parts = UNITS.slice(largest, largest + 2).flatMap(([unit, name]) => {
		const count = Math.floor(rest / unit);
		rest -= count * unit;
		return count === 0 ? [] : [counted(count, name)];
	});
	return parts.join(' ');
}
