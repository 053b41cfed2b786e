export interface Patience {
	withinMs: number;
	everyMs?: number;
}

/** Asks again and again until the answer is there. Undefined, null, false and a thrown error mean "not yet". */
export async function eventually<Answer>(
	what: string,
	ask: () => Promise<Answer | undefined | null | false> | Answer | undefined | null | false,
	{ withinMs, everyMs = 200 }: Patience,
): Promise<Answer> {
	const deadline = Date.now() + withinMs;
	let lastError: unknown;
	for (;;) {
		try {
			const answer = await ask();
			if (answer !== undefined && answer !== null && answer !== false) return answer;
			lastError = undefined;
		} catch (error) {
			lastError = error;
		}
		if (Date.now() > deadline) {
			const reason = lastError instanceof Error ? `: ${lastError.message}` : '';
			throw new Error(`Waited ${withinMs / 1000} s in vain for ${what}${reason}`);
		}
		await new Promise((resolve) => setTimeout(resolve, everyMs));
	}
}
