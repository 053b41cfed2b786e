import { demoTasks, type DsmVersion, type NasOptions } from '../../../simulator';
import { closeAll, givenNas } from '../../../testing/nas';
import { idsOf, probed, type Settings } from './support/probing';

afterEach(closeAll);

const NOW = Date.UTC(2026, 10, 24, 8);

async function probing(options: NasOptions = {}, settings?: Settings) {
	const { nas } = await givenNas({ tasks: demoTasks(NOW), ...options });
	return { nas, ...(await probed(nas, settings)) };
}

test('x', async () => {
	for (const [n, o] of Object.entries({
		d62: { dsm: '6.2' as DsmVersion },
		d70: { dsm: '7.0' as DsmVersion },
		d72: { dsm: '7.2' as DsmVersion },
		d74: { dsm: '7.4' as DsmVersion },
		doc: { dialect: 'documented' as const },
		vaultOnly: { hyperBackup: 'missing' as const, vault: { targets: [{ id: 1, name: 'b', lastBackupAt: NOW, usedSize: 3 }] } },
		none: { hyperBackup: 'missing' as const },
		restricted: { accounts: [{ name: 'backup-operator', password: 'correct horse & battery+staple%', administrator: false }] },
		lenient: { lenientQuoting: true },
		token103: { tokenErrorCode: 103 as const },
		drop: { dropTokenHeader: true },
		quoted: { unknowns: { quotedFilterLevel: 'refuse' as const, unknownTaskCode: 4401, canceledCompleteTime: 'time' as const } },
		empty: { tasks: [] },
	})) {
		const r = await probing(o, { mayReachDestinations: true });
		console.log(n, r.said.at(-3), r.said.at(-1), JSON.stringify({ differs: idsOf(r, 'differs').map((i) => [i, r.notes[i]]), ns: idsOf(r, 'not shown here').map((i) => [i, r.notes[i]]), no: idsOf(r, 'not offered here') , obs: idsOf(r, 'observed').map((i) => [i, r.notes[i]])}));
	}
});
