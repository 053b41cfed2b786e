/** What went wrong, as far as a caller may act on it. */
export type ErrorKind =
	/** The address in the credential cannot be used. */
	| 'address'
	/** Another field of the credential cannot be used. */
	| 'credential'
	/** No connection: host not found, refused, reset, no route. */
	| 'unreachable'
	| 'timeout'
	| 'tls'
	/** Something other than DSM responded. */
	| 'notDsm'
	/** DSM's web server responded, but not with a complete, readable response. */
	| 'badResponse'
	/**
	 * A proxy or DSM's web server responded with an HTTP status of its own (502 while a NAS boots).
	 */
	| 'httpStatus'
	/** DSM refused the login: not tried again before a pause. */
	| 'loginRefused'
	| 'sessionInvalid'
	| 'noPermission'
	| 'apiMissing'
	| 'methodMissing'
	| 'parameter'
	/** The execution was stopped before the call was sent. */
	| 'stopped'
	/** DSM understood the call and will not carry it out (44xx and the rest). */
	| 'refused';
