const { dest, parallel, src } = require('gulp');

/** What tsc leaves behind: icons and codex files, next to the compiled nodes. */
const icons = () => src('nodes/**/*.{svg,png}', { encoding: false }).pipe(dest('dist/nodes'));
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

exports.default = parallel(icons, codex);
