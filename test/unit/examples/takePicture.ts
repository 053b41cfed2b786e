import { join } from 'node:path';
import { DateTime } from 'luxon';
import type { Browser } from 'playwright-core';
import { launch } from '../../ui/browser';
import { calendarMail, history } from './calendarHistory';
import { statusPage, type SavedRun } from './statusPage';
import { branch, NOW, office } from './summaries';

const FOLDER = join(__dirname, '../../../docs/images');

/** In light and dark, at the width of a window; with a height only as much as that shows. */
async function picture(
	browser: Browser,
	html: string,
	name: string,
	width: number,
	height?: number,
): Promise<void> {
	const page = await browser.newPage({ viewport: { width, height: height ?? 480 } });
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		await page.setContent(html);
		await page.screenshot({
			path: join(FOLDER, `${name}-${colorScheme}.png`),
			fullPage: height === undefined,
		});
	}
	await page.close();
}

/** How the backup of a night ended, by the number of nights ago; nothing where none ran. */
const NIGHTS: Record<string, (ago: number) => string> = {
	'Nightly to USB': (ago) => (ago === 17 ? 'partial' : 'succeeded'),
	'Photos to C2': (ago) => (ago === 0 ? '' : 'succeeded'),
	'Mail to the second NAS': (ago) => (ago < 3 ? (ago === 2 ? 'suspended' : '') : 'succeeded'),
	'Web server': (ago) => (ago < 3 ? 'failed' : ago === 23 ? 'canceled' : 'succeeded'),
	'iscsi-vm': (ago) => (ago % 7 === 2 ? 'succeeded' : ''),
	Accounting: (ago) => (ago === 9 ? 'unknown' : 'succeeded'),
	'Home directories': (ago) => (ago === 0 ? '' : 'succeeded'),
	Archive: () => '',
};

/** What the workflow of the status page has saved in these weeks. */
const savedRuns = (nas: string, names: string[]): SavedRun[] =>
	names.flatMap((task_id) =>
		Array.from({ length: 26 }, (_, ago) => ({
			nas,
			task_id,
			outcome: NIGHTS[task_id]!(ago),
			at: Math.floor(NOW.minus({ days: ago, hours: 7 }).toSeconds()),
		})).filter(({ outcome }) => outcome !== ''),
	);

/**
 * The pictures of what example workflows make, for the docs: `npx tsx
 * test/unit/examples/takePicture.ts`.
 */
async function main(): Promise<void> {
	const monday = DateTime.fromISO('2026-11-23T07:00', { zone: 'Europe/Berlin' });
	const tasks = Object.keys(NIGHTS);
	const page = statusPage(office(), branch(), {
		runs: [...savedRuns('DiskStation', tasks.slice(0, 5)), ...savedRuns('Branch', tasks.slice(5))],
		since: NOW.minus({ days: 27 }).toUTC().toISO()!,
	});
	const browser = await launch();
	try {
		await picture(browser, calendarMail(history(6, monday)).html, 'backup-calendar', 1060);
		await picture(browser, page.html, 'status-page', 1280);
		await picture(browser, page.html, 'status-page-phone', 390, 1180);
	} finally {
		await browser.close();
	}
}

void main();
