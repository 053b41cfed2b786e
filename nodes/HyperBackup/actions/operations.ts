import * as destination from './destination';
import * as file from './file';
import type { Resource } from './form';
import * as integrityCheck from './integrityCheck';
import type { Operation } from './Invocation';
import * as log from './log';
import * as nas from './nas';
import * as statistic from './statistic';
import * as task from './task';
import * as vault from './vault';
import * as version from './version';

/** In the order of the editor's list. A new resource is one folder and one row. */
export const RESOURCES: Record<string, Resource> = {
	task,
	destination,
	file,
	integrityCheck,
	log,
	statistic,
	vault,
	version,
	nas,
};

/** By `resource.operation`. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
	Object.entries(RESOURCES).flatMap(([resource, { operations }]) =>
		Object.entries(operations).map(([name, operation]) => [`${resource}.${name}`, operation]),
	),
);

/** The task chosen, as an expression: n8n hands the locator over as its value, or whole. */
const TASK =
	'(typeof $parameter["taskId"] === "object" ? ($parameter["taskId"]?.cachedResultName || ' +
	'$parameter["taskId"]?.value) : $parameter["taskId"])';

/** The operation by its name in the editor, and the task it acts on. */
export function subtitle(): string {
	const operations = Object.values(RESOURCES).flatMap((resource) =>
		Object.entries(resource.operations).map(([value, { option }]) => [value, option.name]),
	);
	const names = JSON.stringify(Object.fromEntries(operations));
	return `={{ (${names}[$parameter["operation"]]) + (${TASK} ? ": " + ${TASK} : "") }}`;
}
