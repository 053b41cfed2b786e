import type { Send } from '../http/httpRequest';
import type { ConnectionOptions } from './ConnectionOptions';
import type { Who } from './loginGuard';

/** What n8n keeps in the credential. */
export interface Stored {
	/** undefined if the credential has changed since the caller read it. */
	read(): Promise<string | undefined>;
	/** False if n8n did not keep it. */
	keep(state: string): Promise<boolean>;
}

/** How a caller reaches the NAS, and what n8n keeps in the credential. */
export interface Access {
	readonly options: ConnectionOptions;
	/** Without any session. */
	readonly send: Send;
	/** What n8n kept when the caller read the credential. */
	readonly token?: string;
	/**
	 * What n8n keeps now, where it can be read and written. Made when a session is opened or kept,
	 * which is seldom.
	 */
	readonly stored?: () => Stored;
	readonly who?: Who;
}
