import type { Clock } from './clock';
import type { Fault } from './faults';
import type { FileSpec } from './explore/FileSpec';
import type { Figures, VersionStatus } from './past/figures';
import type { CheckEnd } from './task/checkEnd';
import type { VaultSpec } from './vault/Vault';

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
	/**
	 * Asks for the token of the challenge to come back with the code, as one client reports of DSM
	 * 7.3.
	 */
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
	result:
		'done' | 'partial' | 'failed' | 'dest_missing' | 'cksum_failed' | 'failed_checking' | 'hang';
	/** DSM's number; 4401 stands for "no error". */
	errorCode?: number;
	/** DSM's key into its texts. */
	error?: string;
	durationSeconds?: number;
	/** How the rotation after a good run ends. */
	rotation?: 'done' | 'version_delete_failed';
	/** Paths that were left out: the log names them, and even `done` can have some. */
	skipped?: string[];
	/** The sentence with which the log explains a failure. */
	reason?: string;
	/** What the run found and wrote, where it differs from what such a run usually does. */
	figures?: Partial<Figures>;
}

/** A restore point from before the simulation began. */
export interface VersionSpec {
	id?: number;
	startedAt: number;
	completedAt?: number | null;
	status?: VersionStatus;
	locked?: boolean;
	figures?: Partial<Figures>;
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
	/** Where the task writes to, as `get` shows it. */
	repository?: Record<string, unknown>;
	schedule?: Schedule;
	sources?: string[];
	/** Packages that are backed up too. */
	applications?: Array<{ id: string; name: string }>;
	bytes?: number;
	files?: number;
	encrypted?: boolean;
	state?: string;
	/**
	 * How the last run went before the simulation began; `null`: it never ran. Default: done, a day
	 * ago.
	 */
	lastRun?: {
		result: Result;
		endedAt: number;
		durationSeconds?: number;
		successAt?: number;
		version?: number;
		errorCode?: number;
		error?: string;
		reason?: string;
	} | null;
	/** Its restore points from before, oldest first. */
	versions?: VersionSpec[];
	/** Or as many as this, one a day up to the last good run; default 1. */
	pastVersions?: number;
	/** How many versions a rotation leaves; default 30. */
	keepVersions?: number;
	/** The last integrity check before the simulation began. */
	lastCheck?: { at: number; end?: CheckEnd };
	/** Whether the destination can be reached; default true. */
	online?: boolean;
	/** What its versions hold; a small tree if not given. */
	contents?: FileSpec[];
	/** What the destination can do; all of it by default. */
	capability?: Partial<Record<'download' | 'filter' | 'statistics', boolean>>;
	/** What the next runs do, in order; when used up, `done`. */
	nextOutcomes?: Array<Outcome | Outcome['result']>;
	durationSeconds?: number;
	/** From "accepted" to `status: backup`. */
	startDelaySeconds?: number;
	/** From "cancel accepted" to the end. */
	cancelSeconds?: number;
	/** Deleting old versions after a good run. */
	rotationSeconds?: number;
	/** From "check accepted" to `status: detect`; until then it is `detect_waiting`. */
	checkDelaySeconds?: number;
	/** How long a check takes that a client starts, and how it ends. */
	checkSeconds?: number;
	nextCheck?: CheckEnd;
	/** From "delete accepted" until the task leaves the list. */
	deleteSeconds?: number;
	/**
	 * Whether an interrupted run can be resumed (default), so that it is suspended and not canceled.
	 */
	resumable?: boolean;
}

export interface NasOptions {
	/**
	 * Called whenever a client waits for a response that does not come, so that a test can let its
	 * time limit pass.
	 */
	whenSilent?: () => void;
	dsm?: DsmVersion;
	dialect?: 'dsm' | 'documented';
	/**
	 * What the documented dialect calls `running`: backups only (default), or also checks, rotations
	 * and waiting tasks.
	 */
	documentedRunning?: 'backups' | 'anything';
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
	/** Milliseconds before each response. */
	answerAfter?: number;
	/** What a second start of a running task gives: it is not documented. */
	runningBackupCode?: number;
	/** What cancel and suspend give when nothing runs. */
	notRunningCode?: number;
	tasks?: TaskSpec[];
	/**
	 * Where a rotation shows: in `status` only, or in `last_bkp_result` too. Clients in use know
	 * both.
	 */
	rotationResult?: 'keep' | 'word';
	/** When the rotation word appears in the result, seen from `status`. */
	rotationOrder?: 'with' | 'before' | 'after';
	/** How long the two differ; default 5 seconds. */
	rotationLagSeconds?: number;
	/** The end of a rotation becomes the end of the last run. */
	rewriteTimesAfterRotation?: boolean;
	/** When the times of the last run are written, seen from its words. */
	endTimesOrder?: 'with' | 'before' | 'after';
	endTimesLagSeconds?: number;
	/**
	 * What a check does to the state: nothing, or `error_detect` in `status` with `error` in `list`,
	 * as captured.
	 */
	stateDuringCheck?: 'keep' | 'error_detect';
	stateAfterBadCheck?: 'restore_only' | 'broken';
	/** What a start does while a check is running: it is not documented. */
	backupDuringCheck?: 'refuse' | 'queue';
	/** A proxy drops the header X-SYNO-TOKEN of every request. */
	dropTokenHeader?: boolean;
	/** Faults from the start, as `nas.fault` sets them. */
	faults?: Fault[];
	/** What File Station finds on the NAS itself. */
	liveFiles?: FileSpec[];
	/** Hyper Backup Vault is installed, with the backups that it has received. */
	vault?: VaultSpec;
	/** What no capture shows, or what exists both ways: see docs/simulator.md. */
	unknowns?: Partial<Unknowns>;
}

/** Behavior without a proof, to be switched. The first value of each is the default. */
export interface Unknowns {
	/** What a task number that does not exist gives in Version, Target, Repository and Explore. */
	unknownTaskCode: number;
	/** `complete_time` of a canceled version: both were seen. */
	canceledCompleteTime: 'zero' | 'time';
	/** What a failed run leaves among the versions. */
	failedVersion: 'fail' | 'none';
	/** `filter_level` in quotes; without quotes it gives 120. */
	quotedFilterLevel: 'filter' | 'refuse';
	/** `File list` of the Explorer: an object with a total, or a bare array. */
	fileList: 'object' | 'array';
	/** How many rows `File list` gives at most from `offset` on; undefined: all, whatever is asked. */
	fileListPage: number;
	/** A destination that is away: a response that says so, or an error. */
	offlineTarget: 'response' | 'error';
	/** A second download at the same time. */
	parallelDownload: 'allow' | 'refuse';
	/** What is left out of a compound after a failure, with `stop_when_error`. */
	compoundAfterError: 'omit' | 'run';
	/** A created task's number, or the empty body that was seen too. */
	createResponse: 'data' | 'empty';
	/** Version history, and other methods that exist and whose responses are in no capture. */
	unseenResponse: 'refuse' | 'empty';
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
		| 'rebooted'
		| 'upgraded'
		/** A run ended without DSM noticing it. */
		| 'died'
		| 'rotationStarted'
		| 'rotationFinished'
		| 'checkCanceled'
		/** The result word changed without a run. */
		| 'resultChanged'
		| 'taskRelinked';
	taskId?: number | string;
	/** Of a relinked task. */
	previousTaskId?: number | string;
	/** Counts the runs of a task. */
	run?: number;
	result?: string;
	state?: string;
	skipped?: string[];
	reason?: string;
	figures?: Figures;
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
	/** DSM's error code, 0 for success, -1 if there was no response of DSM. */
	code: number;
	bytes: number;
}
