import { hang } from './scenarios';

hang('durable');
