import { hang } from './scenarios';

hang('before');
