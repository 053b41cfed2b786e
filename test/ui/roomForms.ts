import { demoTasks, startNas, wallClock, type Nas } from '../../simulator';
import { credentialData, operationWorkflow } from '../e2e/support';
import { picture } from './pictures';
import { shows, type Stage } from './Stage';

const nightly = { __rl: true, mode: 'list', value: '1', cachedResultName: 'Nightly to USB' };

interface Form {
	resource: string;
	operation: string;
	more?: Record<string, unknown>;
	/** What a user reads in the form, from top to bottom. */
	fields: string[];
	/** Of the first row of the output. */
	first: Record<string, unknown>;
}

const FORMS: Form[] = [
	{
		resource: 'task',
		operation: 'get',
		more: {
			taskId: nightly,
			options: { include: ['destination', 'log', 'statistics', 'versions'] },
		},
		fields: ['Resource', 'Operation', 'Task', 'Simplify', 'Options'],
		first: { task_id: '1', name: 'Nightly to USB' },
	},
	{
		resource: 'destination',
		operation: 'get',
		more: { taskId: nightly },
		fields: ['Resource', 'Operation', 'Task', 'Simplify', 'Options'],
		first: { task_id: '1', online: 'true' },
	},
	{
		resource: 'integrityCheck',
		operation: 'getLast',
		more: { taskId: nightly },
		fields: ['Resource', 'Operation', 'Task', 'Options'],
		first: { task_id: '1', outcome: 'passed' },
	},
	{
		resource: 'log',
		operation: 'getAll',
		fields: ['Resource', 'Operation', 'Return All', 'Limit', 'Simplify', 'Filters', 'Options'],
		first: { level: 'err' },
	},
	{
		resource: 'integrityCheck',
		operation: 'run',
		more: { taskId: nightly },
		fields: ['Resource', 'Operation', 'Task', 'Scope', 'Wait for Completion', 'Options'],
		first: { task_id: '1', success: 'true' },
	},
	{
		resource: 'version',
		operation: 'getLatest',
		more: { taskId: nightly },
		fields: ['Resource', 'Operation', 'Task', 'Only Completed', 'Simplify', 'Options'],
		first: { status: 'success', task_id: '1' },
	},
	{
		resource: 'version',
		operation: 'getAll',
		more: { taskId: nightly },
		fields: [
			'Resource',
			'Operation',
			'Task',
			'Return All',
			'Limit',
			'Simplify',
			'Filters',
			'Options',
		],
		first: { status: 'success', task_id: '1' },
	},
	{
		resource: 'file',
		operation: 'getAll',
		more: { taskId: nightly, folder: 'homes/anna' },
		fields: [
			'Resource',
			'Operation',
			'Task',
			'Version',
			'Folder',
			'Return All',
			'Limit',
			'Simplify',
			'Options',
		],
		first: { name: 'letter.txt', type: 'file' },
	},
	{
		resource: 'file',
		operation: 'download',
		more: { taskId: nightly, path: 'homes/anna/letter.txt' },
		fields: [
			'Resource',
			'Operation',
			'Task',
			'Version',
			'File',
			'Put Output File in Field',
			'Options',
		],
		first: { name: 'letter.txt', length_checked: 'true' },
	},
	{
		resource: 'statistic',
		operation: 'get',
		more: { taskId: nightly },
		fields: ['Resource', 'Operation', 'Task', 'Simplify', 'Options'],
		first: { task_id: '1', size_unit: 'KiB (inferred)' },
	},
	{
		resource: 'vault',
		operation: 'getAll',
		fields: ['Resource', 'Operation', 'Return All', 'Limit', 'Simplify', 'Options'],
		first: { target_id: '1', name: 'Branch_1' },
	},
	{
		resource: 'vault',
		operation: 'get',
		more: { targetId: '1' },
		fields: ['Resource', 'Operation', 'Target Name or ID', 'Options'],
		first: { target_id: '1' },
	},
	{
		resource: 'vault',
		operation: 'getLogs',
		more: { targetId: '1' },
		fields: ['Resource', 'Operation', 'Target Name or ID', 'Return All', 'Limit', 'Options'],
		first: { target_id: '1' },
	},
	{
		resource: 'nas',
		operation: 'customApiCall',
		more: { apiName: 'SYNO.Backup.Repository', apiMethod: 'list' },
		fields: [
			'Resource',
			'Operation',
			'API',
			'Version',
			'Method',
			'Parameters',
			'Allow Changes',
			'Options',
		],
		first: { api: 'SYNO.Backup.Repository', success: 'true' },
	},
];

const formOf = (wanted: string): Form => FORMS.find(({ resource }) => resource === wanted)!;

/** Whatever lies beside the backup tasks: each form as it is, and what comes out of it. */
export function roomForms(stage: () => Stage): void {
	let nas: Nas;
	let credentialId: string;

	beforeAll(async () => {
		const lastBackupAt = Date.now() - 3_600_000;
		nas = await startNas({
			clock: wallClock(),
			tasks: demoTasks(Date.now()),
			vault: { targets: [{ id: 1, name: 'Branch_1', lastBackupAt, lastBackupSeconds: 60 }] },
		});
		stage().secrets.watch(nas);
		credentialId = await stage().n8n.rest.createCredential('Whole NAS', credentialData(nas));
	});

	afterAll(async () => await nas?.close());

	const open = async ({ editor, n8n }: Stage, parameters: Record<string, unknown>) => {
		const workflow = operationWorkflow(credentialId, parameters);
		await editor.openWorkflow(await n8n.rest.createWorkflow(workflow));
		await editor.openNode('Hyper Backup');
	};

	for (const { resource, operation, more, fields, first } of FORMS) {
		shows(stage, `${resource}: ${operation} has its fields, and its output`, async (on) => {
			const { editor } = on;
			await open(on, { resource, operation, ...more });
			expect(await editor.formLabels()).toEqual(fields);
			await editor.execute();
			const [row] = await editor.outputTable();
			expect(row).toMatchObject(first);
			await editor.closeNotes();
			await editor.widenOutput();
			await picture(editor.page, `form-${resource}-${operation}`, await editor.formArea(680));
		});
	}

	shows(stage, 'another resource shows none of the fields of the operation before', async (on) => {
		const { editor } = on;
		await open(on, { resource: 'file', operation: 'download', taskId: nightly });
		expect(await editor.formLabels()).toContain('File');
		await editor.choose('resource', 'Log');
		await editor.field('returnAll').waitFor();
		expect(await editor.formLabels()).toEqual(formOf('log').fields);
	});

	shows(stage, 'Custom API Call is offered once, and last', async (on) => {
		const { editor } = on;
		await open(on, { resource: 'nas', operation: 'diagnose' });
		await editor.field('operation').click();
		const offered = editor.page.locator('.el-select-dropdown__item:visible');
		await offered.first().waitFor();
		const names = (await offered.allInnerTexts()).map((text) => text.split('\n')[0]);
		expect(names).toEqual(['Diagnose', 'Get Summary', 'Custom API Call']);
		await editor.page.keyboard.press('Escape');
	});
}
