import { join } from 'node:path';
import { DateTime } from 'luxon';
import { launch } from '../../ui/browser';
import { calendarMail, history } from './calendarHistory';

/**
 * The picture of the backup calendar's mail for the docs: `npx tsx
 * test/unit/examples/takePicture.ts`.
 */
async function main(): Promise<void> {
	const now = DateTime.fromISO('2026-11-23T07:00', { zone: 'Europe/Berlin' });
	const { html } = calendarMail(history(6, now));
	const browser = await launch();
	try {
		const page = await browser.newPage({ viewport: { width: 1060, height: 480 } });
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.setContent(html);
			const path = join(__dirname, `../../../docs/images/backup-calendar-${colorScheme}.png`);
			await page.screenshot({ path, fullPage: true });
		}
	} finally {
		await browser.close();
	}
}

void main();
