import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { TaskSpec } from '../../../simulator';
import { testEvent } from '../../../testing/engine';
import { closeAll, givenNas } from '../../../testing/nas';
import { activated, nightly, runToTheEnd } from './monitored';

afterEach(async () => {
	jest.restoreAllMocks();
	await closeAll();
});

describe('After Failures in a Row', () => {
	const events = ['backupFailed', 'backupRecovered'];

	async function failuresReported(options: INodeParameters, outcomes: TaskSpec['nextOutcomes']) {
		const { nas, trigger } = await activated(nightly({ nextOutcomes: outcomes }), {
			events,
			options,
		});
		const items: IDataObject[] = [];
		for (let run = 0; run < outcomes!.length; run++) {
			runToTheEnd(nas);
			items.push(...((await trigger.poll()) ?? []));
		}
		return items.map(({ event, run, ended }) =>
			event === 'backupRecovered'
				? ['recovered', (ended as IDataObject).failures]
				: (run as IDataObject).failures_in_a_row,
		);
	}

	test.each<[INodeParameters, number[]]>([
		[{}, [1, 2, 3, 4, 5, 6, 7]],
		[{ failuresInARow: 3 }, [3, 4, 5, 6, 7]],
		[{ failuresInARow: 3, thenEvery: 2 }, [3, 5, 7]],
		[{ failuresInARow: 2, thenEvery: 0 }, [2]],
		[{ thenEvery: 3 }, [1, 4, 7]],
		[{ failuresInARow: '', thenEvery: null as never }, [1, 2, 3, 4, 5, 6, 7]],
	])('%j reports these of seven: %j', async (options, expected) => {
		expect(await failuresReported(options, Array(7).fill('failed'))).toEqual(expected);
	});

	test('partial and canceled runs neither count nor end the row, and a success does', async () => {
		const outcomes: TaskSpec['nextOutcomes'] = ['failed', 'partial', 'failed', 'done', 'failed'];
		expect(await failuresReported({ failuresInARow: 2 }, outcomes)).toEqual([2, ['recovered', 2]]);
	});

	test('Backup Recovered counts failures that were held back', async () => {
		expect(await failuresReported({ failuresInARow: 5 }, ['failed', 'failed', 'done'])).toEqual([
			['recovered', 2],
		]);
	});

	test.each([
		[{ failuresInARow: 0 }, "'After Failures in a Row' must be a whole number of at least 1"],
		[{ failuresInARow: 1.5 }, "'After Failures in a Row' must be a whole number of at least 1"],
		[{ thenEvery: -1 }, "'Then Every (Failures)' must be a whole number of at least 0"],
		[{ thenEvery: 'x' }, "'Then Every (Failures)' must be a whole number of at least 0"],
	])('%j is refused before anything is sent', async (options, message) => {
		const { nas, credentials } = await givenNas({ tasks: [nightly()] });
		const { error } = await testEvent(credentials, { events, options } as INodeParameters);
		expect(error?.message).toContain(message);
		expect(nas.requests).toEqual([]);
	});
});
