// --- The node: history and tasks in, the mail with its picture out.

const listed = $('All Tasks')
	.all()
	.map(({ json }) => json);
const failed = listed.find(({ error }) => error);
const calendar = makeCalendar({
	history: $input
		.all()
		.map(({ json }) => json)
		.filter(({ key }) => key),
	tasks: listed.filter(({ task_id, error }) => task_id && !error),
	failure: failed ? String(failed.error.message || failed.error) : '',
	since: new Date($('Open Calendar').first().json.createdAt).toISOString(),
	now: $now,
});
const { canvas, width } = drawPicture(calendar);
const fileName = `backup-calendar-${$now.toISODate()}.png`;

return [
	{
		json: makeMail(calendar, width),
		binary: {
			calendar: {
				data: Buffer.from(png(canvas)).toString('base64'),
				mimeType: 'image/png',
				fileType: 'image',
				fileExtension: 'png',
				fileName,
			},
		},
	},
];
