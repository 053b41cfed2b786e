import { renderHtml, runCode, type Item } from './exampleWorkflow';
import { NOW } from './summaries';

export interface StatusPage {
	title: string;
	kind: string;
	nases: Array<{
		name: string;
		isRead: boolean;
		message: string;
		tasks: Array<Record<'kind' | 'word' | 'name' | 'message' | 'since' | 'last' | 'next', string>>;
	}>;
	html: string;
}

/** The page that the workflow makes of what Get Summary put out for each NAS. */
export function statusPage(first: Item[], second: Item[]): StatusPage {
	const items = runCode('status-page.json', 'Build Page', {
		others: { 'First NAS': first, 'Second NAS': second },
		now: NOW,
	});
	const html = renderHtml('status-page.json', 'Render Page', items);
	return { ...(items[0]!.json as unknown as StatusPage), html };
}
