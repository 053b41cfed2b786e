/**
 * Fits the JSON of stored parameters that hold an expression, and of some others: n8n evaluates
 * what begins with this sign. Without one, what n8n would evaluate is what is stored.
 */
export const MAY_HOLD_EXPRESSION = /"=/;
