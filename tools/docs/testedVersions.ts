import { NEWEST, OLDEST } from '../../n8n-host/versions';
import { code, table } from './markdown';

/** The Node majors that CI builds and tests on, from its workflow. */
export function testedNodes(workflow: string): string {
	const majors = /^ +node: \[([\d, ]+)\]$/m.exec(workflow)?.[1];
	if (majors === undefined) throw new Error('ci.yml names no Node versions');
	return majors;
}

/** For the README: what a user has to have. */
export const compatibilitySection = (workflow: string): string =>
	table(
		['', ''],
		[
			['n8n', `${OLDEST} and ${NEWEST}: end-to-end tests in the real n8n`],
			['Node.js', testedNodes(workflow)],
			[
				'DSM 6.2, 7.0 - 7.4 with Hyper Backup',
				'Built from real responses that public projects collected, and tested against the simulator. ' +
					'**We have not recorded a run on a real NAS yet**',
			],
		],
	);

/** For docs/versions.md: how each was tested. */
export const testedSection = (workflow: string): string =>
	table(
		['', 'Versions', 'How'],
		[
			[
				'n8n',
				`${OLDEST} and ${NEWEST}`,
				`End-to-end tests in the real n8n, with the packed package installed as n8n installs it: ${code('npm run test:e2e')}`,
			],
			[
				'n8n in queue mode',
				NEWEST,
				`A main process and two workers on Redis and PostgreSQL, with the durable scheduler and without: ${code('npm run test:scale')}, [scaling.md](scaling.md)`,
			],
			[
				"n8n's durable scheduler",
				NEWEST,
				`Switched on: the first poll, ${code('kill -9')}, a restart and a NAS that hangs: ${code('npm run test:e2e')}, [n8n 3](n8n-3.md#the-durable-scheduler)`,
			],
			[
				'What an earlier version stored',
				NEWEST,
				`Workflow, credential and static data of each released version are loaded: ${code('npm run test:e2e')}`,
			],
			[
				'The example workflows',
				NEWEST,
				`Each one imported unchanged and run in the real n8n. ${code('backup-calendar.json')} needs an n8n with data tables`,
			],
			['Node.js', testedNodes(workflow), 'Build, unit and engine tests'],
		],
	);
