/** csdl verify: whether a publication is what was published, and signed by whom it should be. */
import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { EXIT } from '../../../config/fault.ts';
import type { Edition } from '../../../config/schema/publication.ts';
import { publicKey } from '../../signature.ts';
import { verifyPublication } from '../../verify.ts';
import type { Verb } from '../command.ts';
import { editionOption } from '../options.ts';
import { printJson, table } from '../output.ts';
import { publishedDatabase } from '../published.ts';
import { visible } from '../visible.ts';

export const verify: Verb = {
  name: 'verify',
  summary: 'check that a publication is intact: every file, nothing missing or added, and its signature',
  examples: [
    'csdl verify                                   # what readers see now',
    'csdl verify --key csdl.pub',
    'csdl verify /media/usb/2026-06-29_20260629T160000000Z-12 --key csdl.pub --json',
  ],
  declare(command) {
    command
      .argument('[publication]', 'folder of a publication (default: the current one of --out)')
      .option('--key <file>', 'public key (PEM) that must have signed it')
      .addOption(editionOption());
  },
  async run({ effects, options }, [named], flags) {
    const key = flags.key === undefined ? null : publicKey(String(flags.key));
    // What `current` points to now, so that a night that ends meanwhile is not mixed in.
    const folder = named ?? dirname(realpathSync(publishedDatabase(options.out, flags.edition as Edition)));
    const verified = verifyPublication(folder, key);
    const { intact, files, signature, run_id, as_of, edition } = verified;
    if (options.json) printJson(effects, verified);
    else {
      const wrong = files.filter(({ state }) => state !== 'ok');
      if (wrong.length > 0) effects.stdout(`${table(wrong.map(({ state, path }) => ({ state, path })))}\n\n`);
      effects.stdout(
        `${visible(`${folder}: run ${run_id}, as of ${as_of}, edition ${edition}`)}\n` +
          `Files:     ${files.length - wrong.length} of ${files.length} as they were written\n` +
          `Signature: ${SAID[signature.state]}${signature.key_id === null ? '' : ` (key ${signature.key_id})`}\n` +
          `${intact ? 'Intact.' : 'NOT INTACT.'}\n`,
      );
    }
    return intact ? EXIT.ok : EXIT.gate;
  },
};

const SAID: Readonly<Record<ReturnType<typeof verifyPublication>['signature']['state'], string>> = {
  valid: 'valid, by the key given',
  invalid: 'DOES NOT FIT the manifest',
  other_key: 'by ANOTHER key than the one given',
  missing: 'MISSING',
  unreadable: 'CANNOT BE READ',
  not_checked: 'there is one; --key PUBLIC checks it',
  unsigned: 'none',
};
