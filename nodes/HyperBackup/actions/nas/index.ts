import { resourceFields } from '../resourceFields';
import { diagnose } from './diagnose';

export const operations = { diagnose };

export const description = resourceFields('nas', operations, 'diagnose');
