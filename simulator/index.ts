import { certificate } from './certificate';
import { Nas } from './Nas';
import type { NasOptions } from './types';

/** A NAS that responds as soon as the promise is settled. */
export async function startNas(options: NasOptions = {}): Promise<Nas> {
	const tls = options.tls === true ? await certificate() : options.tls;
	return await new Nas({ ...options, tls: tls === false ? undefined : tls }).start();
}

export { certificate } from './certificate';
export { SimulatedClock, wallClock, type Clock } from './clock';
export { demoTasks } from './demoTasks';
export { madeUpBytes } from './explore/fileContent';
export type { FileSpec } from './explore/FileSpec';
export { SERIAL_NUMBER } from './serialNumber';
export { DEFAULT_ACCOUNT, Nas } from './Nas';
export type { Fault } from './faults';
export type { VaultTargetSpec } from './vault/Vault';
export type { PlainResponse } from './WebApi';
export type {
	Account,
	DsmVersion,
	NasOptions,
	Outcome,
	Recorded,
	TaskSpec,
	Truth,
	Unknowns,
} from './types';
