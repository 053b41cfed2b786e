import { chromium, selectors, type Browser, type Page } from 'playwright-core';

/** Debian's; CHROMIUM names another one. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** No sandbox, because tests run as root in containers; nothing that asks the internet. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
];

/** Only ends a wait in vain, on however slow a machine. */
const LIMIT = 180_000;

export const VIEWPORT = { width: 1400, height: 800 };

export async function launch(): Promise<Browser> {
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/**
 * One page with n8n's theme left at "system", so that the color scheme of the page decides.
 * Addresses outside this machine are not reached.
 */
export async function openPage(browser: Browser): Promise<Page> {
	const context = await browser.newContext({
		viewport: VIEWPORT,
		deviceScaleFactor: 1,
		colorScheme: 'light',
		reducedMotion: 'reduce',
		locale: 'en-US',
		timezoneId: 'UTC',
	});
	const page = await context.newPage();
	page.setDefaultTimeout(LIMIT);
	await page.route(
		(url) => !['127.0.0.1', 'localhost'].includes(url.hostname) && url.protocol.startsWith('http'),
		async (route) => await route.abort(),
	);
	return page;
}
