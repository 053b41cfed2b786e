import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { HyperBackupTrigger } from '../../nodes/HyperBackup/HyperBackupTrigger.node';
import {
	CHOSEN_WITH,
	EVENTS,
	type EventName,
	type FollowUp,
} from '../../nodes/HyperBackup/trigger/eventNames';
import { EVENT_CAUSES } from './eventCauses';
import { eventExample } from './eventExamples';
import { contradictions, fieldTable } from './fieldTable';
import { anchorOf, asSentence, code, folded, json, table } from './markdown';
import { EVENT } from './outputFields';
import { parametersOf, parameterTable } from './parameters';

const { properties } = new HyperBackupTrigger().description;

const CHOICES = properties.find(({ name }) => name === 'events')!.options as INodePropertyOptions[];

const choiceOf = (event: EventName): INodePropertyOptions =>
	CHOICES.find(({ value }) => value === event)!;

const followUps = (event: EventName): FollowUp[] =>
	(Object.keys(CHOSEN_WITH) as FollowUp[]).filter((one) => CHOSEN_WITH[one] === event);

const ALL = EVENTS.flatMap((event): Array<EventName | FollowUp> => [event, ...followUps(event)]);

export type EventExamples = Record<string, IDataObject>;

export async function playEvents(): Promise<EventExamples> {
	const examples: EventExamples = {};
	for (const event of ALL) examples[event] = await eventExample(event);
	return examples;
}

export const triggerParametersSection = (): string => parameterTable(parametersOf(properties));

export const eventFieldsSection = (examples: EventExamples): string =>
	`${fieldTable(EVENT.texts, Object.values(examples))}\n\nNot always there:\n\n${fieldTable(EVENT.sometimes ?? {})}`;

export function eventsOverview(): string {
	const rows = EVENTS.map((event) => {
		const { name, description } = choiceOf(event);
		return [
			`[${name}](${anchorOf(name)})`,
			[event, ...followUps(event)].map(code).join(', '),
			asSentence(description ?? ''),
		];
	});
	return table(['Trigger On', 'Value of `event`', ''], rows);
}

export function eventsSection(examples: EventExamples): string {
	return EVENTS.map((event) => {
		const { name, description } = choiceOf(event);
		const parts = [event, ...followUps(event)].map((value) => {
			const comes = value === event ? '' : ` Comes with *${name}*.`;
			return `${code(value)}: ${asSentence(EVENT_CAUSES[value])}${comes}\n\n${folded(`An example of <code>${value}</code>`, json(examples[value]))}`;
		});
		return [`## ${name}`, asSentence(description ?? ''), ...parts].join('\n\n');
	}).join('\n\n');
}

export function eventContradictions(examples: EventExamples): string[] {
	return contradictions(Object.values(examples), EVENT.texts, EVENT.sometimes);
}
