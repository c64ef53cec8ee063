/** csdl verify: whether a publication is what was published, and signed by whom it should be. */
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, type ExitCode } from '../../../config/fault.ts';
import type { Edition } from '../../../config/schema/publication.ts';
import { isThere } from '../../../config/system-fault.ts';
import { BACKUP_LIST } from '../../backup.ts';
import { verifyBackup } from '../../restore.ts';
import { publicKey } from '../../signature.ts';
import { verifyPublication } from '../../verify.ts';
import type { Verb } from '../command.ts';
import type { Context } from '../context.ts';
import { editionOption } from '../options.ts';
import { printJson, table } from '../output.ts';
import { publishedDatabase } from '../published.ts';
import { visible } from '../visible.ts';

export const verify: Verb = {
  name: 'verify',
  summary: 'check that a publication (every file, nothing missing or added, its signature) or a backup is intact',
  examples: [
    'csdl verify                                   # what readers see now',
    'csdl verify --key csdl.pub',
    'csdl verify /backup/csdl/2026-06-29           # what csdl backup made',
    'csdl verify /media/usb/2026-06-29_20260629T160000000Z-12 --key csdl.pub --json',
  ],
  declare(command) {
    command
      .argument('[publication]', 'folder of a publication or of a backup (default: the current publication of --out)')
      .option('--key <file>', 'public key (PEM) that must have signed it')
      .addOption(editionOption());
  },
  async run({ effects, options }, [named], flags) {
    const key = flags.key === undefined ? null : publicKey(String(flags.key));
    // What `current` points to now, so that a night that ends meanwhile is not mixed in.
    const folder = named ?? dirname(realpathSync(publishedDatabase(options.out, flags.edition as Edition)));
    if (isThere(join(folder, BACKUP_LIST))) return sayBackup({ effects, options }, folder);
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

function sayBackup({ effects, options }: Pick<Context, 'effects' | 'options'>, folder: string): ExitCode {
  const { made_at, published, files } = verifyBackup(folder);
  const count = Object.keys(files).length;
  if (options.json) printJson(effects, { folder, made_at, published, files: count, intact: true });
  else
    effects.stdout(
      `${visible(`${folder}: a backup of ${made_at}, publication ${published.noi_bo ?? '(none)'}`)}\nFiles:     ${count} of ${count} as they were written\nIntact.\n`,
    );
  return EXIT.ok;
}

const SAID: Readonly<Record<ReturnType<typeof verifyPublication>['signature']['state'], string>> = {
  valid: 'valid, by the key given',
  invalid: 'DOES NOT FIT the manifest',
  other_key: 'by ANOTHER key than the one given',
  missing: 'MISSING',
  unreadable: 'CANNOT BE READ',
  not_checked: 'there is one; --key PUBLIC checks it',
  unsigned: 'none',
};
