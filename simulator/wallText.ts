import { DateTime } from 'luxon';
import type { DsmVersion } from './types';

/** So many texts are kept, as each response writes nearly the same times again. */
const KEPT_TEXTS = 1000;

const SECONDS_SINCE: DsmVersion[] = ['7.2', '7.4'];

/** How this NAS writes times: its own wall clock, no offset, "" for never. */
export class WallText {
	/** Milliseconds by which somebody has set the NAS's clock wrong. */
	wrongBy = 0;

	private readonly texts = new Map<string, string>();

	constructor(
		public zone: string,
		public dsm: DsmVersion,
	) {}

	/**
	 * Of the last run: to the minute on DSM 6 to 7.1, to the second from Hyper Backup 4.1 / DSM 7.2
	 * on.
	 */
	last(at: number | null): string {
		return this.write(
			at,
			SECONDS_SINCE.includes(this.dsm) ? 'yyyy/MM/dd HH:mm:ss' : 'yyyy/MM/dd HH:mm',
		);
	}

	/** Of the next run: never with seconds. */
	next(at: number | null): string {
		return this.write(at, 'yyyy/MM/dd HH:mm');
	}

	withSeconds(at: number): string {
		return this.write(at, 'yyyy/MM/dd HH:mm:ss');
	}

	local(at: number): DateTime {
		return DateTime.fromMillis(at, { zone: this.zone });
	}

	/** What the NAS believes the time is. */
	believed(trueTime: number): number {
		return trueTime + this.wrongBy;
	}

	/** When it is truly, by the NAS's clock as it is set now. */
	true(believedTime: number): number {
		return believedTime - this.wrongBy;
	}

	private write(at: number | null, format: string): string {
		if (at === null) return '';
		const key = `${at} ${this.zone} ${format}`;
		const text = this.texts.get(key) ?? this.local(at).toFormat(format);
		if (this.texts.size >= KEPT_TEXTS) this.texts.clear();
		this.texts.set(key, text);
		return text;
	}
}
