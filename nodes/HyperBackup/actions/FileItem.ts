import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

/** An output item that carries a file. */
export class FileItem {
	constructor(
		readonly json: IDataObject,
		readonly binary: IBinaryKeyData,
	) {}
}

/** What an operation gives for one output item: its json, or more. */
export type Output = IDataObject | FileItem;
