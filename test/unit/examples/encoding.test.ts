import { inflateRawSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { partOf } from './codeNode';

const deflate = partOf<(data: Uint8Array) => Uint8Array>('Draw', 'deflate');
const zlib = partOf<(data: Uint8Array) => Uint8Array>('Draw', 'zlib');
const codeLengths = partOf<(counts: number[], longest: number) => number[]>('Draw', 'codeLengths');
const png = partOf<(canvas: { width: number; height: number; pixels: Int32Array }) => Uint8Array>(
	'Draw',
	'png',
);

describe('the deflate of the calendar, read by zlib', () => {
	test('what goes in comes out: any bytes, with any repetitions', () => {
		const runs = fc.array(
			fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 200 })),
			{ maxLength: 12 },
		);
		fc.assert(
			fc.property(runs, (given) => {
				const data = Buffer.concat(
					given.flatMap(([bytes, times]) => Array.from({ length: times }, () => bytes)),
				);
				expect(inflateRawSync(deflate(data)).equals(data)).toBe(true);
				expect(inflateSync(zlib(data)).equals(data)).toBe(true);
			}),
			{ numRuns: 150 },
		);
	});

	test('nothing, one byte, one byte many times, and repetitions just inside and just outside of the window', () => {
		const noise = Buffer.from(
			Array.from({ length: 40_000 }, (_, index) => (Math.imul(index, 2654435761) >>> 13) & 255),
		);
		for (const data of [
			Buffer.alloc(0),
			Buffer.from([7]),
			Buffer.alloc(300_000, 3),
			Buffer.concat([noise.subarray(0, 32_768), noise.subarray(0, 500)]),
			Buffer.concat([noise.subarray(0, 32_769), noise.subarray(0, 500)]),
		]) {
			expect(inflateRawSync(deflate(data)).equals(data)).toBe(true);
		}
	});

	test('repetitions cost next to nothing', () => {
		expect(deflate(Buffer.alloc(1_000_000)).length).toBeLessThan(2000);
	});

	test('codes stay within the lengths that are allowed, however uneven the counts are', () => {
		const uneven = Array.from({ length: 30 }, (_, index) => 2 ** index);
		const lengths = codeLengths(uneven, 15);
		expect(Math.max(...lengths)).toBeLessThanOrEqual(15);
		expect(lengths.reduce((sum, length) => sum + 2 ** -length, 0)).toBe(1);
	});
});

describe('the PNG of the calendar, read by pngjs', () => {
	test('pixel by pixel', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 40 }),
				fc.integer({ min: 1, max: 40 }),
				fc.array(fc.integer({ min: 0, max: 0xffffff }), { minLength: 1, maxLength: 200 }),
				(width, height, colours) => {
					const pixels = Int32Array.from(
						{ length: width * height },
						(_, at) => colours[(at * 7 + (at >> 3)) % colours.length]!,
					);
					const { data, ...read } = PNG.sync.read(Buffer.from(png({ width, height, pixels })));
					expect(read).toMatchObject({ width, height });
					expect(Array.from(pixels, (_, at) => data.readUIntBE(at * 4, 3))).toEqual([...pixels]);
				},
			),
			{ numRuns: 100 },
		);
	});

	test('more than 256 colours: the rest become the nearest', () => {
		const pixels = Int32Array.from({ length: 400 }, (_, at) => at * 0x000100);
		const { data } = PNG.sync.read(Buffer.from(png({ width: 20, height: 20, pixels })));
		expect(data.readUIntBE(255 * 4, 3)).toBe(255 * 0x100);
		expect(data.readUIntBE(399 * 4, 3)).not.toBe(0);
	});
});
