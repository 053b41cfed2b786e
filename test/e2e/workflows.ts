/** A workflow whose nodes have no IDs of credentials yet. */
export interface Workflow {
	name: string;
	nodes: Array<{ name: string; credentials?: Record<string, { id?: string; name: string }> }>;
}

/** With one text in it replaced, such as an interval that a test need not wait for. */
export function withText(workflow: Workflow, before: string, after: string): Workflow {
	const text = JSON.stringify(workflow);
	expect(text).toContain(before);
	return JSON.parse(text.replace(before, after)) as Workflow;
}
