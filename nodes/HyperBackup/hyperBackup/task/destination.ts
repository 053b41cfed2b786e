import type { RawTask } from './TaskSnapshot';

/**
 * Kinds of destination as Hyper Backup's own wizard calls them, by `target_type:transfer_type` or
 * `transfer_type`.
 */
const KINDS: Record<string, string> = {
	'image:image_local': 'Local folder or USB',
	'share:local': 'Local folder (single version)',
	image_local: 'Local folder or USB',
	image_remote: 'Remote Synology NAS',
	local: 'Local folder (single version)',
	rsync: 'rsync server',
	rsync_ds: 'Remote Synology NAS (rsync)',
	webdav: 'WebDAV',
	aws_s3: 'S3 storage',
	google_drive: 'Google Drive',
	dropbox: 'Dropbox',
	hidrive: 'HiDrive',
	synocloud_swift: 'Synology C2',
	azure: 'Microsoft Azure',
	openstack: 'OpenStack Swift',
	loclunbkp: 'Local LUN backup',
	netlunbkp: 'Remote LUN backup',
};

const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/**
 * Fields that show where a task writes to, by kind of destination; the first one present is used.
 */
const PLACES = ['share', 'bucket', 'container', 'remote_url', 'host', 'hostname', 'remote_module'];

/** DSM's own word for the kind of destination, e.g. `image:image_local`; null if it sends none. */
export function destinationTypeOf(raw: RawTask): string | null {
	return text(raw.type) || text(raw.transfer_type) || null;
}

/** Where the task writes to, readable: `Local folder or USB: Backup/nas_1.hbk`. */
export function destinationOf(raw: RawTask): string {
	const repository = (
		typeof raw.repository === 'object' && raw.repository !== null ? raw.repository : {}
	) as Record<string, unknown>;
	const place = PLACES.map((field) => text(repository[field])).find((value) => value !== '');
	const path = [place, text(raw.target_id)].filter((part) => part).join('/');
	const type = [text(raw.type), text(raw.transfer_type)].find((word) => word !== '') ?? '';
	const kind = [text(raw.type), text(raw.transfer_type)]
		.filter((word) => Object.prototype.hasOwnProperty.call(KINDS, word))
		.map((word) => KINDS[word])[0];
	return [kind ?? type, path].filter((part) => part !== '').join(': ');
}
