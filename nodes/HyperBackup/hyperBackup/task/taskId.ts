/**
 * A task's ID as text that leads back to the very same task: DSM numbers tasks, and LUN tasks have
 * their name as ID. A name that would read as a number, that begins with `=` (which n8n evaluates)
 * or with a quote is put in quotes.
 */
export function taskIdText(id: unknown): string {
	if (typeof id === 'number') return Number.isSafeInteger(id) ? String(id) : '';
	if (typeof id !== 'string' || id === '') return '';
	return /^(\d+$|["=])/.test(id) || id !== id.trim() ? `"${id}"` : id;
}

/**
 * What is sent for such a text: only `0` or digits without a leading zero are a number, everything
 * else is a LUN task's name.
 */
export function taskIdValue(text: string): string | number {
	if (/^".*"$/s.test(text) && text.length > 1) return text.slice(1, -1);
	return /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}
