// --- The calendar: what is known of every task on every day.

const DAYS = 35;
const MOST_ROWS = 60;

// From the worst to the best. An outcome that is not listed is unknown, and unknown is next to failed.
const WORST_FIRST = ['failed', 'unknown', 'partial', 'suspended', 'canceled', 'succeeded'];
const OUTCOME_OF_RESULT = {
	success: 'succeeded',
	partial: 'partial',
	failed: 'failed',
	canceled: 'canceled',
	discarded: 'canceled',
	suspended: 'suspended',
};
const BAD = ['failed', 'unknown', 'partial'];

const outcomeOf = (outcome) =>
	outcome === 'discarded' ? 'canceled' : WORST_FIRST.includes(outcome) ? outcome : 'unknown';

// What the task itself says of its last run: known even if the trigger did not see it, because the workflow was off.
function lastRunOf({ last_backup_time: at, last_result: result, status }) {
	if (!at || result === 'never' || (result === 'running' && status === 'running')) return [];
	if (result === undefined)
		return status === 'running'
			? []
			: [
					{
						at,
						outcome: status === 'idle' ? 'succeeded' : status === 'error' ? 'failed' : 'unknown',
					},
				];
	return [{ at, outcome: OUTCOME_OF_RESULT[result] || 'unknown' }];
}

function runsOf(rows, task, zone) {
	const runs = rows.map(({ at, outcome }) => ({ at: Number(at), outcome: outcomeOf(outcome) }));
	for (const last of lastRunOf(task)) {
		// A run that the trigger told of is the same one, unless DSM has changed its mind since.
		if (!runs.some(({ at, outcome }) => at === last.at && outcome === last.outcome))
			runs.push(last);
	}
	return runs
		.sort((a, b) => a.at - b.at)
		.map((run) => ({ ...run, day: DateTime.fromSeconds(run.at, { zone }).toISODate() }));
}

function rowOf(task, rows, days, now) {
	const runs = runsOf(rows, task, now.zone);
	const cells = days.map(({ date }) => {
		const outcomes = runs.filter(({ day }) => day === date).map(({ outcome }) => outcome);
		return {
			outcome: WORST_FIRST.find((one) => outcomes.includes(one)) || null,
			count: outcomes.length,
		};
	});
	// A suspended run has not ended.
	const ended = runs.filter(({ day, outcome }) => day >= days[0].date && outcome !== 'suspended');
	const successes = runs.filter(({ outcome }) => outcome === 'succeeded');
	const last = successes[successes.length - 1];
	const week = cells.slice(-7);
	return {
		id: task.task_id,
		name: task.name,
		removed: task.removed === true,
		cells,
		ended: ended.length,
		succeeded: ended.filter(({ outcome }) => outcome === 'succeeded').length,
		hoursSinceSuccess: last ? Math.max(0, (now.toSeconds() - last.at) / 3600) : null,
		// A status of today counts, so that a failure without a time is not missed.
		problem:
			week.some(({ outcome }) => BAD.includes(outcome)) ||
			['error', 'unknown'].includes(task.status),
		failing: week.some(({ outcome }) => outcome === 'failed'),
		status: task.status || null,
		trouble: task.problem || null,
		quiet: !last || last.day < days[DAYS - 7].date,
	};
}

const many = (count, one) => `${count} ${one}${count === 1 ? '' : 's'}`;

function verdict(rows, failure) {
	const counted = rows.filter(({ removed }) => !removed);
	if (failure) return { bad: true, text: 'the NAS could not be asked, runs may be missing' };
	if (counted.length === 0) return { bad: true, text: 'there are no tasks' };
	const problems = counted.filter(({ problem }) => problem).length;
	const quiet = counted.filter((row) => row.quiet && !row.problem).length;
	const all = many(counted.length, 'task');
	const kind = counted.every(({ problem, failing }) => !problem || failing)
		? 'failures'
		: 'problems';
	if (problems > 0)
		return {
			bad: true,
			text: `${problems} of ${all} had ${kind} in the last 7 days${quiet > 0 ? `, ${quiet} had no success` : ''}`,
		};
	if (quiet > 0) return { bad: true, text: `${quiet} of ${all} had no success in the last 7 days` };
	return {
		bad: false,
		text:
			counted.length === 1
				? 'the task succeeded in the last 7 days'
				: `all ${all} succeeded in the last 7 days`,
	};
}

// `history`: the rows that were remembered; `tasks`: what the NAS tells now; `since`: when the calendar was begun, ISO 8601.
function makeCalendar({ history, tasks, failure, since, now }) {
	const today = now.startOf('day');
	const begun = since ? DateTime.fromISO(since, { zone: now.zone }).toISODate() : null;
	const days = Array.from({ length: DAYS }, (_, index) => {
		const day = today.minus({ days: DAYS - 1 - index });
		return {
			date: day.toISODate(),
			day: day.day,
			weekday: day.weekday,
			month: day.toFormat('LLL', { locale: 'en' }),
			watched: begun === null || day.toISODate() >= begun,
		};
	});
	const listed = new Set(tasks.map(({ task_id }) => task_id));
	const gone = new Map(
		history
			.filter(({ task_id }) => !listed.has(task_id))
			.sort((a, b) => a.at - b.at)
			.map(({ task_id, name }) => [task_id, { task_id, name, removed: !failure }]),
	);
	const rows = [...tasks, ...gone.values()]
		.map((task) =>
			rowOf(
				task,
				history.filter(({ task_id }) => task_id === task.task_id),
				days,
				now,
			),
		)
		.filter(({ removed, cells }) => !removed || cells.some(({ outcome }) => outcome))
		.sort(
			(a, b) =>
				a.removed - b.removed ||
				String(a.name).localeCompare(String(b.name), 'en', { numeric: true }),
		);
	const important = [...rows]
		.sort((a, b) => b.problem - a.problem || b.quiet - a.quiet)
		.slice(0, MOST_ROWS);
	return {
		days,
		rows: rows.filter((row) => important.includes(row)),
		left: rows.length - important.length,
		all: rows,
		verdict: verdict(rows, failure),
		failure: failure || null,
		zone: now.zoneName,
		now,
	};
}
