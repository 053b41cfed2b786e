import type { Fact } from '../verdict';
import { DSM_FACTS } from './dsmFacts';
import { TASK_FACTS } from './taskFacts';

/** In the order in which they are asked. */
export const FACTS: Fact[] = [...DSM_FACTS, ...TASK_FACTS];
