/** The house's one-way imports. Types count too: a type that points the wrong way pulls code after it sooner or later. */
const only = (name, from, forbidden, comment) => ({
	name,
	comment,
	severity: 'error',
	from: { path: from },
	to: { path: forbidden },
});

module.exports = {
	forbidden: [
		only(
			'transport-knows-no-backups',
			'^nodes/HyperBackup/transport/',
			'^(nodes/HyperBackup/(task|actions|trigger|methods)/|credentials/)',
			'transport/ speaks to DSM and knows nothing of backups',
		),
		only(
			'task-knows-no-nodes',
			'^nodes/HyperBackup/task/',
			'^(nodes/HyperBackup/(actions|trigger|methods)/|credentials/)',
			'task/ is Hyper Backup, without n8n nodes',
		),
		only(
			'actions-know-no-trigger',
			'^nodes/HyperBackup/actions/',
			'^nodes/HyperBackup/(trigger|methods)/',
			'actions/ stands on task/',
		),
		only(
			'credentials-stand-on-login',
			'^credentials/',
			'^nodes/HyperBackup/(actions|trigger|methods)/',
			'a credential logs in and knows no nodes',
		),
		only(
			'nothing-published-imports-tools',
			'^(nodes|credentials)/',
			'^(simulator|n8n-host|demo|test)/',
			'the published package stands alone',
		),
		only(
			'simulator-stands-alone',
			'^simulator/',
			'^(nodes|credentials|n8n-host|demo|test)/',
			'the simulator and the nodes never share code, so one misunderstanding cannot hide on both sides',
		),
		{
			name: 'no-cycles',
			severity: 'error',
			from: { path: '^(nodes|credentials|simulator|n8n-host|demo)/' },
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		},
		{
			name: 'no-run-time-dependency',
			comment: 'n8n installs the package without any dependency but its own n8n-workflow',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: {
				pathNot: '^(nodes|credentials)/|^package\\.json$|node_modules/n8n-workflow/',
				dependencyTypesNot: ['core'],
			},
		},
	],
	options: {
		tsConfig: { fileName: 'tsconfig.all.json' },
		tsPreCompilationDeps: true,
		doNotFollow: { path: 'node_modules' },
	},
};
