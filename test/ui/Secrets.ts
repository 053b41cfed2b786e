import type { Page } from 'playwright-core';
import type { Nas } from '../../simulator';

/** Passwords and sessions: must neither be on the page nor in anything n8n sends to the browser. */
export class Secrets {
	private readonly known: Set<string>;

	private readonly received: Array<Promise<{ from: string; text: string }>> = [];

	private readonly nases: Nas[] = [];

	private answers = 0;

	constructor(
		private readonly page: Page,
		passwords: string[],
	) {
		this.known = new Set(passwords);
		page.on('response', (response) => {
			if (!new URL(response.url()).pathname.startsWith('/rest/')) return;
			this.received.push(
				response.text().then(
					(text) => ({ from: response.url(), text }),
					() => ({ from: response.url(), text: '' }),
				),
			);
		});
		page.on('websocket', (socket) =>
			socket.on('framereceived', ({ payload }) =>
				this.received.push(Promise.resolve({ from: socket.url(), text: String(payload) })),
			),
		);
	}

	/** Another one that is typed in a test. */
	add(secret: string): void {
		this.known.add(secret);
	}

	/** Every session of this NAS. */
	watch(nas: Nas): void {
		this.nases.push(nas);
	}

	/** How much has been searched so far, and for how many secrets. */
	get searched(): { answers: number; secrets: number } {
		return { answers: this.answers, secrets: this.known.size };
	}

	async expectHidden(): Promise<void> {
		for (const { sid } of this.nases.flatMap(({ sessions }) => sessions.open)) this.known.add(sid);
		const received = await Promise.all(this.received.splice(0));
		this.answers += received.length;
		const page = { from: 'the page', text: await this.page.evaluate(textAndMarkup) };
		const leaks = [page, ...received].flatMap(({ from, text }) =>
			[...this.known].filter((secret) => contains(text, secret)).map(() => from),
		);
		expect(leaks).toEqual([]);
	}
}

/** All of it but what a user is typing into a password field. */
function textAndMarkup(): string {
	const markup = document.documentElement.cloneNode(true) as Element;
	for (const field of Array.from(markup.querySelectorAll('input[type="password"]')))
		field.removeAttribute('value');
	return `${document.body.innerText}\n${markup.outerHTML}`;
}

/** As it is, or as JSON, HTML or a URL would write it. */
function contains(text: string, secret: string): boolean {
	const inHtml = secret.replace(/&/g, '&amp;');
	const inAttribute = inHtml.replace(/"/g, '&quot;');
	return [
		secret,
		inHtml,
		inAttribute,
		encodeURIComponent(secret),
		JSON.stringify(secret).slice(1, -1),
	].some((form) => text.includes(form));
}
