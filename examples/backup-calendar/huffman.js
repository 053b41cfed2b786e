// --- Huffman codes made for the data at hand, and how they are written (RFC 1951).

function bitWriter(capacity) {
	const bytes = new Uint8Array(capacity);
	let length = 0;
	let held = 0;
	let count = 0;
	const bits = (value, width) => {
		held |= value << count;
		count += width;
		while (count >= 8) {
			bytes[length++] = held & 255;
			held >>>= 8;
			count -= 8;
		}
	};
	const end = () => {
		if (count > 0) bits(0, 8 - count);
		return bytes.subarray(0, length);
	};
	return { bits, end };
}

// How long the code of each symbol is, by how often it comes. Should one get too long, the rare symbols count for more.
function codeLengths(counts, longest) {
	const lengths = new Array(counts.length).fill(0);
	const used = counts
		.map((count, symbol) => ({ count, symbols: [symbol] }))
		.filter(({ count }) => count > 0);
	// A code needs two symbols at least.
	for (let symbol = 0; used.length < 2; symbol += 1)
		if (counts[symbol] === 0) used.push({ count: 1, symbols: [symbol] });
	while (used.length > 1) {
		used.sort((a, b) => b.count - a.count);
		const [a, b] = [used.pop(), used.pop()];
		for (const symbol of [...a.symbols, ...b.symbols]) lengths[symbol] += 1;
		used.push({ count: a.count + b.count, symbols: [...a.symbols, ...b.symbols] });
	}
	return Math.max(...lengths) <= longest
		? lengths
		: codeLengths(
				counts.map((count) => (count > 0 ? (count >> 1) + 1 : 0)),
				longest,
			);
}

// The codes that follow from the lengths, turned round: a Huffman code goes out with its first bit first.
function codesOf(lengths) {
	const codes = new Array(lengths.length).fill(0);
	let code = 0;
	for (let length = 1; length < 16; length += 1) {
		lengths.forEach((one, symbol) => {
			if (one !== length) return;
			for (let bit = 0; bit < length; bit += 1)
				codes[symbol] |= ((code >> bit) & 1) << (length - 1 - bit);
			code += 1;
		});
		code <<= 1;
	}
	return codes;
}

const LENGTHS_OF_LENGTHS = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

// Writes the head of a block: the lengths of its codes, which have codes of their own.
function writeCodes(out, literals, distances) {
	const all = [...literals, ...distances];
	const counts = new Array(19).fill(0);
	for (const length of all) counts[length] += 1;
	const lengths = codeLengths(counts, 7);
	const codes = codesOf(lengths);
	out.bits(literals.length - 257, 5);
	out.bits(distances.length - 1, 5);
	out.bits(15, 4);
	for (const symbol of LENGTHS_OF_LENGTHS) out.bits(lengths[symbol], 3);
	for (const length of all) out.bits(codes[length], lengths[length]);
}
