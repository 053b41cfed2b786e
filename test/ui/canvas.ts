import type { Page } from 'playwright-core';
import { exampleWorkflow } from '../../n8n-host/examples';
import { ROOT } from '../e2e/support';
import { picture, type Area } from './pictures';
import { shows, type Stage } from './Stage';

/**
 * Around nodes and notes, in pixels: below a node stands its name, and to its right the button for
 * the next one.
 */
const MARGIN = { left: 24, top: 24, right: 72, bottom: 70 };

/** The part of the page in which the workflow is. */
async function workflowArea(page: Page): Promise<Area> {
	const parts = await page.locator('.vue-flow__node').all();
	const boxes = await Promise.all(parts.map(async (part) => (await part.boundingBox())!));
	const x = Math.min(...boxes.map((box) => box.x)) - MARGIN.left;
	const y = Math.min(...boxes.map((box) => box.y)) - MARGIN.top;
	const right = Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN.right;
	const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + MARGIN.bottom;
	return { x, y, width: right - x, height: bottom - y };
}

/** The examples that docs and templates show as a whole: the file, and the name of the picture. */
const SHOWN = [
	['alert-on-failure.json', 'alert-workflow'],
	['overdue-watchdog.json', 'overdue-workflow'],
	['run-and-notify.json', 'run-workflow'],
] as const;

export function canvas(stage: () => Stage): void {
	for (const [file, name] of SHOWN)
		shows(
			stage,
			`${file}, imported, needs nothing but a credential: no node carries a warning`,
			async ({ editor, n8n, credentialId }) => {
				const workflow = exampleWorkflow(ROOT, file, {
					credentialId,
					sendTo: 'https://ntfy.example.com/backups',
				});
				await editor.openWorkflow(await n8n.rest.createWorkflow(workflow));
				await editor.page.getByText('POST: https://ntfy.example.com').waitFor();
				await editor.page.locator('.vue-flow__node img').first().waitFor();
				expect(await editor.part('node-issues').count()).toBe(0);
				// Away from the note, whose buttons appear under the mouse.
				await editor.page.mouse.move(0, 0);
				await picture(editor.page, name, await workflowArea(editor.page));
			},
		);
}
