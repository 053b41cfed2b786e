import { NEWEST } from '../../n8n-host/versions';
import { canvas } from './canvas';
import { credentialForm } from './credentialForm';
import { diagnoseForm } from './diagnoseForm';
import { errorsShown } from './errorsShown';
import { icons } from './icons';
import { nodeForm } from './nodeForm';
import { nodesPanel } from './nodesPanel';
import { roomForms } from './roomForms';
import { secretsHidden } from './secretsHidden';
import { Stage } from './Stage';
import { triggerExecution, triggerForm } from './trigger';

/** One n8n and one browser for all of them: starting these takes longer than any test. */
describe(`the editor of n8n ${NEWEST} in a browser`, () => {
	let opened: Stage | undefined;
	const stage = (): Stage => opened!;

	beforeAll(async () => {
		opened = await Stage.open();
	}, 1_800_000);

	afterAll(async () => await opened?.close());

	describe('the nodes panel', () => nodesPanel(stage));
	// It is published early and checked last: its next poll comes within a minute, and the others
	// use that time.
	describe('the trigger', () => triggerForm(stage));
	describe('the credential', () => credentialForm(stage));
	describe('the node', () => nodeForm(stage));
	describe('Diagnose', () => diagnoseForm(stage));
	describe('everything beside the tasks', () => roomForms(stage));
	describe('what goes wrong', () => errorsShown(stage));
	describe('the canvas', () => canvas(stage));
	describe('the icon', () => icons(stage));
	describe('the published trigger', () => triggerExecution(stage));
	describe('passwords and sessions', () => secretsHidden(stage));
});
