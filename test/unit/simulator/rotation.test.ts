import { closeAll, givenNas, listed, status } from './support/wireClient';
import { withTask } from './support/withTask';

afterEach(closeAll);

describe('rotation after a good run', () => {
	const ROTATING = { rotationSeconds: 100 };

	test('keep: only the status shows it', async () => {
		const nas = await givenNas(withTask(ROTATING));
		nas.task(1).accept();
		nas.advance({ seconds: 100 });
		expect(await listed(nas)).toMatchObject({ status: 'preparing_version_delete', result: 'done' });
		nas.advance({ seconds: 50 });
		expect(await status(nas)).toMatchObject({ status: 'version_deleting', result: 'done' });
		nas.advance({ seconds: 50 });
		expect(await status(nas)).toMatchObject({ status: 'none', result: 'done' });
	});

	test('word: the result shows it too, and returns to done with the times of the run', async () => {
		const nas = await givenNas(withTask(ROTATING, { rotationResult: 'word' }));
		nas.task(1).accept();
		nas.advance({ seconds: 100 });
		const { end } = await status(nas);
		expect(await listed(nas)).toEqual({
			state: 'backupable',
			status: 'preparing_version_delete',
			result: 'preparing_version_delete',
			end,
		});
		nas.advance({ seconds: 50 });
		expect(await listed(nas)).toMatchObject({
			status: 'version_deleting',
			result: 'version_deleting',
		});
		nas.advance({ seconds: 50 });
		expect(await listed(nas)).toEqual({ state: 'backupable', status: 'none', result: 'done', end });
	});

	test.each([
		[
			'before',
			{ status: 'none', result: 'preparing_version_delete' },
			{ status: 'version_deleting', result: 'done' },
		],
		[
			'after',
			{ status: 'preparing_version_delete', result: 'done' },
			{ status: 'none', result: 'version_deleting' },
		],
	] as const)('the result word comes %s the status word', async (rotationOrder, first, last) => {
		const nas = await givenNas(
			withTask(ROTATING, { rotationResult: 'word', rotationOrder, rotationLagSeconds: 10 }),
		);
		nas.task(1).accept();
		nas.advance({ seconds: 100 });
		expect(await status(nas)).toMatchObject(first);
		nas.advance({ seconds: 10 });
		expect(await status(nas)).toMatchObject({
			status: 'preparing_version_delete',
			result: 'preparing_version_delete',
		});
		nas.advance({ seconds: 90 });
		expect(await status(nas)).toMatchObject(last);
		nas.advance({ seconds: 10 });
		expect(await status(nas)).toMatchObject({ status: 'none', result: 'done' });
	});

	test('by option its end becomes the end of the run', async () => {
		const nas = await givenNas(withTask(ROTATING, { rewriteTimesAfterRotation: true }));
		nas.task(1).accept();
		nas.advance({ seconds: 100 });
		expect((await status(nas)).end).toBe('2026/11/24 08:01:40');
		nas.advance({ seconds: 100 });
		expect((await status(nas)).end).toBe('2026/11/24 08:03:20');
	});

	test('it can fail after a good run; a repair turns back the result only', async () => {
		const nas = await givenNas(withTask(ROTATING, { rotationResult: 'word' }));
		nas.task(1).willEnd({ result: 'done', rotation: 'version_delete_failed' });
		nas.task(1).accept();
		nas.advance({ seconds: 200 });
		const { end } = await status(nas);
		expect(await status(nas)).toMatchObject({ status: 'none', result: 'version_delete_failed' });
		nas.task(1).repair();
		expect(await status(nas)).toMatchObject({ result: 'done', end });
	});

	test.each(['keep', 'word'] as const)(
		'versions can be deleted without a run, and that can fail (%s)',
		async (rotationResult) => {
			const nas = await givenNas(withTask({}, { rotationResult }));
			const { end } = await status(nas);
			nas.task(1).rotate({ seconds: 60, end: 'version_delete_failed' });
			nas.advance({ seconds: 30 });
			expect(await status(nas)).toMatchObject({
				status: 'version_deleting',
				result: rotationResult === 'keep' ? 'done' : 'version_deleting',
				end,
			});
			nas.advance({ seconds: 30 });
			expect(await status(nas)).toMatchObject({
				status: 'none',
				result: 'version_delete_failed',
				end,
			});
		},
	);

	test('a run that begins ends the showing of a rotation', async () => {
		const nas = await givenNas(
			withTask(ROTATING, { rotationResult: 'word', rotationOrder: 'after' }),
		);
		nas.task(1).accept();
		nas.advance({ seconds: 201 });
		expect(await status(nas)).toMatchObject({ status: 'none', result: 'version_deleting' });
		nas.task(1).accept();
		nas.advance({ seconds: 30 });
		expect(await status(nas)).toMatchObject({ status: 'backup', result: 'backingup' });
	});

	test('a task that is being deleted says so and then leaves the list', async () => {
		const nas = await givenNas(withTask({ deleteSeconds: 60 }, { rotationResult: 'word' }));
		nas.task(1).delete();
		expect(await listed(nas)).toMatchObject({ status: 'deleting', result: 'deleting' });
		nas.advance({ seconds: 60 });
		expect(await listed(nas)).toBeUndefined();
		expect(nas.history.map(({ kind }) => kind)).toEqual(['taskRemoved']);
	});
});

describe('the times of the last run', () => {
	test.each([
		['with', ['old', 'old', 'new']],
		['before', ['old', 'new', 'new']],
		['after', ['old', 'old', 'old']],
	] as const)('are written %s the words', async (endTimesOrder, seen) => {
		const nas = await givenNas(withTask({}, { endTimesOrder, endTimesLagSeconds: 10 }));
		const { end } = await status(nas);
		const age = async (): Promise<string> => ((await status(nas)).end === end ? 'old' : 'new');
		nas.task(1).accept();
		nas.advance({ seconds: 99 });
		const ages = [await age()];
		const untilWords = endTimesOrder === 'before' ? 11 : 1;
		nas.advance({ seconds: untilWords - 0.5 });
		expect((await status(nas)).status).toBe('backup');
		ages.push(await age());
		nas.advance({ seconds: 0.5 });
		expect(await status(nas)).toMatchObject({ status: 'none', result: 'done' });
		ages.push(await age());
		expect(ages).toEqual(seen);
		nas.advance({ seconds: 10 });
		expect((await status(nas)).end).toBe('2026/11/24 08:01:40');
	});
});
