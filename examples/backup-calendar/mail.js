// --- The mail: the picture, and in words what needs somebody.

const escapeHtml = (text) =>
	String(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const WORDS = {
	failed: 'failed',
	unknown: 'ended, and how is not known',
	partial: 'was incomplete',
};

// The last bad day of a task within the week; or what its status says, if no day does.
function troubleOf({ name, cells, trouble, status }, days) {
	const at = cells.map(({ outcome }) => BAD.includes(outcome)).lastIndexOf(true);
	if (at >= cells.length - 7)
		return `${name}: ${WORDS[cells[at].outcome]} on ${days[at].day} ${days[at].month}`;
	return `${name}: ${String(trouble || `its status is ${status}`).replace(/_/g, ' ')}`;
}

function makeMail({ verdict: said, all, days, failure }, width) {
	const counted = all.filter(({ removed }) => !removed);
	const lines = [
		...(failure ? [`The NAS could not be asked: ${failure}`] : []),
		...counted.filter(({ problem }) => problem).map((row) => troubleOf(row, days)),
		...counted
			.filter((row) => row.quiet && !row.problem)
			.map(({ name }) => `${name}: no success in the last 7 days`),
	];
	const shown = lines.slice(0, 30);
	if (lines.length > shown.length) shown.push(`and ${lines.length - shown.length} more`);
	const list =
		shown.length === 0
			? ''
			: `<ul style="margin:0 0 16px;padding-left:20px">${shown.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;
	const alt = `Calendar of the backups of ${days.length} days: ${said.text}`;
	const image = `<img src="cid:calendar" width="${width}" alt="${escapeHtml(alt)}" style="display:block;width:100%;max-width:${width}px;height:auto">`;
	return {
		subject: `Backups: ${said.text}`,
		html: `<div style="font-family:-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5">${list}${image}</div>`,
	};
}
