import { durationText } from '../../../nodes/HyperBackup/hyperBackup/runs/durationText';

test.each([
	[0, 'less than a minute'],
	[59, 'less than a minute'],
	[60, '1 minute'],
	[3599, '59 minutes'],
	[3600, '1 hour'],
	[5460, '1 hour 31 minutes'],
	[86_400, '1 day'],
	[183_600, '2 days 3 hours'],
	[86_460, '1 day'],
])('%i seconds are %s', (seconds, text) => {
	expect(durationText(seconds)).toBe(text);
});
