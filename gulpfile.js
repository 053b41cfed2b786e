const { dest, parallel, src } = require('gulp');

/** What n8n reads beside the code that tsc writes: icons and codex files. */
const icons = () => src('nodes/**/*.{svg,png}', { encoding: false }).pipe(dest('dist/nodes'));
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

exports.default = parallel(icons, codex);
