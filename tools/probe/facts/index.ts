import type { Fact } from '../verdict';
import { DSM_FACTS } from './dsmFacts';
import { FURTHER_FACTS } from './furtherFacts';
import { LOG_FACTS } from './logFacts';
import { STATUS_FACTS } from './statusFacts';
import { TASK_FACTS } from './taskFacts';
import { VAULT_FACTS } from './vaultFacts';
import { VERSION_FACTS } from './versionFacts';

/** In the order in which they are asked. */
export const FACTS: Fact[] = [
	...DSM_FACTS,
	...TASK_FACTS,
	...STATUS_FACTS,
	...VERSION_FACTS,
	...LOG_FACTS,
	...FURTHER_FACTS,
	...VAULT_FACTS,
];
