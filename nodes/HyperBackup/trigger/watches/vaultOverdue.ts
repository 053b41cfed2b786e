import type { IDataObject } from 'n8n-workflow';
import { readClock } from '../../hyperBackup/clock/NasClock';
import { fetchTargets } from '../../hyperBackup/vault/vaultCalls';
import {
	lastBackup,
	targetId,
	targetLabel,
	toVaultTarget,
} from '../../hyperBackup/vault/VaultTarget';
import { watchItem, type Watch, type WatchInput, type WatchOutput } from './Watch';
import { isTime, parseEntries } from './watchState';

const HOUR = 3_600_000;
/** A target that is missing from a poll may be back in the next one. */
const KEPT_POLLS = 3;

/** What is stored of a target. Times are milliseconds since 1970, n8n's clock. */
interface WatchedTarget {
	/** For sentences. */
	label: string;
	firstSeen: number;
	/** When the last backup had arrived; undefined if none is known. */
	receivedAt?: number;
	/** It was reported as overdue, and not as ended since. */
	reported?: boolean;
	/** Polls in a row in which the NAS did not list it. */
	missing?: number;
}

type WatchedTargets = Map<string, WatchedTarget>;

/** undefined for what is damaged: the target is then a new one. */
function parseTarget(value: unknown): WatchedTarget | undefined {
	const { label, firstSeen, receivedAt, reported, missing } = (value ?? {}) as Record<
		string,
		unknown
	>;
	if (typeof label !== 'string' || !isTime(firstSeen)) return undefined;
	return {
		label,
		firstSeen,
		...(isTime(receivedAt) ? { receivedAt } : {}),
		...(reported === true ? { reported } : {}),
		...(isTime(missing) ? { missing } : {}),
	};
}

/** Of another NAS only what was reported is taken over: it has to end. */
const parseTargets = ({ state, sameNas }: WatchInput): WatchedTargets =>
	parseEntries(state, (stored) => {
		const target = parseTarget(stored);
		return sameNas || target?.reported ? target : undefined;
	});

interface Listed {
	targets: WatchedTargets;
	rows: Map<string, unknown>;
}

/** What is stored, brought up to the targets that the NAS lists now. One request. */
async function listNow(input: WatchInput): Promise<Listed> {
	const stored = parseTargets(input);
	const rows = new Map((await fetchTargets(input.api.client)).map((row) => [targetId(row), row]));
	const skew = await input.api.skew();
	const targets: WatchedTargets = new Map();
	for (const [id, target] of stored) {
		targets.set(id, { ...target, missing: (target.missing ?? 0) + 1 });
	}
	for (const [id, row] of rows) {
		const before = stored.get(id) ?? { firstSeen: input.now };
		const { received } = lastBackup(row);
		// A backup that arrives in the future counts as now.
		const at = received === null ? undefined : Math.min(received * 1000 + skew, input.now);
		const receivedAt = at ?? (before as WatchedTarget).receivedAt;
		targets.set(id, { ...before, label: targetLabel(row), receivedAt, missing: undefined });
	}
	return { targets, rows };
}

const sinceOf = ({ receivedAt, firstSeen }: WatchedTarget): number => receivedAt ?? firstSeen;

const hoursOf = (target: WatchedTarget, now: number): number =>
	Math.max(0, Math.floor((now - sinceOf(target)) / HOUR));

function overdueClause(target: WatchedTarget, now: number): string {
	const hours = hoursOf(target, now);
	return target.receivedAt === undefined
		? `no backup is known to have arrived, and it has been watched for ${hours} hours`
		: `no backup has arrived for ${hours} hours`;
}

async function toItem(
	event: 'vaultTargetOverdue' | 'vaultTargetOverdueEnded',
	clause: string,
	[id, target]: [string, WatchedTarget],
	input: WatchInput,
	{ rows }: Listed,
): Promise<IDataObject> {
	const { api, now } = input;
	const row = rows.get(id);
	const clock = await readClock(api.client, api.workflowZone);
	return watchItem(event, `Vault target ${target.label}: ${clause}`, input, {
		vault_target: row === undefined ? null : toVaultTarget(row, clock, api.nas),
		hours_without_backup: hoursOf(target, now),
	});
}

async function run(input: WatchInput): Promise<WatchOutput> {
	const listed = await listNow(input);
	const { targets } = listed;
	const items: IDataObject[] = [];
	for (const entry of [...targets]) {
		const [id, target] = entry;
		const gone = (target.missing ?? 0) > KEPT_POLLS;
		if (gone) targets.delete(id);
		if (input.baseline && !gone) continue;
		const overdue = input.now - sinceOf(target) >= input.parameters.vaultOverdueHours * HOUR;
		if (target.reported && (gone || (!overdue && target.missing === undefined))) {
			delete target.reported;
			const clause = gone ? 'it does not exist any more' : 'a backup has arrived';
			items.push(await toItem('vaultTargetOverdueEnded', clause, entry, input, listed));
		} else if (!target.reported && overdue && target.missing === undefined) {
			target.reported = true;
			const clause = overdueClause(target, input.now);
			items.push(await toItem('vaultTargetOverdue', clause, entry, input, listed));
		}
	}
	return { items, state: [...targets] };
}

/** The target that has waited longest, as if it were overdue. */
async function sample(input: WatchInput): Promise<IDataObject | undefined> {
	const listed = await listNow(input);
	const [oldest] = [...listed.targets].sort(([, a], [, b]) => sinceOf(a) - sinceOf(b));
	if (!oldest) return undefined;
	const clause = overdueClause(oldest[1], input.now);
	return await toItem('vaultTargetOverdue', clause, oldest, input, listed);
}

/**
 * Backups that do not arrive any more, on the NAS that receives them: it need not have Hyper Backup
 * itself. One request in each poll.
 */
export const vaultOverdue: Watch = {
	key: 'vaultOverdue',
	label: 'Hyper Backup Vault',
	events: ['vaultTargetOverdue'],
	needsTasks: false,
	run,
	sample,
};
