/**
 * `HyperBackup.node` stands for `HyperBackup.node.ts` here, and not for the codex
 * `HyperBackup.node.json` beside it, which Node would try first.
 */
const extensions = require.extensions as Record<string, unknown>;
const json = extensions['.json'];
delete extensions['.json'];
extensions['.json'] = json;

export {};
