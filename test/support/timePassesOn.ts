import type { Nas } from '../../simulator';
import { whenPausing } from './pauses';

/** A pause of the node is time on the clocks of the NAS and of n8n. */
export function timePassesOn(nas: Nas, afterPause: () => void = () => {}): void {
	jest.spyOn(Date, 'now').mockImplementation(() => nas.clock.now());
	whenPausing((milliseconds) => {
		nas.advance(milliseconds);
		afterPause();
	});
}
