import { simulatedSleep } from './pauses';

// Runs before every test file: no test waits for real time to pass.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => await simulatedSleep(milliseconds),
}));
