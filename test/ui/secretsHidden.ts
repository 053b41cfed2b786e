import { Secrets } from './Secrets';
import { shows, type Stage } from './Stage';

/** Each test before this one has searched for them at its end. */
export function secretsHidden(stage: () => Stage): void {
	shows(
		stage,
		'are neither on the page nor in any response of n8n to the browser',
		async ({ secrets }) => {
			await secrets.expectHidden();
			const { answers, secrets: known } = secrets.searched;
			expect(answers).toBeGreaterThan(100);
			// The passwords typed, and a session with each NAS at least.
			expect(known).toBeGreaterThanOrEqual(5);
		},
	);

	test('would be found, also as markup or an address writes them', async () => {
		const page = await stage().editor.page.context().newPage();
		for (const shown of [
			'<b>a &amp; "b"</b>',
			'<a href="/?p=a%20%26%20%22b%22">x</a>',
			'<input value="a &amp; &quot;b&quot;">',
		]) {
			await page.setContent(shown);
			await expect(new Secrets(page, ['a & "b"']).expectHidden()).rejects.toThrow('the page');
		}
		await page.setContent('<input type="password" value="a &amp; &quot;b&quot;">');
		await new Secrets(page, ['a & "b"']).expectHidden();
		await page.close();
	});
}
