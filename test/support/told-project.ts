/** A project whose nights are told to somebody: settings of notifications, an authority of its own, and secrets by name. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Authority } from './certificates.ts';
import { Project } from './project.ts';

export const SECRET = 'a-secret-of-the-hook-0123';
export const PASSWORD = 'pass-word-of-the-mail';
/** What `${HOOK_SECRET}` and `${MAIL_PASSWORD}` of the settings stand for. */
export const environment = { HOOK_SECRET: SECRET, MAIL_PASSWORD: PASSWORD };
/** Signs the certificates of servers that are believed; stands as `ca.pem` beside the settings. */
export const authority = new Authority();

/** A project with settings of notifications; hosts are declared unless told otherwise. */
export function told(notifications: string, hosts = '[127.0.0.1, localhost]'): Project {
  const project = new Project({ 'notifications.yaml': notifications, 'ca.pem': authority.cert });
  const path = join(project.config, 'sources.yaml');
  writeFileSync(path, `hosts: ${hosts}\n${readFileSync(path, 'utf8')}`);
  return project;
}
