import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';

const SCHEMA = join(__dirname, '../../fixtures/compose/compose_spec.json');

const DURATION = /^(\d+(\.\d+)?(us|ms|s|m|h))+$/;
/** `host:container` with an address and a protocol at choice, or the container's port alone. */
const PORTS = /^((\d{1,3}(\.\d{1,3}){3}:)?\d{1,5}(-\d{1,5})?:)?\d{1,5}(-\d{1,5})?(\/(tcp|udp))?$/;
const SUBNET = /^(\d{1,3}(\.\d{1,3}){3}\/\d{1,2}|[\da-f:]+\/\d{1,3})$/i;

interface Service {
	image?: string;
	volumes?: Array<string | { type: string; source?: string }>;
	networks?: string[] | object;
	depends_on?: string[] | object;
}

interface Compose {
	services?: Record<string, Service | null>;
	volumes?: object;
	networks?: object;
}

/** What the schema of the Compose specification says against it. */
function againstSchema(content: unknown): string[] {
	// The year of the schema's own schema makes no difference to what it uses.
	const { $schema, id, ...schema } = JSON.parse(readFileSync(SCHEMA, 'utf8')) as Record<
		string,
		unknown
	>;
	const validate = new Ajv({
		allErrors: true,
		// It would only report that the schema has IDs of an older kind, which nothing refers to.
		logger: false,
		formats: { duration: DURATION, expose: PORTS, ports: PORTS, subnet_ip_address: SUBNET },
	}).compile(schema);
	validate(content);
	return (validate.errors ?? []).map(({ dataPath, message, params }) => {
		const { additionalProperty } = params as { additionalProperty?: string };
		return [dataPath, message, additionalProperty].filter(Boolean).join(' ');
	});
}

const namesOf = (list: string[] | object | undefined): string[] =>
	Array.isArray(list) ? list : Object.keys(list ?? {});

/** A volume with a name: neither a path of the computer nor one without a source. */
function volumesOf({ volumes = [] }: Service): string[] {
	return volumes.flatMap((volume) => {
		if (typeof volume !== 'string') return volume.type === 'volume' ? (volume.source ?? []) : [];
		const [source] = volume.split(':');
		return volume.includes(':') && /^\w/.test(source!) ? [source!] : [];
	});
}

function declared(kind: string, top: object | undefined, used: string[]): string[] {
	const there = Object.keys(top ?? {});
	return [
		...used
			.filter((name) => !there.includes(name))
			.map((name) => `${kind} ${name} is not declared`),
		...there.filter((name) => !used.includes(name)).map((name) => `${kind} ${name} is not used`),
	];
}

/** Names without a home, which the schema cannot find. */
function danglingNames({ services = {}, volumes, networks }: Compose): string[] {
	const all = Object.values(services).map((service) => service ?? {});
	const known = Object.keys(services);
	return [
		...declared('volume', volumes, [...new Set(all.flatMap(volumesOf))]),
		...declared('network', networks, [
			...new Set(all.flatMap((service) => namesOf(service.networks))),
		]),
		...all
			.flatMap((service) => namesOf(service.depends_on))
			.filter((name) => !known.includes(name))
			.map((name) => `service ${name} is missing, and another one depends on it`),
	];
}

/** An image without a version is another one tomorrow. */
const looseImages = ({ services = {} }: Compose): string[] =>
	Object.entries(services)
		.filter(([, service]) => !/^[\w./-]+:\d[\w.-]*$/.test(service?.image ?? ''))
		.map(([name, service]) => `service ${name} has no image with a version: ${service?.image}`);

/** What is wrong with a compose file; empty if Docker Compose accepts it. */
export function composeFaults(text: string): string[] {
	let content: Compose;
	try {
		// YAML 1.1's merge keys (`<<`), as Docker Compose reads them.
		content = parse(text, { merge: true }) as Compose;
	} catch (error) {
		return [(error as Error).message];
	}
	const faults = againstSchema(content);
	return faults.length > 0 ? faults : [...danglingNames(content), ...looseImages(content)];
}
