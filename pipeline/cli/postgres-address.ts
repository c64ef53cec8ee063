/**
 * A server as the command line names it: postgresql://USER@HOST[:PORT]/DATABASE[?schema=NAME&table=NAME&tls=off]. The password
 * comes from the environment: an address stands in the list of processes for all to read.
 */
import { EXIT, Fault } from '../../config/fault.ts';
import type { PostgresSetting } from '../../config/schema/postgres.ts';
import { urlOf } from '../../config/url-of.ts';

export const isAddress = (text: string): boolean => /^postgres(ql)?:\/\//i.test(text);

/** @throws Fault `usage/bad-address` */
export function addressOf(text: string, password: string | undefined): PostgresSetting {
  const bad = (message: string): Fault =>
    new Fault('usage/bad-address', message, {
      exit: EXIT.usage,
      hint: 'postgresql://USER@HOST[:PORT]/DATABASE[?schema=NAME&tls=off], password in PGPASSWORD',
    });
  const url = urlOf(text);
  if (url === null) throw bad('the address of the server cannot be read');
  if (url.password !== '') throw bad('a password does not belong in an address');
  const decoded = (part: string): string => {
    try {
      return decodeURIComponent(part);
    } catch {
      throw bad('the address holds a % that encodes nothing');
    }
  };
  const database = decoded(url.pathname.slice(1));
  if (url.hostname === '' || url.username === '' || database === '')
    throw bad('the address names no host, user or database');
  const schema = url.searchParams.get('schema');
  return {
    host: url.hostname,
    port: url.port === '' ? 5432 : Number(url.port),
    database,
    user: decoded(url.username),
    tls: url.searchParams.get('tls') !== 'off',
    ...(schema === null ? {} : { schema }),
    ...(password === undefined ? {} : { password }),
  };
}

/** The table an address names, for the verbs that compare tables. */
export function tableOfAddress(text: string): string | null {
  return urlOf(text)?.searchParams.get('table') ?? null;
}
