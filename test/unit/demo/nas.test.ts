import { morningOf, SPEED } from '../../../demo/nas';
import { LIMIT_SECONDS } from '../../../n8n-host/until';
import { demoTasks, SimulatedClock } from '../../../simulator';
import { closeAll, givenNas } from '../../../testing/nas';

afterEach(closeAll);

const hours = Array.from({ length: 24 }, (_, hour) => hour);

test.each(hours)(
	'begun at %i o’clock (UTC), no task of the demo starts by itself before its alerts are there',
	async (hour) => {
		const clock = new SimulatedClock(morningOf(Date.UTC(2026, 10, 26, hour, 33)));
		const tasks = demoTasks(clock.now());
		const { nas } = await givenNas({ clock, timeZone: 'Europe/Berlin', tasks });
		clock.advance({ seconds: LIMIT_SECONDS * SPEED });
		expect(nas.history).toEqual([]);
	},
);
