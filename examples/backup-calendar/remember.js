// Makes one row of every backup that ended. The key is the same whenever the same run is told, so a row is never there twice.
const rows = $('When a Backup Ends')
	.all()
	.filter(({ json }) => json.run && json.task)
	.map(({ json: { task, run, detected_at } }) => {
		const at = run.finished_at || Math.floor(Date.parse(detected_at) / 1000);
		return {
			json: {
				key: `${$workflow.id}|${task.task_id}|${at}|${run.outcome}`,
				workflow: $workflow.id,
				task_id: task.task_id,
				name: task.name,
				outcome: run.outcome,
				at,
			},
		};
	});

// "Fetch Test Event" shows a sample, which is no news.
return $execution.mode === 'test' ? [] : rows;
