import { jsonParam } from '../ApiCall';
import { SERIAL_NUMBER } from '../serialNumber';
import { required, type Handler } from './dsm';

/** DSM's own configuration backup: settings of DSM, not of Hyper Backup's tasks. */
const JOB = 'SYNO_CONFBKP_0123456789';

export const configurationServices: Handler = () => ({
	services: [{ id: 'user', field: 'user_group', text: 'Users and groups' }],
});

export const startConfigurationBackup: Handler = () => ({ task_id: JOB });

export const configurationBackupStatus: Handler = (call) => {
	const id = jsonParam(call, 'task_id');
	if (id === undefined) throw required('task_id');
	return { finish: true, task_id: id };
};

export const automaticConfigurationBackup: Handler = () => ({
	enable: false,
	enc_method: 'manual',
	last_status: 'none',
	myds_account: 'testuser@example.com',
	pwd: '********',
});

export const automaticConfigurationVersions: Handler = (_call, { shape: { wall, now } }) => ({
	total: 1,
	versions: [
		{
			backup_time: wall.withSeconds(now - 86_400_000),
			checksum: '0'.repeat(32),
			dsm_version: '7.3.2-86009',
			host: 'nas',
			model: 'DS920+',
			name: 'id@00000000-0000-0000-0000-000000000000@ho@nas',
			serial: SERIAL_NUMBER,
		},
	],
});
