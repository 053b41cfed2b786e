/** `prepublishOnly`: runs where scripts are allowed, and leaves publishing to the workflow. */
console.error(
	'Only the workflow "Publish" publishes this package, from a tag: see "Releasing" in CONTRIBUTING.md.',
);
process.exitCode = 1;
