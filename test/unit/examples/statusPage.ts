import { renderHtml, runCode, type Item } from './exampleWorkflow';
import { NOW } from './summaries';

export interface StatusPage {
	title: string;
	kind: string;
	nases: Array<{
		name: string;
		isRead: boolean;
		message: string;
		tasks: Array<
			Record<'kind' | 'word' | 'name' | 'message' | 'since' | 'last' | 'next', string> & {
				days: Array<{ kind: string; sign: string; day: number; label: string }>;
			}
		>;
	}>;
	history: string;
	html: string;
}

/** What the data table holds of one backup. */
export interface SavedRun {
	nas: string;
	task_id: string;
	outcome: string;
	/** Unix seconds. */
	at: number;
}

export interface Saved {
	runs?: SavedRun[];
	/** When the workflow was published first. */
	since?: string;
	/** The table could not be read. */
	error?: string;
}

/** The rows of the data table as n8n puts them out; one empty item where there is none. */
function rowsOf({ runs = [], error }: Saved): Item[] {
	if (error !== undefined) return [{ json: { error } }];
	if (runs.length === 0) return [{ json: {} }];
	return runs.map((run, index) => ({ json: { key: String(index), ...run } }));
}

/**
 * The page that the workflow makes of what Get Summary put out for each NAS, and of the saved runs.
 */
export function statusPage(first: Item[], second: Item[], saved: Saved = {}): StatusPage {
	const items = runCode('status-page.json', 'Build Page', {
		others: {
			'First NAS': first,
			'Second NAS': second,
			'Get Runs': rowsOf(saved),
			'Open Table': [{ json: { createdAt: saved.since ?? '2026-10-01T06:00:00.000Z' } }],
		},
		now: NOW,
	});
	const html = renderHtml('status-page.json', 'Render Page', items);
	return { ...(items[0]!.json as unknown as StatusPage), html };
}
