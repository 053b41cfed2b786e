// --- Deflate (RFC 1951) and zlib (RFC 1950): what was there before is told as a match, its length and how far back it is.

// The length and distance symbols: where each begins, and how many more bits it has.
function steps(count, perStep, first, start) {
	const table = [];
	let base = start;
	for (let i = 0; i < count; i += 1) {
		const extra = i < first ? 0 : floor((i - first) / perStep) + 1;
		table.push({ base, extra });
		base += 1 << extra;
	}
	return table;
}

const MATCH_LENGTHS = [...steps(28, 4, 8, 3), { base: 258, extra: 0 }];
const MATCH_DISTANCES = steps(30, 2, 4, 1);
const stepOf = (table, value) => {
	let at = table.length - 1;
	while (table[at].base > value) at -= 1;
	return at;
};
const LENGTH_STEP = Array.from({ length: 259 }, (_, length) =>
	length < 3 ? 0 : stepOf(MATCH_LENGTHS, length),
);

// The data as literals and matches: a literal is its byte, a match is length * 65536 + distance.
function tokensOf(data) {
	const WINDOW = 32768;
	const tokens = new Int32Array(data.length);
	let count = 0;
	const head = new Int32Array(65536).fill(-1);
	const previous = new Int32Array(WINDOW).fill(-1);
	const keyAt = (i) =>
		((data[i] << 11) ^ (data[i + 1] << 5) ^ (data[i + 2] << 1) ^ (data[i + 2] >> 4)) & 65535;
	for (let i = 0; i < data.length;) {
		let best = 0;
		let distance = 0;
		if (i + 2 < data.length) {
			const longest = min(258, data.length - i);
			let at = head[keyAt(i)];
			for (let tries = 0; at >= 0 && i - at <= WINDOW && tries < 64 && best < longest; tries += 1) {
				if (data[at + best] === data[i + best]) {
					let length = 0;
					while (length < longest && data[at + length] === data[i + length]) length += 1;
					if (length > best) {
						best = length;
						distance = i - at;
					}
				}
				const next = previous[at & (WINDOW - 1)];
				at = next < at ? next : -1;
			}
		}
		// Three bytes from far away cost more than three literals.
		const step = best < 3 || (best === 3 && distance > 512) ? 1 : best;
		tokens[count++] = step === 1 ? data[i] : step * 65536 + distance;
		for (const end = i + step; i < end; i += 1) {
			if (i + 2 >= data.length) continue;
			const key = keyAt(i);
			previous[i & (WINDOW - 1)] = head[key];
			head[key] = i;
		}
	}
	return tokens.subarray(0, count);
}

function deflate(data) {
	const tokens = tokensOf(data);
	const counts = new Array(286).fill(0);
	const distanceCounts = new Array(30).fill(0);
	counts[256] = 1;
	for (const token of tokens) {
		if (token < 65536) counts[token] += 1;
		else {
			counts[257 + LENGTH_STEP[token >> 16]] += 1;
			distanceCounts[stepOf(MATCH_DISTANCES, token & 65535)] += 1;
		}
	}
	const [lengths, distanceLengths] = [codeLengths(counts, 15), codeLengths(distanceCounts, 15)];
	const [codes, distanceCodes] = [codesOf(lengths), codesOf(distanceLengths)];
	// A code is never longer on the whole than twice the bytes it stands for.
	const out = bitWriter(data.length * 2 + 1024);
	out.bits(1, 1);
	out.bits(2, 2);
	writeCodes(out, lengths, distanceLengths);
	for (const token of tokens) {
		if (token < 65536) {
			out.bits(codes[token], lengths[token]);
			continue;
		}
		const length = LENGTH_STEP[token >> 16];
		const distance = stepOf(MATCH_DISTANCES, token & 65535);
		out.bits(codes[257 + length], lengths[257 + length]);
		out.bits((token >> 16) - MATCH_LENGTHS[length].base, MATCH_LENGTHS[length].extra);
		out.bits(distanceCodes[distance], distanceLengths[distance]);
		out.bits((token & 65535) - MATCH_DISTANCES[distance].base, MATCH_DISTANCES[distance].extra);
	}
	out.bits(codes[256], lengths[256]);
	return out.end();
}

function zlib(data) {
	let a = 1;
	let b = 0;
	for (let i = 0; i < data.length; i += 1) {
		a = (a + data[i]) % 65521;
		b = (b + a) % 65521;
	}
	const packed = deflate(data);
	const whole = new Uint8Array(packed.length + 6);
	whole.set([0x78, 0x01], 0);
	whole.set(packed, 2);
	whole.set([b >> 8, b & 255, a >> 8, a & 255], packed.length + 2);
	return whole;
}
