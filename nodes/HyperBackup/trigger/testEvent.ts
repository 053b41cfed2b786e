import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { asNodeError } from '../n8n/nodeErrors';
import { fetchTasks } from './fetchTasks';
import { includeLog } from './includeLog';
import { sampleItem } from './sampleItem';
import { triggerParameters } from './triggerParameters';
import { onlyWatches } from './watches';
import { sampleOfWatch } from './watches/pollWatches';

/** For *Fetch Test Event*: an item as the trigger would emit it. Stores nothing. */
export async function testEvent(context: IPollFunctions): Promise<IDataObject> {
	try {
		const parameters = triggerParameters(context);
		if (onlyWatches(parameters.events)) return await sampleOfWatch(context, parameters);
		const read = await fetchTasks(context, parameters);
		const sample = await sampleItem(read, parameters);
		if (parameters.includeLog) await includeLog(context, parameters, read, [sample]);
		return sample;
	} catch (error) {
		throw asNodeError(context.getNode(), error);
	}
}
