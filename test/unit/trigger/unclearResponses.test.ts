import {
	type Row,
	HOUR,
	NEW,
	END,
	NOW,
	RUNNING,
	UNCLEAR,
	BLANK,
	OPEN,
	follow,
	UNSEEN,
	names,
} from './followed';

describe('a response that contradicts itself, or shows no result', () => {
	const open: Row = { ...RUNNING, open: OPEN };

	test('in mid-run is waited for once, then believed', () => {
		expect(follow(open, UNCLEAR)).toEqual({
			events: [],
			state: { open: OPEN, endedEarly: undefined, unclear: 1 },
			held: true,
		});
		expect(follow({ ...open, unclear: 1 }, UNCLEAR)).toEqual({
			events: [
				{ event: 'backupOutcomeUnknown', outcome: 'unknown', unseen: false, withoutTimes: true },
			],
			state: { endedEarly: NOW, unclear: 2 },
		});
	});

	test('in mid-run without a result is waited for once, then believed', () => {
		expect(follow(open, BLANK).held).toBe(true);
		expect(names(follow({ ...open, unclear: 1 }, BLANK))).toEqual(['backupOutcomeUnknown']);
	});

	test('about a run between two polls is ignored once, then accepted', () => {
		expect(follow({}, UNCLEAR).held).toBe(true);
		expect(follow({ unclear: 1 }, UNCLEAR).events).toEqual([
			UNSEEN,
			{ event: 'backupOutcomeUnknown', outcome: 'unknown', unseen: true, withoutTimes: true },
		]);
	});

	test('with new times is waited for once, then believed', () => {
		const now: Row = { ...BLANK, run: NEW };
		expect(follow({}, now).held).toBe(true);
		expect(follow({ unclear: 1 }, now).events).toEqual([
			UNSEEN,
			{ event: 'backupOutcomeUnknown', outcome: 'unknown', unseen: true, withoutTimes: false },
		]);
	});

	test('about no run is only counted', () => {
		expect(follow({}, BLANK)).toEqual({ events: [], state: { unclear: 1 } });
		expect(follow({ unclear: 4 }, BLANK)).toEqual({ events: [], state: { unclear: 5 } });
	});

	test('about a run that was reported as ended is only counted', () => {
		const before: Row = { ...UNCLEAR, endedEarly: END, unclear: 2 };
		expect(follow(before, UNCLEAR)).toEqual({
			events: [],
			state: { endedEarly: END, unclear: 3 },
		});
	});

	test('about a run after one that was reported as ended is waited for', () => {
		const before: Row = { endedEarly: END - HOUR };
		expect(follow(before, { ...UNCLEAR, run: NEW })).toEqual({
			events: [],
			state: { endedEarly: END - HOUR, unclear: 1 },
			held: true,
		});
	});
});
