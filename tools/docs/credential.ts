import { SynologyHyperBackupApi } from '../../credentials/SynologyHyperBackupApi.credentials';
import { parametersOf, parameterTable } from './parameters';

export const credentialSection = (): string =>
	parameterTable(parametersOf(new SynologyHyperBackupApi().properties), 'Field');
