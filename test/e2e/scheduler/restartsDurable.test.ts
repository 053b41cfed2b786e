import { restarts } from './scenarios';

restarts('durable');
