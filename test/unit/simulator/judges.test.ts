import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_ACCOUNT, type DsmVersion, type Nas, type NasOptions } from '../../../simulator';
import { KINDS, type Judge, type JudgeRequest, type ViewFields } from '../../judges/Judge';
import { BLAUGRAU, HOMELAB, LEIRN, PIERREC, PYTHON_LIBRARY } from '../../judges/monitors';
import { CCGURLEY, DSMACCESS, DSMCTL, JURAJNYIRI, N4S4 } from '../../judges/operators';
import { closeAll, givenNas } from './support/wireClient';

afterEach(closeAll);

const JUDGES = [
	LEIRN,
	BLAUGRAU,
	PIERREC,
	PYTHON_LIBRARY,
	HOMELAB,
	CCGURLEY,
	N4S4,
	JURAJNYIRI,
	DSMACCESS,
	DSMCTL,
];

const START = Date.UTC(2026, 10, 24, 8);
const nasOf = (dsm: DsmVersion): NasOptions => ({
	dsm,
	lenientQuoting: true,
	vault: { targets: [{ id: 1, name: 'branch_1', lastBackupAt: START }] },
	tasks: [
		{
			id: 1,
			name: 'Nightly',
			schedule: { hour: 2, minute: 0 },
			lastCheck: { at: START - 86_400_000 },
		},
		{ id: 2, name: 'Photos', lastRun: { result: 'suspend', endedAt: START - 3_600_000 } },
		{ id: 3, name: 'Web', lastRun: { result: 'failed', endedAt: START - 7_200_000 } },
		{ id: 4, name: 'New', lastRun: null },
	],
});

type Row = Record<string, unknown>;

const at = (value: unknown, path: string): unknown =>
	path.split('/').reduce<unknown>((inner, key) => (inner as Row | undefined)?.[key], value);

/** Plays one client against the NAS, request by request. */
class Replay {
	private readonly kept: Record<string, string> = {
		account: DEFAULT_ACCOUNT.name,
		password: DEFAULT_ACCOUNT.password,
	};

	private taskIds: unknown[] = [];

	constructor(private readonly nas: Nas) {}

	async play(request: JudgeRequest): Promise<void> {
		if (request.after) this.nas.advance(request.after);
		if (!request.eachTask) return await this.once(request);
		expect(this.taskIds.length).toBeGreaterThan(0);
		for (const id of this.taskIds) {
			this.kept.task = String(id);
			await this.once(request, id);
		}
	}

	private async once(request: JudgeRequest, taskId?: unknown): Promise<void> {
		const text = await this.send(request);
		const body = /^[{[]/.test(text) ? (JSON.parse(text) as Row) : undefined;
		if (request.refusedWith !== undefined) {
			expect(at(body, 'error/code')).toBe(request.refusedWith);
			return;
		}
		if (body) expect(body).toMatchObject({ success: true });
		for (const [name, path] of Object.entries(request.keep ?? {})) {
			expect(at(body, path)).toBeDefined();
			this.kept[name] = String(at(body, path));
		}
		if (request.finds !== undefined) expect(text).toContain(request.finds);
		if (request.kind === 'list of tasks')
			this.taskIds = (at(body, 'data/task_list') as Row[]).map(({ task_id }) => task_id);
		if (request.view) this.compare(request.view, body!, taskId);
		if (request.leaves) expect(this.nas.task(1)).toMatchObject(request.leaves);
	}

	private async send({ http = 'GET', path, params, headers = {} }: JudgeRequest): Promise<string> {
		const filled = (value: string): string =>
			value.replace(/\{(\w+)\}/g, (_, name: string) => {
				expect(this.kept).toHaveProperty(name);
				return this.kept[name]!;
			});
		const form = new URLSearchParams(
			Object.entries(params).map(([name, value]) => [name, filled(value)]),
		);
		const url = `${this.nas.url}/webapi/${filled(path)}`;
		const response = await fetch(http === 'GET' ? `${url}?${form.toString()}` : url, {
			method: http,
			body: http === 'GET' ? undefined : form,
			headers: Object.fromEntries(
				Object.entries(headers).map(([name, value]) => [name, filled(value)]),
			),
		});
		expect(response.status).toBe(200);
		return await response.text();
	}

	/** The client's view of the tasks equals the simulator's. */
	private compare(
		{ rows, fields }: { rows?: string; fields: ViewFields },
		body: Row,
		taskId: unknown,
	): void {
		const seen = rows === undefined ? [at(body, 'data') as Row] : (at(body, rows) as Row[]);
		const tasks = this.nas.tasks.filter(({ id }) => taskId === undefined || id === taskId);
		const view = seen.map((row) =>
			Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, row[field]])),
		);
		const truth = tasks.map((task) =>
			Object.fromEntries(Object.keys(fields).map((name) => [name, task[name as 'status']])),
		);
		expect(view).toEqual(truth);
	}
}

const CASES = JUDGES.flatMap((judge) =>
	judge.dsm.map((dsm) => [judge.client, dsm, judge] as const),
);

describe('public clients, replayed call by call, see what is there', () => {
	test.each(CASES)('%s on DSM %s', async (_client, dsm, judge: Judge) => {
		const replay = new Replay(await givenNas(nasOf(dsm)));
		for (const request of judge.requests) await replay.play(request);
	});
});

describe('a judge can say no', () => {
	test('a client without quotes fails on a strict NAS', async () => {
		const nas = await givenNas({ ...nasOf('7.2'), lenientQuoting: false });
		const replay = new Replay(nas);
		const before = CCGURLEY.requests.slice(0, 3);
		for (const request of before) await replay.play(request);
		await expect(replay.play(CCGURLEY.requests[3]!)).rejects.toThrow();
		expect(nas.task(1).status).toBe('backup');
	});

	test('a status that is not the task’s own is detected', async () => {
		const nas = await givenNas(nasOf('7.2'));
		nas.task(1).overrides.status = 'backup';
		const replay = new Replay(nas);
		await expect(
			(async () => {
				for (const request of LEIRN.requests) await replay.play(request);
			})(),
		).rejects.toThrow();
	});
});

test('all kinds of calls are judged by somebody', () => {
	const judged = new Set(JUDGES.flatMap(({ requests }) => requests.map(({ kind }) => kind)));
	expect([...judged].sort()).toEqual([...KINDS].sort());
});

test('the table of judges in the documentation names each', () => {
	const page = readFileSync(join(__dirname, '../../../docs/simulator.md'), 'utf8');
	for (const { client, dsm } of JUDGES) {
		const row = page.split('\n').find((line) => line.startsWith(`| ${client} |`));
		expect(row).toContain(`| ${dsm.join(', ')} |`);
	}
});
