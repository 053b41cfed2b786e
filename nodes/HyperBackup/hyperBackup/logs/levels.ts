/** DSM's words, from the least to the most serious. */
export const LEVELS = ['info', 'warn', 'err'] as const;

export type Level = (typeof LEVELS)[number];

export const isLevel = (word: unknown): word is Level => LEVELS.includes(word as Level);

/**
 * Whether an entry of the level `word` is to be shown. A word that is not known is never taken for
 * harmless.
 */
export const isAtLeast = (word: string, least: Level): boolean =>
	!isLevel(word) || LEVELS.indexOf(word) >= LEVELS.indexOf(least);
