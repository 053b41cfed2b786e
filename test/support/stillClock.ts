import { ClientRequest } from 'node:http';
import { holdRequestTimeouts } from './requestTimeouts';

// Runs before every unit and engine test file: however slow the machine is, no time passes unless a
// test lets it pass.
const began = Math.floor(Date.now() / 1000) * 1000;
Date.now = () => began;
holdRequestTimeouts();
// n8n's HTTP client has a real time limit of its own.
ClientRequest.prototype.setTimeout = function () {
	return this;
};
