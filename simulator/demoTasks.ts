import type { TaskSpec } from './types';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * The tasks of a small office, as of `now`. Durations are minutes, so a demo runs its NAS faster
 * than life.
 */
export function demoTasks(now: number): TaskSpec[] {
	return [
		{
			id: 1,
			name: 'Nightly to USB',
			transferType: 'image_local',
			targetId: 'office_1.hbk',
			repository: { share: 'usbshare1' },
			schedule: { hour: 2, minute: 0 },
			sources: ['/volume1/homes', '/volume1/accounting'],
			bytes: 48_318_382_080,
			files: 214_511,
			durationSeconds: 600,
			lastRun: { result: 'done', endedAt: now - 7 * HOUR, version: 212 },
			pastVersions: 14,
			lastCheck: { at: now - 3 * DAY },
		},
		{
			id: 2,
			name: 'Photos to C2',
			targetType: 'cloud_image',
			transferType: 'synocloud_swift',
			targetId: 'office_photos.hbk',
			repository: { container: 'office-photos', account: 'office' },
			schedule: { hour: 23, minute: 30 },
			sources: ['/volume1/photo'],
			encrypted: true,
			bytes: 512_711_000_000,
			files: 88_120,
			durationSeconds: 1800,
			rotationSeconds: 120,
			lastRun: { result: 'done', endedAt: now - 9 * HOUR, version: 87 },
			pastVersions: 20,
			lastCheck: { at: now - 12 * DAY },
		},
		{
			id: 3,
			name: 'Mail to the second NAS',
			transferType: 'image_remote',
			targetId: 'mail.hbk',
			repository: { host: 'nas2.example.com', share: 'backup' },
			sources: ['/volume1/mail'],
			lastRun: { result: 'suspend', endedAt: now - 2 * DAY, successAt: now - 3 * DAY, version: 40 },
			pastVersions: 3,
		},
		{
			id: 4,
			name: 'Web server',
			targetType: 'cloud_image',
			transferType: 'aws_s3',
			targetId: 'web.hbk',
			repository: { bucket: 'office-web', key: 'AKIADEMODEMODEMO', secret: '########' },
			schedule: { hour: 4, minute: 15 },
			sources: ['/volume1/web'],
			durationSeconds: 300,
			lastRun: {
				result: 'failed',
				endedAt: now - 4 * HOUR,
				successAt: now - 28 * HOUR,
				version: 301,
				errorCode: 4408,
				error: 'SYNO.SDS.Backup.Application:error:err_connection',
				reason: 'The backup destination does not exist.',
			},
			pastVersions: 10,
		},
		{
			id: 'iscsi-vm',
			name: 'iscsi-vm',
			type: 'loclunbkp',
			durationSeconds: 900,
			lastRun: { result: 'success', endedAt: now - 12 * HOUR },
		},
	];
}
