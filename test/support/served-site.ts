/** One night for all browser tests, as files and as `csdl serve` gives it. Rule: made once, before the first file; read only. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { asset } from '../../config/package-root.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The output folder of the night, and where it is served. */
    night: { out: string; url: string };
  }
}

export default async function serveNight(project: TestProject): Promise<() => void> {
  const out = mkdtempSync(join(tmpdir(), 'csdl-browser-'));
  const main = asset('dist', 'pipeline', 'cli', 'main.js');
  execFileSync(process.execPath, [main, 'run', '--out', out, '--quiet']);
  const server = spawn(process.execPath, [main, 'serve', '--out', out, '--port', '0', '--json']);
  const { url } = await new Promise<{ url: string }>((resolve, reject) => {
    server.stdout.once('data', (data: Buffer) => resolve(JSON.parse(data.toString()) as { url: string }));
    server.once('exit', (code) => reject(new Error(`csdl serve ended with ${code}`)));
  });
  project.provide('night', { out, url });
  return () => {
    server.removeAllListeners('exit');
    server.kill('SIGTERM');
    rmSync(out, { recursive: true, force: true });
  };
}
