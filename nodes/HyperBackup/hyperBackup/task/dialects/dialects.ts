import type { Parameters } from '../../../dsm/http/encodeParameters';

/**
 * A NAS speaks one of two: `documented`, as SYNO.Backup.Task is described (`List`, `GetStatus`, GET for the reads), or `dsm`, what real DSM 6
 * and 7 answer to (`list`, `status`, everything a form POST). Error 103 (no such method) is the only thing that tells them apart.
 */
export type DialectName = 'dsm' | 'documented';

export type Action = 'run' | 'cancel' | 'suspend' | 'resume' | 'discard';
export type Method = 'list' | 'get' | 'getStatus' | Action;

export interface MethodForm {
	method: string;
	http: 'GET' | 'POST';
	/** Changes nothing on the NAS. */
	reads: boolean;
	/** Beyond `task_id`. */
	parameters: Parameters;
}

export interface Dialect {
	name: DialectName;
	/** Strings go unquoted, whatever discovery says. */
	raw: boolean;
	methods: Record<Method, MethodForm>;
}

export const TASK_API = 'SYNO.Backup.Task';
/** 2 is advertised everywhere, and has no method at all. */
export const TASK_VERSION = 1;

const LAST_RUN = ['last_bkp_time', 'next_bkp_time', 'last_bkp_result', 'is_modified'];

const dsm: Dialect = {
	name: 'dsm',
	raw: false,
	methods: {
		list: {
			method: 'list',
			http: 'POST',
			reads: true,
			parameters: { additional: [...LAST_RUN, 'schedule'] },
		},
		get: {
			method: 'get',
			http: 'POST',
			reads: true,
			parameters: { additional: ['repository', 'schedule', 'backup_params', 'rotate_params'] },
		},
		// `blOnline: false` leaves the destination alone: asking it is slow, hangs when it is away, and wakes disks.
		getStatus: {
			method: 'status',
			http: 'POST',
			reads: true,
			parameters: {
				blOnline: false,
				additional: [...LAST_RUN, 'last_bkp_progress', 'last_bkp_success_version'],
			},
		},
		run: { method: 'backup', http: 'POST', reads: false, parameters: {} },
		cancel: { method: 'cancel', http: 'POST', reads: false, parameters: {} },
		suspend: { method: 'suspend', http: 'POST', reads: false, parameters: {} },
		resume: { method: 'resume', http: 'POST', reads: false, parameters: {} },
		discard: { method: 'discard', http: 'POST', reads: false, parameters: {} },
	},
};

const read = (method: string): MethodForm => ({ method, http: 'GET', reads: true, parameters: {} });
const change = (method: string): MethodForm => ({
	method,
	http: 'POST',
	reads: false,
	parameters: {},
});

const documented: Dialect = {
	name: 'documented',
	raw: true,
	methods: {
		list: read('List'),
		get: read('Get'),
		getStatus: read('GetStatus'),
		run: change('Run'),
		cancel: change('Cancel'),
		suspend: change('Suspend'),
		resume: change('Resume'),
		// Not documented: a NAS that speaks this dialect answers 103, and the node says so.
		discard: change('Discard'),
	},
};

export const DIALECTS: Record<DialectName, Dialect> = { dsm, documented };
