export type ParameterValue =
	string | number | boolean | null | ParameterValue[] | { [key: string]: ParameterValue };
export type Parameters = Record<string, ParameterValue>;

/**
 * Parameter values as DSM reads them. `requestFormat: "JSON"` in the API's discovery entry does not
 * mean a JSON body: the body stays a form, and each value is a JSON literal - strings in double
 * quotes, numbers and booleans bare. Without it strings are sent raw.
 */
export function encodeParameters(parameters: Parameters, json: boolean): Record<string, string> {
	const encoded: Record<string, string> = {};
	for (const [name, value] of Object.entries(parameters)) {
		encoded[name] = typeof value === 'string' && !json ? value : JSON.stringify(value);
	}
	return encoded;
}
