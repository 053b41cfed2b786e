const formats = new Map<string, Intl.DateTimeFormat>();

/** One for each zone: making one takes longer than everything else an operation computes. */
function formatFor(zone: string): Intl.DateTimeFormat {
	let format = formats.get(zone);
	if (!format) {
		format = new Intl.DateTimeFormat('en-US', {
			timeZone: zone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
		formats.set(zone, format);
	}
	return format;
}

/** Seconds that `zone` (IANA) is ahead of UTC at the Unix time `at`. */
export function zoneOffset(zone: string, at: number): number {
	const parts = formatFor(zone).formatToParts(new Date(at * 1000));
	const part = (type: string): number =>
		Number(parts.find((candidate) => candidate.type === type)?.value);
	const wall = Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
	return wall / 1000 - Math.floor(at);
}
