/** csdl serve: the site and the SQL console in a browser, from this machine, read-only. */
import { InvalidArgumentError } from 'commander';
import { EXIT, Fault } from '../../../config/fault.ts';
import { Labels } from '../../../config/labels.ts';
import { loadConfig } from '../../../config/load.ts';
import { outPaths } from '../../paths.ts';
import { ConsoleFiles } from '../../serve/console-files.ts';
import { isLoopback } from '../../serve/hosts.ts';
import { PublicationFiles } from '../../serve/publication-files.ts';
import { startServer } from '../../serve/server.ts';
import type { Verb } from '../command.ts';
import { printJson } from '../output.ts';
import { publishedDatabase } from '../published.ts';

export const serve: Verb = {
  name: 'serve',
  summary: 'the site and a console for SQL in a browser, read-only, for this machine',
  examples: [
    'csdl serve',
    'csdl serve --port 0 --json',
    'csdl serve --host 10.0.0.5 --allow-network --name readiness.ministry.example',
  ],
  declare(command) {
    command
      .option('--host <address>', 'address to listen on', '127.0.0.1')
      .option('--port <n>', 'port; 0 takes any free one', port, 8080)
      .option('--allow-network', 'listen on an address that other machines can reach', false)
      .option('--name <name...>', 'a name under which browsers reach this server, besides its address', []);
  },
  async run({ effects, options, log }, _args, flags) {
    const host = String(flags.host);
    if (!isLoopback(host) && flags.allowNetwork !== true)
      throw new Fault('serve/network-not-allowed', `${host} can be reached from other machines`, {
        exit: EXIT.usage,
        hint: 'whoever reaches it reads the whole publication without signing in; add --allow-network to do so',
      });
    publishedDatabase(options.out);
    const labels = new Labels(loadConfig(options.config, effects.environment).config.labels);
    const paths = outPaths(options.out);
    const files = new ConsoleFiles(labels);
    const console = files.isBuilt ? files : undefined;
    if (console === undefined) log.warn('serve.no_console', { hint: 'npm run build makes it' });
    const server = await startServer({
      host,
      port: flags.port as number,
      names: (flags.name as string[]).map((name) => name.toLowerCase()),
      served: {
        paths,
        publication: new PublicationFiles(paths),
        console,
        consoleName: labels.text('pages', 'console', 'nav'),
      },
      log,
    });
    const sql = console === undefined ? null : `${server.url}sql/`;
    if (options.json) printJson(effects, { url: server.url, sql });
    else effects.stdout(`Site: ${server.url}\n${sql === null ? '' : `SQL:  ${sql}\n`}Ctrl+C stops.\n`);
    await aborted(effects.signal);
    await server.stop();
    return EXIT.ok;
  },
};

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function port(text: string): number {
  const n = Number(text);
  if (!/^\d{1,5}$/.test(text) || n > 65_535) throw new InvalidArgumentError('write a number from 0 to 65535.');
  return n;
}
