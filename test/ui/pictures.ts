import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { ROOT } from '../e2e/support';

const SCHEMES = ['light', 'dark'] as const;

/**
 * With UPDATE_SCREENSHOTS=1 the ones in the docs are made anew; otherwise a run leaves the checkout
 * as it is.
 */
const FOLDER =
	process.env.UPDATE_SCREENSHOTS === '1'
		? join(ROOT, 'docs/images')
		: join(ROOT, 'test-results/ui');

export interface Area {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** What is shown, in n8n's light and dark theme. */
export async function picture(page: Page, name: string, clip?: Area): Promise<void> {
	mkdirSync(FOLDER, { recursive: true });
	for (const colorScheme of SCHEMES) {
		await page.emulateMedia({ colorScheme });
		// n8n fades from one theme to the other, and icons are loaded anew.
		await pause(400);
		await page.waitForFunction(() => Array.from(document.images).every((image) => image.complete));
		await page.screenshot({
			path: join(FOLDER, `${name}-${colorScheme}.png`),
			clip,
			animations: 'disabled',
		});
	}
	await page.emulateMedia({ colorScheme: 'light' });
}

/** Shows why a test failed. */
export async function pictureOfFailure(page: Page, test: string): Promise<void> {
	const folder = join(ROOT, 'test-results/ui');
	mkdirSync(folder, { recursive: true });
	await page
		.screenshot({ path: join(folder, `failed ${test.replace(/[^\w ]+/g, '').slice(0, 80)}.png`) })
		.catch(() => undefined);
}
