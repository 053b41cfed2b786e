import type { Clock } from './clock';

export type DsmVersion = '6.2' | '7.0' | '7.1' | '7.2' | '7.4';

export interface Account {
	name: string;
	password: string;
	/** Default true. Without it every SYNO.Backup call gives 105. */
	administrator?: boolean;
	disabled?: boolean;
	/** The application privilege "DSM"; default true, without it 402. */
	dsmPrivilege?: boolean;
	/** Base32: the account uses 2-factor authentication. */
	otpSecret?: string;
	/** What its authenticator makes of the secret; default SHA1 and 6. */
	otpAlgorithm?: 'SHA1' | 'SHA256' | 'SHA512';
	otpDigits?: number;
	/** Devices it trusts from before. */
	trustedDevices?: Array<{ id: string; name: string }>;
	/** Asks for the token of the challenge to come back with the code, as one client reports of DSM 7.3. */
	otpNeedsToken?: boolean;
	/** 2-factor authentication is demanded and not set up: 406. */
	otpEnforced?: boolean;
	passwordExpired?: boolean;
	mustChangePassword?: boolean;
}

export type Result =
	| 'done'
	| 'partial'
	| 'failed'
	| 'cancel'
	| 'suspend'
	| 'discard'
	| 'none'
	| 'success'
	| 'dest_missing'
	| 'cksum_failed'
	| (string & {});

/** How a run goes. */
export interface Outcome {
	result: 'done' | 'partial' | 'failed' | 'dest_missing' | 'hang';
	/** DSM's number; 4401 stands for "no error". */
	errorCode?: number;
	/** DSM's key into its texts. */
	error?: string;
	durationSeconds?: number;
}

export interface Schedule {
	/** By the NAS's own clock. */
	hour: number;
	minute: number;
	/** 0 = Sunday; default every day. */
	weekdays?: number[];
	enabled?: boolean;
}

export interface TaskSpec {
	/** A number, or the name for LUN tasks. */
	id: number | string;
	name: string;
	targetType?: string;
	transferType?: string;
	/** For LUN tasks: loclunbkp or netlunbkp. */
	type?: string;
	targetId?: string;
	/** Where the task writes to, as `get` tells it. */
	repository?: Record<string, unknown>;
	schedule?: Schedule;
	sources?: string[];
	bytes?: number;
	files?: number;
	encrypted?: boolean;
	state?: string;
	/** How the last run went before the simulation began; `null`: it never ran. Default: done, a day ago. */
	lastRun?: {
		result: Result;
		endedAt: number;
		durationSeconds?: number;
		successAt?: number;
		version?: number;
		errorCode?: number;
		error?: string;
	} | null;
	/** What the next runs do, in order; when used up, `done`. */
	nextOutcomes?: Array<Outcome | Outcome['result']>;
	durationSeconds?: number;
	/** From "accepted" to `status: backup`. */
	startDelaySeconds?: number;
	/** From "cancel accepted" to the end. */
	cancelSeconds?: number;
	/** Deleting old versions after a good run. */
	rotationSeconds?: number;
}

export interface NasOptions {
	/** Called whenever a client waits for a response that does not come, so that a test can let its time limit pass. */
	whenSilent?: () => void;
	dsm?: DsmVersion;
	dialect?: 'dsm' | 'documented';
	host?: string;
	port?: number;
	tls?: boolean | { key: string; cert: string };
	/** In front of /webapi, as a reverse proxy may have it. */
	pathPrefix?: string;
	/** IANA. */
	timeZone?: string;
	clock?: Clock;
	accounts?: Account[];
	hyperBackup?: 'installed' | 'missing' | 'stopped';
	sessionIdleMinutes?: number;
	/** What a session that idled too long gives. */
	expiryCode?: 106 | 119;
	/** What a missing SynoToken gives: both have been seen. */
	tokenErrorCode?: 103 | 119;
	autoBlock?: { attempts: number; minutes: number } | false;
	/** How many backups run at once; the rest wait. Default: no limit. */
	parallel?: number;
	/** Take strings that are not JSON-quoted, as many methods of real DSMs do. */
	lenientQuoting?: boolean;
	/** Milliseconds before each answer. */
	answerAfter?: number;
	/** What a second start of a running task gives: nobody has documented it. */
	runningBackupCode?: number;
	/** What cancel and suspend give when nothing runs. */
	notRunningCode?: number;
	tasks?: TaskSpec[];
}

/** What really happened, in order: the truth that tests compare with. */
export interface Truth {
	/** Milliseconds since 1970 by the true clock, whatever the NAS shows. */
	at: number;
	kind:
		| 'queued'
		| 'started'
		| 'resumed'
		| 'finished'
		| 'suspended'
		| 'canceled'
		| 'discarded'
		| 'checkStarted'
		| 'checkFinished'
		| 'stateChanged'
		| 'taskAdded'
		| 'taskRemoved'
		| 'taskRenamed'
		| 'markedFailed'
		| 'rebooted';
	taskId?: number | string;
	/** Counts the runs of a task. */
	run?: number;
	result?: string;
	state?: string;
}

/** One request as the NAS saw it. */
export interface Recorded {
	at: number;
	method: string;
	/** Path and query. */
	url: string;
	path: string;
	headers: Record<string, string | string[] | undefined>;
	body: string;
	api: string;
	apiMethod: string;
	version: string;
	params: Record<string, string>;
	/** DSM's error code, 0 for success, -1 if no DSM answer was given. */
	code: number;
	bytes: number;
}
