import type { Nas } from '../../simulator';

/**
 * How this NAS shows the end of a run: it is unknown in which order DSM updates its words and times.
 */
export interface Quirks {
	/**
	 * While old versions are deleted the result is kept, is the rotation's word, or still
	 * "backingup"; `lag`: the word is shown for one more response.
	 */
	rotation: 'keep' | 'word' | 'running' | 'lag';
	/**
	 * The first response within minutes after the end of a run, where the one before was whole, still
	 * has the times of the run before.
	 */
	lateTimes: boolean;
	/** The account may read the NAS's clock. */
	clock: boolean;
}

type Row = Record<string, unknown>;

const TIMES = ['last_bkp_time', 'last_bkp_end_time', 'last_backup_time'];
const FIGURES = ['Log', 'Statistic'].map((name) => `SYNO.SDS.Backup.Client.Common.${name}`);
/** DSM's words for the deletion of old versions. */
export const ROTATION = ['preparing_version_delete', 'version_deleting'];
const ENDS = ['finished', 'canceled', 'suspended', 'discarded'];

/**
 * Stands between n8n and the NAS and changes what the NAS responds, as real ones are known to
 * or may well do.
 */
export class Interference {
	/** Tasks that are missing from the list, and for how many more polls. */
	private readonly gone = new Map<string, number>();

	/** The next response shows every time as it is: it is only recorded, or the zone has changed. */
	noLateTimes = false;

	private odd?: { word: string | undefined; polls: number };

	private refused?: { code: number | 'http500' | 'reset'; polls: number };

	private withheld = 0;

	private readonly shown = new Map<
		string,
		{ row: Row; ends: number; rotating: boolean; whole: boolean }
	>();

	/** Tasks of whose last run the last response did not show everything. */
	private readonly hidden = new Set<string>();

	constructor(
		private readonly nas: Nas,
		private readonly quirks: Quirks,
	) {}

	vanish(ids: Array<number | string>, polls: number): void {
		for (const id of ids) this.gone.set(this.key(id), polls);
	}

	oddStatus(word: string | undefined, polls: number): void {
		this.odd = { word, polls };
	}

	refuseCompounds(code: number | 'http500' | 'reset', polls: number): void {
		this.refused = { code, polls };
	}

	/** Log and statistics cannot be read in so many polls. */
	withholdFigures(polls: number): void {
		this.withheld = polls;
	}

	get isWithholding(): boolean {
		return this.withheld > 0;
	}

	get clockIsReadable(): boolean {
		return this.quirks.clock;
	}

	get isRefusing(): boolean {
		return this.refused !== undefined;
	}

	isGone(id: number | string): boolean {
		return this.gone.has(this.key(id));
	}

	/** The last poll could not know how the task's last run went, or that there was one. */
	isHidden(id: number | string): boolean {
		return this.hidden.has(this.key(id));
	}

	/** A poll that reached the NAS is over. */
	endPoll(): void {
		for (const [id, polls] of this.gone) {
			if (polls <= 1) this.gone.delete(id);
			else this.gone.set(id, polls - 1);
		}
		if (this.odd && --this.odd.polls <= 0) this.odd = undefined;
		if (this.refused && --this.refused.polls <= 0) this.refused = undefined;
		if (this.withheld > 0) this.withheld--;
	}

	clear(): void {
		this.gone.clear();
		this.odd = undefined;
		this.refused = undefined;
		this.withheld = 0;
	}

	/** What takes the place of a call that never reaches the NAS. */
	instead(api: string): { status: number; text: string } | 'reset' | undefined {
		if (api === 'SYNO.Core.Region.NTP' && !this.quirks.clock) return refusal(105);
		if (api !== 'SYNO.Entry.Request' || this.refused === undefined) return undefined;
		const { code } = this.refused;
		if (code === 'reset') return 'reset';
		return code === 'http500' ? { status: 500, text: '<html></html>' } : refusal(code);
	}

	/** The NAS's response as n8n gets it. */
	change(api: string, method: string, text: string): string {
		const lists = api === 'SYNO.Backup.Task' && method.toLowerCase() === 'list';
		const refused = api === 'SYNO.Entry.Request' ? this.refusedMembers() : [];
		if (!lists && refused.length === 0) return text;
		const envelope = JSON.parse(text) as { success: boolean; data?: Row };
		if (!envelope.success || !envelope.data) return text;
		if (lists) this.changeList(envelope.data);
		for (const member of refused) refuseMember(envelope.data, member);
		return JSON.stringify(envelope);
	}

	private refusedMembers(): string[] {
		return [
			...(this.quirks.clock ? [] : ['SYNO.Core.Region.NTP']),
			...(this.isWithholding ? FIGURES : []),
		];
	}

	/** Task 1 and the LUN task "1" are two; in the documented dialect every ID is text. */
	private key(id: number | string): string {
		return this.nas.options.dialect === 'documented' ? String(id) : JSON.stringify(id);
	}

	private changeList(data: Row): void {
		const field = 'task_list' in data ? 'task_list' : 'tasks';
		const rows = data[field] as Row[];
		this.hidden.clear();
		const kept = rows.filter((row) => !this.isGone(row.task_id as string));
		for (const id of this.gone.keys()) this.shown.delete(id);
		for (const row of kept) this.changeRow(row);
		data[field] = kept;
		data.total = kept.length;
	}

	private changeRow(row: Row): void {
		const id = this.key(row.task_id as string);
		const past = this.nas.history.filter(
			({ taskId, kind }) => taskId !== undefined && this.key(taskId) === id && ENDS.includes(kind),
		);
		const ends = past.length;
		const justEnded = this.nas.clock.now() - (past[ends - 1]?.at ?? 0) < 5 * 60_000;
		const before = this.shown.get(id);
		const real = { ...row };
		if (this.odd && row.status === 'backup') {
			if (this.odd.word === undefined) delete row.status;
			else row.status = this.odd.word;
		}
		const rotating = ROTATION.includes(String(row.status));
		this.rotate(id, row, rotating, before?.rotating === true);
		const late =
			this.quirks.lateTimes &&
			!this.noLateTimes &&
			justEnded &&
			before?.whole === true &&
			ends === before.ends + 1;
		if (late) {
			for (const time of TIMES) {
				if (time in row && before.row[time] !== undefined) row[time] = before.row[time];
			}
			this.hidden.add(id);
		}
		this.shown.set(id, { row: real, ends, rotating, whole: !this.hidden.has(id) });
	}

	private rotate(id: string, row: Row, rotating: boolean, wasRotating: boolean): void {
		const { rotation } = this.quirks;
		if (!('last_bkp_result' in row) || rotation === 'keep') return;
		if (rotating) row.last_bkp_result = rotation === 'running' ? 'backingup' : row.status;
		else if (rotation === 'lag' && wasRotating && row.status === 'none') {
			row.last_bkp_result = 'version_deleting';
		} else return;
		this.hidden.add(id);
	}
}

const refusal = (code: number) => ({
	status: 200,
	text: JSON.stringify({ success: false, error: { code } }),
});

function refuseMember(data: Row, api: string): void {
	for (const member of (data.result ?? []) as Row[]) {
		if (member.api !== api) continue;
		delete member.data;
		Object.assign(member, { success: false, error: { code: 105 } });
		data.has_fail = true;
	}
}
