import { restarts } from './scenarios';

restarts('before');
