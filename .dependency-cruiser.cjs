/** The house's one-way imports. Types count too: a type that points the wrong way soon pulls code after it. */
const only = (name, from, forbidden, comment) => ({
	name,
	comment,
	severity: 'error',
	from: { path: from },
	to: { path: forbidden },
});

const NODE = '^nodes/HyperBackup/';

module.exports = {
	forbidden: [
		only(
			'dsm-knows-no-backups',
			`${NODE}dsm/`,
			`(${NODE}(hyperBackup|n8n|actions|trigger|methods)/|^credentials/)`,
			"dsm/ is DSM's web API and knows nothing about Hyper Backup or n8n nodes",
		),
		only(
			'dsm-errors-are-the-bottom',
			`${NODE}dsm/errors/`,
			`${NODE}dsm/(session/(?!ConnectionOptions)|DsmClient|discovery|compound)`,
			'errors/ is used by every other room of dsm/',
		),
		only(
			'hyper-backup-knows-no-nodes',
			`${NODE}hyperBackup/`,
			`(${NODE}(n8n|actions|trigger|methods)/|^credentials/)`,
			'hyperBackup/ is Hyper Backup, without n8n nodes',
		),
		only(
			'shared-n8n-parts-know-no-node',
			`${NODE}n8n/`,
			`(${NODE}(actions|trigger|methods)/|^credentials/)`,
			'n8n/ is what actions, trigger and methods share',
		),
		only(
			'actions-know-no-trigger',
			`${NODE}actions/`,
			`${NODE}(trigger|methods)/`,
			'actions/ stands on n8n/ and hyperBackup/',
		),
		only(
			'trigger-and-methods-know-no-actions',
			`${NODE}(trigger|methods)/`,
			`${NODE}actions/`,
			'what they share lives in n8n/ or hyperBackup/',
		),
		only(
			'credentials-stand-on-login',
			'^credentials/',
			`${NODE}(n8n|actions|trigger|methods)/`,
			'a credential logs in and knows no nodes',
		),
		only(
			'nothing-published-imports-tools',
			'^(nodes|credentials)/',
			'^(simulator|n8n-host|demo|test|testing|tools|bench)/',
			'the published package stands alone',
		),
		only(
			'simulator-stands-alone',
			'^simulator/',
			'^(nodes|credentials|n8n-host|demo|test|testing|tools|bench)/',
			'the simulator and the nodes never share code, so one misunderstanding cannot hide on both sides',
		),
		{
			name: 'no-cycles',
			severity: 'error',
			from: { path: '^(nodes|credentials|simulator|n8n-host|demo|testing|tools)/' },
			to: { circular: true },
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
