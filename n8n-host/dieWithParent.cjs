// Loaded into n8n before n8n itself. The process that started it holds the other end of descriptor 3; when that end
// closes, that process is gone - killed hard, perhaps - and nobody is left to stop this n8n.
const pipe = new (require('node:net').Socket)({ fd: 3, readable: true, writable: false });
pipe.unref();
pipe.resume();
pipe.on('error', () => {});
pipe.on('close', () => {
	try {
		process.kill(-process.pid, 'SIGKILL');
	} catch {
		process.exit(1);
	}
});
