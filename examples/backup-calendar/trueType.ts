export interface Point {
	x: number;
	y: number;
	/** The curve goes through it; otherwise it is a control point. */
	on: boolean;
}

export type Contour = Point[];

/** Another glyph as a part of this one. */
export interface Part {
	glyph: number;
	x: number;
	y: number;
}

/** The tables of a TrueType font that outlines are read from. */
export class TrueType {
	private readonly tables = new Map<string, number>();

	readonly unitsPerEm: number;

	constructor(private readonly bytes: Buffer) {
		for (let index = 0; index < bytes.readUInt16BE(4); index += 1) {
			const entry = 12 + index * 16;
			this.tables.set(bytes.toString('latin1', entry, entry + 4), bytes.readUInt32BE(entry + 8));
		}
		this.unitsPerEm = bytes.readUInt16BE(this.table('head') + 18);
	}

	/** By the character map of format 4, which every font for the Basic Multilingual Plane has. */
	glyphOf(letter: string): number {
		const code = letter.charCodeAt(0);
		const map = this.characterMap();
		const segments = this.bytes.readUInt16BE(map + 6) / 2;
		for (let segment = 0; segment < segments; segment += 1) {
			const at = map + 14 + segment * 2;
			const start = this.bytes.readUInt16BE(at + segments * 2 + 2);
			if (code > this.bytes.readUInt16BE(at) || code < start) continue;
			const delta = this.bytes.readUInt16BE(at + segments * 4 + 2);
			const offset = this.bytes.readUInt16BE(at + segments * 6 + 2);
			const glyph =
				offset === 0
					? code + delta
					: this.bytes.readUInt16BE(at + segments * 6 + 2 + offset + (code - start) * 2) + delta;
			return glyph & 0xffff;
		}
		throw new Error(`The font has no '${letter}'`);
	}

	advance(glyph: number): number {
		const metrics = this.bytes.readUInt16BE(this.table('hhea') + 34);
		return this.bytes.readUInt16BE(this.table('hmtx') + Math.min(glyph, metrics - 1) * 4);
	}

	/** The glyphs a composed one is made of; none for a simple one. */
	parts(glyph: number): Part[] {
		const at = this.outline(glyph);
		if (at === undefined || this.bytes.readInt16BE(at) >= 0) return [];
		const parts: Part[] = [];
		for (let cursor = at + 10, more = true; more;) {
			const flags = this.bytes.readUInt16BE(cursor);
			// Words for the place, given in x and y, and neither scaled nor turned: all that DejaVu's accents need.
			if ((flags & 0b10) === 0 || (flags & 0b11001000) !== 0)
				throw new Error(`Glyph ${glyph} is composed in a way this does not read`);
			const wide = (flags & 1) !== 0;
			parts.push({
				glyph: this.bytes.readUInt16BE(cursor + 2),
				x: wide ? this.bytes.readInt16BE(cursor + 4) : this.bytes.readInt8(cursor + 4),
				y: wide ? this.bytes.readInt16BE(cursor + 6) : this.bytes.readInt8(cursor + 5),
			});
			cursor += wide ? 8 : 6;
			more = (flags & 0b100000) !== 0;
		}
		return parts;
	}

	contours(glyph: number): Contour[] {
		const at = this.outline(glyph);
		const count = at === undefined ? 0 : this.bytes.readInt16BE(at);
		if (at === undefined || count <= 0) return [];
		const ends = Array.from({ length: count }, (_, index) =>
			this.bytes.readUInt16BE(at + 10 + index * 2),
		);
		const total = ends[count - 1]! + 1;
		let cursor = at + 10 + count * 2;
		cursor += 2 + this.bytes.readUInt16BE(cursor);
		const flags: number[] = [];
		while (flags.length < total) {
			const flag = this.bytes[cursor++]!;
			const repeats = (flag & 8) !== 0 ? this.bytes[cursor++]! : 0;
			for (let times = 0; times <= repeats; times += 1) flags.push(flag);
		}
		const coordinates = (short: number, same: number): number[] => {
			let value = 0;
			return flags.map((flag) => {
				if ((flag & short) !== 0)
					value += (flag & same) !== 0 ? this.bytes[cursor++]! : -this.bytes[cursor++]!;
				else if ((flag & same) === 0) {
					value += this.bytes.readInt16BE(cursor);
					cursor += 2;
				}
				return value;
			});
		};
		const xs = coordinates(2, 16);
		const ys = coordinates(4, 32);
		const points = flags.map((flag, index): Point => ({
			x: xs[index]!,
			y: ys[index]!,
			on: (flag & 1) !== 0,
		}));
		return ends.map((end, index) => points.slice(index === 0 ? 0 : ends[index - 1]! + 1, end + 1));
	}

	private table(name: string): number {
		const at = this.tables.get(name);
		if (at === undefined) throw new Error(`The font has no table ${name}`);
		return at;
	}

	private characterMap(): number {
		const cmap = this.table('cmap');
		for (let index = 0; index < this.bytes.readUInt16BE(cmap + 2); index += 1) {
			const at = cmap + this.bytes.readUInt32BE(cmap + 4 + index * 8 + 4);
			if (this.bytes.readUInt16BE(at) === 4) return at;
		}
		throw new Error('The font has no character map of format 4');
	}

	/** Where a glyph's outline is; undefined for one without, like the space. */
	private outline(glyph: number): number | undefined {
		const long = this.bytes.readInt16BE(this.table('head') + 50) === 1;
		const loca = this.table('loca');
		const offset = (index: number): number =>
			long
				? this.bytes.readUInt32BE(loca + index * 4)
				: this.bytes.readUInt16BE(loca + index * 2) * 2;
		return offset(glyph) === offset(glyph + 1) ? undefined : this.table('glyf') + offset(glyph);
	}
}
