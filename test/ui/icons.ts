import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../e2e/support';
import { picture } from './pictures';
import { shows, type Stage } from './Stage';

const SIZES = [16, 24, 32, 48];
const ENLARGED = 128;

/** n8n's own: behind nodes on the canvas, and behind everything else. */
const THEMES = {
	light: { icon: 'hyperBackup.svg', panel: '#ffffff', canvas: '#f5f5f5' },
	dark: { icon: 'hyperBackup.dark.svg', panel: '#262626', canvas: '#171717' },
};

const address = (file: string): string =>
	`data:image/svg+xml;base64,${readFileSync(join(ROOT, 'nodes/HyperBackup', file)).toString('base64')}`;

const row = (
	scheme: keyof typeof THEMES,
	ground: 'panel' | 'canvas',
): string => `<p class="${scheme}" style="background:${THEMES[scheme][ground]}">
	${SIZES.map((size) => `<img src="${address(THEMES[scheme].icon)}" width="${size}" height="${size}">`).join('')}
	<canvas data-icon="${address(THEMES[scheme].icon)}" data-ground="${THEMES[scheme][ground]}" width="16" height="16" style="width:${ENLARGED}px;height:${ENLARGED}px"></canvas></p>`;

const SHEET = `<!DOCTYPE html><style>
	body { margin: 0; width: 400px } p { margin: 0; padding: 16px; display: flex; gap: 20px; align-items: center } canvas { image-rendering: pixelated }
	.dark { display: none } @media (prefers-color-scheme: dark) { .dark { display: flex } .light { display: none } }
</style>${(['light', 'dark'] as const).map((scheme) => row(scheme, 'panel') + row(scheme, 'canvas')).join('')}`;

/**
 * Draws every icon at 16 px on its ground, and counts the pixels that stand out from it by 3:1, as
 * WCAG wants it of graphics.
 */
const PIXELS_THAT_STAND_OUT = `(async () => {
	const light = (r, g, b) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
	return await Promise.all([...document.querySelectorAll('canvas')].map(async (canvas) => {
		const brush = canvas.getContext('2d');
		const icon = new Image();
		icon.src = canvas.dataset.icon;
		await icon.decode();
		brush.fillStyle = canvas.dataset.ground;
		brush.fillRect(0, 0, 16, 16);
		const ground = light(...brush.getImageData(0, 0, 1, 1).data);
		brush.drawImage(icon, 0, 0, 16, 16);
		const { data } = brush.getImageData(0, 0, 16, 16);
		return [...Array(256).keys()].filter((i) => {
			const own = light(data[i * 4], data[i * 4 + 1], data[i * 4 + 2]);
			return (Math.max(own, ground) + 0.05) / (Math.min(own, ground) + 0.05) >= 3;
		}).length;
	}));
})()`;

/** A line around the square has 60 of its 256 pixels. */
const LEGIBLE = 60;

export function icons(stage: () => Stage): void {
	shows(stage, 'stands out at 16 pixels from the grounds of both themes', async ({ editor }) => {
		const page = await editor.page.context().newPage();
		await page.setContent(SHEET);
		const standingOut = await page.evaluate<number[]>(PIXELS_THAT_STAND_OUT);
		expect(standingOut).toHaveLength(4);
		for (const pixels of standingOut) expect(pixels).toBeGreaterThanOrEqual(LEGIBLE);
		await picture(page, 'icon-16', { x: 0, y: 0, width: 400, height: 320 });
		await page.close();
	});
}
