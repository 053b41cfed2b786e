/** What goes wrong with a download of the file, although its folder lists it as whole. */
export type Mishap =
	/** One byte is another. */
	| 'altered'
	/** Half of it, as a response that is whole. */
	| 'short'
	/** A byte too many. */
	| 'long'
	/** The connection breaks off in the middle. */
	| 'brokenOff'
	/** Nothing more comes after half of it. */
	| 'stalls';

/** A file in a task's versions, or on the NAS itself. */
export interface FileSpec {
	/** Relative to the backup's root, without a slash in front: `share/folder/name`. */
	path: string;
	content?: string | Buffer;
	/** Bytes that are made up, as many as this, in place of `content`. */
	size?: number;
	/** Of its download; default application/octet-stream. */
	contentType?: string;
	/** Seconds since 1970. */
	mtime?: number;
	isBad?: boolean;
	/** What goes wrong with its download. */
	mishap?: Mishap;
}
