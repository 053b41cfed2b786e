import { milliseconds, SimulatedClock, type Clock, type Span } from './clock';
import { listRow } from './apis/taskRows';
import { control } from './control';
import { Faults, type Fault } from './faults';
import { HttpServer } from './HttpServer';
import type { PlainRequest } from './readRequest';
import { Sessions } from './Sessions';
import type { EventLog } from './past/EventLog';
import type { BackupTask } from './task/BackupTask';
import { TaskBook } from './task/TaskBook';
import type { DsmVersion, NasOptions, Recorded, TaskSpec, Truth } from './types';
import { Vault } from './vault/Vault';
import { WallText } from './wallText';
import { WebApi, type PlainResponse } from './WebApi';

export const DEFAULT_ACCOUNT = {
	name: 'backup-operator',
	password: 'correct horse & battery+staple%',
};

/** One simulated Synology NAS on loopback. */
export class Nas {
	readonly sessions: Sessions;

	readonly clock: Clock;

	/** What other NASes keep here, if Hyper Backup Vault is installed. */
	readonly vault: Vault;

	private readonly wall: WallText;

	private readonly book: TaskBook;

	private readonly faults = new Faults();

	private readonly api: WebApi;

	private readonly server: HttpServer;

	constructor(readonly options: NasOptions) {
		this.clock = options.clock ?? new SimulatedClock();
		this.wall = new WallText(options.timeZone ?? 'Europe/Berlin', options.dsm ?? '7.2');
		this.sessions = new Sessions(
			options.accounts ?? [DEFAULT_ACCOUNT],
			options,
			() => this.clock.now(),
			() => this.believed,
		);
		this.book = new TaskBook(this.wall, options, this.clock.now());
		this.vault = new Vault(options.vault);
		for (const fault of options.faults ?? []) this.faults.add(fault);
		const { sessions, clock, vault, wall, book, faults } = this;
		this.api = new WebApi({ options, sessions, clock, vault, wall, book, faults });
		this.server = new HttpServer({
			options,
			book,
			api: this.api,
			believed: () => this.believed,
			control: (...request) => control(this, ...request),
		});
	}

	async start(): Promise<this> {
		await this.server.start();
		return this;
	}

	async close(): Promise<void> {
		await this.server.close();
	}

	/** What a user enters as the NAS's address. */
	get url(): string {
		return `${this.server.address ?? ''}${this.options.pathPrefix ?? ''}`;
	}

	/** Connections that are open now. */
	get connections(): number {
		return this.server.connections;
	}

	/** Every request that reached the web API, good or bad. */
	get requests(): Recorded[] {
		return this.api.requests;
	}

	get tasks(): BackupTask[] {
		this.settle();
		return this.book.tasks;
	}

	get history(): Truth[] {
		this.settle();
		return this.book.history;
	}

	/** What Hyper Backup has written down. */
	get log(): EventLog {
		this.settle();
		return this.book.log;
	}

	/** By ID or name. */
	task(idOrName: number | string): BackupTask {
		this.settle();
		const task = this.book.find(idOrName) ?? this.book.findByName(String(idOrName));
		if (!task) throw new Error(`The simulated NAS has no task ${idOrName}`);
		return task;
	}

	/** The task's row as `list` would show it now. */
	shownRow(idOrName: number | string): Record<string, unknown> {
		return listRow(this.task(idOrName), ['last_bkp_time', 'last_bkp_result', 'next_bkp_time'], {
			dsm: this.options.dsm ?? '7.2',
			wall: this.wall,
			now: this.believed,
		});
	}

	/** True if it responds at all: not while it starts again after a reboot. */
	get isUp(): boolean {
		return this.api.isUp;
	}

	addTask(spec: TaskSpec): BackupTask {
		this.settle();
		return this.book.add(spec);
	}

	removeTask(idOrName: number | string): void {
		this.book.remove(this.task(idOrName));
	}

	/** The next polls of the list do not show the task. */
	hideTask(idOrName: number | string, polls = 1): void {
		this.task(idOrName).hiddenPolls = polls;
	}

	/** The next polls of the list get an empty one. */
	emptyList(polls = 1): void {
		this.book.emptyPolls = polls;
	}

	/** The task comes back under another number, with its name and target. */
	relink(idOrName: number | string, id?: number): BackupTask {
		return this.book.relink(this.task(idOrName), id);
	}

	/**
	 * DSM is updated to another version, or put back to it: times are written in that version's way
	 * from now on.
	 */
	upgrade(dsm: DsmVersion, span: number | Span = 0): void {
		this.reboot(span);
		this.options.dsm = dsm;
		this.wall.dsm = dsm;
		this.book.history.push({ at: this.clock.now(), kind: 'upgraded' });
	}

	/** Lets simulated time pass. */
	advance(span: number | Span): void {
		if (!(this.clock instanceof SimulatedClock)) throw new Error('This NAS runs on the real clock');
		const passed = milliseconds(span);
		if (!Number.isFinite(passed)) throw new Error('advance needs a number of milliseconds');
		this.clock.advance(passed);
		this.settle();
	}

	fault(fault: Fault): void {
		this.faults.add(fault);
	}

	/** Something happens to the NAS right after it has carried out the next call of this method. */
	afterNext(api: string, apiMethod: string, what: () => void): void {
		this.api.whenCarriedOut.push({ api, apiMethod, what });
	}

	clearFaults(): void {
		this.faults.clear();
	}

	/**
	 * A user sets the NAS's clock wrong, by so much. Real time is not affected, and what was scheduled
	 * for the time that is left out does not run.
	 */
	setClockWrongBy(span: number | Span): void {
		this.settle();
		this.wall.wrongBy = milliseconds(span);
		for (const task of this.book.tasks) task.setSchedule(task.schedule);
	}

	/** The time zone is changed in the Control Panel: every time is written anew. */
	setTimeZone(zone: string): void {
		this.wall.zone = zone;
	}

	setHyperBackup(state: 'installed' | 'missing' | 'stopped'): void {
		this.options.hyperBackup = state;
	}

	/** Sessions and runs end; until `span` has passed the web server says 502. */
	reboot(span: number | Span = 0): void {
		this.settle();
		this.sessions.expire(119);
		this.book.interruptAll(this.clock.now());
		this.api.downUntil = this.clock.now() + milliseconds(span);
	}

	resetRequests(): void {
		this.requests.length = 0;
	}

	/** Requests that reached the NAS, of one API and method if named. */
	count(api?: string, apiMethod?: string): number {
		return this.requests.filter(
			(one) =>
				(api === undefined || one.api === api) &&
				(apiMethod === undefined || one.apiMethod === apiMethod),
		).length;
	}

	/**
	 * What this NAS makes of a request, without a socket: for tests of thousands of lives in one
	 * process.
	 */
	respond(request: PlainRequest): PlainResponse {
		return this.api.respond(request);
	}

	/** The time by its own clock, as its web server writes it into every response. */
	get believed(): number {
		return this.wall.believed(this.clock.now());
	}

	private settle(): void {
		this.book.settle(this.clock.now());
	}
}
