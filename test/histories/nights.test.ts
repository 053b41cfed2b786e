import { judgeLives } from './judgeLives';
import { lifeWithNights } from './life';

const lives = Number(process.env.NIGHTS ?? 2000);
const seed = Number(process.env.NIGHTS_SEED ?? Date.now() % 2 ** 31);

test(`${lives} histories with many runs in a row: figures and Unusual Run are what the NAS knows`, async () => {
	const unusual = await judgeLives(lifeWithNights, { lives, seed });
	// Without any, these lives prove nothing.
	if (lives >= 500)
		expect(Object.keys(unusual).sort()).toEqual(['duration', 'files_changed', 'source_size']);
}, 3_600_000);
