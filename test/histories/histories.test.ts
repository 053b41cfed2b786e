import { judgeLives } from './judgeLives';
import { life } from './life';

const lives = Number(process.env.HISTORIES ?? 20_000);
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

test(`${lives} histories of a NAS: no event lost, repeated or invented`, async () => {
	await judgeLives(life, { lives, seed });
}, 3_600_000);
