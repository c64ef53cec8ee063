/** csdl keygen: a pair of keys for signing publications. */
import { resolve } from 'node:path';
import { EXIT } from '../../../config/fault.ts';
import { writeKeyPair } from '../../signature.ts';
import type { Verb } from '../command.ts';
import { printJson } from '../output.ts';

export const keygen: Verb = {
  name: 'keygen',
  summary: 'make the pair of keys (Ed25519) by which publications are signed',
  examples: ['csdl keygen --to /etc/csdl/sign.key      # the public half is /etc/csdl/sign.key.pub'],
  declare(command) {
    command.requiredOption('--to <file>', 'file of the private key; readable by its owner alone, never written over');
  },
  async run({ effects, options }, _args, flags) {
    const path = resolve(String(flags.to));
    const key_id = writeKeyPair(path);
    const made = { private: path, public: `${path}.pub`, key_id };
    if (options.json) printJson(effects, made);
    else
      effects.stdout(
        `Private: ${made.private} (keep it from everybody but the user of the nightly run, who owns it; name it under sign.key of publication.yaml)\n` +
          `Public:  ${made.public} (give it to whoever reads; csdl verify --key)\nKey:     ${key_id}\n`,
      );
    return EXIT.ok;
  },
};
