import type { TaskSnapshot } from '../../../nodes/HyperBackup/hyperBackup/task/TaskSnapshot';
import { successAt, successText } from '../../../nodes/HyperBackup/trigger/lastSuccess';
import { END, NEW, NO_TIMES, NOW, OLD, shown, stored } from './storedTask';

const MOMENT = { now: NOW, sameZone: true, clockShift: 0 };

describe('the time of the last good run, as the NAS writes it', () => {
	const DOCUMENTED = { result: undefined, resultWord: '' };

	test('is what status shows, if it shows one', () => {
		expect(successText(shown({ run: NEW }), undefined, { success: END })).toBe(END);
		expect(successText(shown({ run: NEW }), undefined, { success: '' })).toBe(NEW.end);
	});

	test('is the end of a run that succeeded', () => {
		expect(successText(shown({ run: NEW }), stored(), undefined)).toBe(NEW.end);
	});

	test('is still that while the next run waits for its turn', () => {
		const queued = shown({ run: NEW, phase: 'queued' });
		expect(successText(queued, undefined, undefined)).toBe(NEW.end);
	});

	test.each(['canceled', 'failed', 'never'] as const)('does not show: idle and %s', (result) => {
		expect(successText(shown({ run: NEW, result }), stored(), undefined)).toBeUndefined();
	});

	test.each<[string, Partial<TaskSnapshot>]>([
		['the task is under way', { phase: 'live' }],
		['the NAS shows no times', { run: NO_TIMES }],
	])('does not show while %s', (_when, row) => {
		expect(successText(shown({ run: NEW, ...row }), stored(), undefined)).toBeUndefined();
	});

	describe('in the documented API', () => {
		const idle = shown({ ...DOCUMENTED, run: NEW });

		test('is the end of the last run of an idle task', () => {
			expect(successText(idle, stored({ run: OLD }), undefined)).toBe(NEW.end);
			expect(successText(idle, undefined, undefined)).toBe(NEW.end);
		});

		test('is still the same while the task is idle', () => {
			const before = stored({ ...DOCUMENTED, run: NEW, success: NEW.end });
			expect(successText(idle, before, undefined)).toBe(NEW.end);
		});

		test('does not show while the task is in error', () => {
			const error = shown({ ...DOCUMENTED, status: 'error', run: NEW });
			expect(successText(error, stored({ run: OLD }), undefined)).toBeUndefined();
		});

		test('does not show where the same run was no success before', () => {
			const before = stored({ ...DOCUMENTED, status: 'error', run: NEW, success: OLD.end });
			expect(successText(idle, before, undefined)).toBeUndefined();
		});
	});
});

describe('when the last success was', () => {
	test('is now if it was detected', () => {
		expect(successAt(END, true, { ...MOMENT, toLocalTime: () => 5 })).toBe(NOW);
	});

	test('is what DSM says, and never later than now', () => {
		expect(successAt(END, false, { ...MOMENT, toLocalTime: () => 5 })).toBe(5);
		expect(successAt(END, false, { ...MOMENT, toLocalTime: () => NOW + 1 })).toBe(NOW);
	});

	test('is not known without a text, or where the clock cannot be read', () => {
		expect(successAt(undefined, false, { ...MOMENT, toLocalTime: () => 5 })).toBeUndefined();
		expect(successAt(END, false, { ...MOMENT, toLocalTime: () => undefined })).toBeUndefined();
	});
});
