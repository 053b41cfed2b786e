/** Where progress goes: one line at a time, for a person who waits. */
export type Report = (line: string) => void;

export function elapsed(since: number): string {
	const seconds = Math.round((Date.now() - since) / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
