import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { specimen } from '../../test/unit/examples/specimenTasks';
import { draw } from '../../test/unit/examples/drawing';

/** Draws the picture of the documentation: `npx tsx examples/backup-calendar/specimen.ts [FILE] [NUMBER OF TASKS]`. */
const file = process.argv[2] ?? join(__dirname, '../../docs/images/backup-calendar.png');
const begun = Date.now();
const drawn = draw(
	specimen(
		Number(process.argv[3] ?? 9),
		DateTime.fromISO('2026-11-24T07:00', { zone: 'Europe/Berlin' }),
	),
);
writeFileSync(file, drawn.file);
process.stdout.write(
	`${file}: ${drawn.png.width} x ${drawn.png.height}, ${drawn.file.length} bytes, ${Date.now() - begun} ms\n${drawn.subject}\n${drawn.html}\n`,
);
