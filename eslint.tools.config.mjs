// For everything that is not published, and the width and accessors of what is. `nodes/` and `credentials/` are linted with n8n's stock
// configuration, which has to stay as it is in eslint.config.mjs: n8n checks that of a verified package.
import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const PUBLISHED = ['nodes/**/*.ts', 'credentials/**/*.ts'];

export default tseslint.config(
	{ ignores: ['dist/', 'coverage/', 'node_modules/'] },
	{
		// Prettier leaves comments and sentences as long as they are. Two sentences link to n8n's docs,
		// and n8n's own linter wants them in one piece.
		files: PUBLISHED,
		languageOptions: { parser: tseslint.parser },
		linterOptions: { reportUnusedDisableDirectives: 'off' },
		rules: {
			'max-len': ['error', { code: 100, tabWidth: 2, ignoreUrls: true }],
			'no-restricted-syntax': [
				'error',
				{
					selector: 'ObjectExpression > Property[kind=/get|set/]',
					message:
						'V8 keeps an accessor of an object literal, and all that it refers to, until its next full garbage ' +
						'collection. Use a function or a class.',
				},
			],
		},
	},
	{
		files: ['**/*.ts'],
		ignores: PUBLISHED,
		extends: [js.configs.recommended, ...tseslint.configs.recommendedTypeChecked],
		languageOptions: {
			parserOptions: { project: './tsconfig.all.json', tsconfigRootDir: import.meta.dirname },
		},
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			eqeqeq: 'error',
			'no-console': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/return-await': ['error', 'always'],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
			'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
			// Contracts ask for functions that return a promise, also where one has nothing to wait for.
			'@typescript-eslint/require-await': 'off',
			// What comes over the wire is unknown until it is read; as text it goes into a message or a comparison.
			'@typescript-eslint/no-base-to-string': 'off',
		},
	},
	{
		// Items and responses are read field by field in tests, and Jest's matchers are `any`.
		files: ['test/**/*.ts'],
		rules: {
			'@typescript-eslint/no-explicit-any': 'off',
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
		},
	},
	{
		files: ['**/*.{js,mjs,cjs}'],
		extends: [js.configs.recommended],
		languageOptions: { globals: globals.node },
	},
	{
		files: ['**/*.{js,cjs}'],
		languageOptions: { sourceType: 'commonjs' },
	},
);
