import { join } from 'node:path';
import { DateTime } from 'luxon';
import type { Browser } from 'playwright-core';
import { launch } from '../../ui/browser';
import { calendarMail, history } from './calendarHistory';
import { statusPage } from './statusPage';
import { branch, office } from './summaries';

const FOLDER = join(__dirname, '../../../docs/images');

/** In light and dark, at the width of a window. */
async function picture(browser: Browser, html: string, name: string, width: number): Promise<void> {
	const page = await browser.newPage({ viewport: { width, height: 480 } });
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		await page.setContent(html);
		await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`), fullPage: true });
	}
	await page.close();
}

/**
 * The pictures of what example workflows make, for the docs: `npx tsx
 * test/unit/examples/takePicture.ts`.
 */
async function main(): Promise<void> {
	const monday = DateTime.fromISO('2026-11-23T07:00', { zone: 'Europe/Berlin' });
	const page = statusPage(office(), branch());
	const browser = await launch();
	try {
		await picture(browser, calendarMail(history(6, monday)).html, 'backup-calendar', 1060);
		await picture(browser, page.html, 'status-page', 1280);
		await picture(browser, page.html, 'status-page-phone', 390);
	} finally {
		await browser.close();
	}
}

void main();
