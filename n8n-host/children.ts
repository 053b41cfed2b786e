import type { ChildProcess } from 'node:child_process';

/** Every child here leads a process group of its own, so that its children can be ended with it. */
const living = new Set<ChildProcess>();
let watching = false;

/** The child does not outlive this process, however this process ends (bar SIGKILL: see dieWithParent.cjs). */
export function killWithUs(child: ChildProcess): void {
	living.add(child);
	child.once('close', () => living.delete(child));
	if (watching) return;
	watching = true;
	process.once('exit', killAll);
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.once(signal, () => {
			// Somebody else listens too (the demo, say): then ending is theirs, and 'exit' above still does its part.
			if (process.listenerCount(signal) > 0) return;
			killAll();
			process.kill(process.pid, signal);
		});
	}
}

export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (!child.pid) return;
	try {
		if (process.platform === 'win32') child.kill(signal);
		else process.kill(-child.pid, signal);
	} catch {
		// It is gone already.
	}
}

function killAll(): void {
	for (const child of living) signalGroup(child, 'SIGKILL');
}
