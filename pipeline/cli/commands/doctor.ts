/** placeholder */
import { EXIT } from '../../../config/fault.ts';
import type { Verb } from '../command.ts';
export const doctor: Verb = {
  name: 'doctor',
  summary: 'x',
  examples: ['csdl doctor'],
  declare() {},
  async run() {
    return EXIT.ok;
  },
};
