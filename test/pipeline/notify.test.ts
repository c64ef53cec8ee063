/** What a night tells, to whom, and that nothing of it can change how the night ended. Real servers for HTTP and SMTP. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../config/package-root.ts';
import { signature } from '../../connectors/http/sign.ts';
import { csdl } from '../support/cli.ts';
import { httpServer } from '../support/loopback.ts';
import { clockFrom, FACTS, fact, inFile, ndjson, type Project } from '../support/project.ts';
import { smtpServer } from '../support/smtp-server.ts';
import { authority, environment, PASSWORD, SECRET, told } from '../support/told-project.ts';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: what settings name, not JavaScript

interface Posted {
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

let hour = 1;
/** A night, an hour after the one before it. */
const run = (project: Project, ...more: string[]) =>
  csdl(['run', '--config', project.config, '--out', project.out, '--log-format', 'json', ...more], {
    environment,
    now: clockFrom(`2026-07-01T${String(hour++).padStart(2, '0')}:00:00Z`),
  });
const record = (project: Project) =>
  (JSON.parse(readFileSync(join(project.out, 'notifications.json'), 'utf8')) as { recipients: Record<string, unknown> })
    .recipients;

describe('after a night', () => {
  const posted: Posted[] = [];
  const mails: string[] = [];
  let recorded: Record<string, unknown> = {};
  let exits: number[] = [];
  const findings: { noiBo: string[]; chiaSe: string[] } = { noiBo: [], chiaSe: [] };

  beforeAll(async () => {
    const hook = await httpServer((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => {
        body += piece.toString('utf8');
      });
      request.on('end', () => {
        posted.push({ headers: request.headers, body });
        response.end('{}');
      });
    });
    const smtp = await smtpServer({ certificate: authority.issue() });
    const project = told(
      `site: https://readiness.example/
smtp: {host: localhost, port: ${smtp.port}, from: csdl@bo.example, user: csdl, password: '\${MAIL_PASSWORD}', ca: ca.pem}
recipients:
  - {id: may, kind: webhook, url: 'http://${hook.host}/csdl?x=1', secret: '\${HOOK_SECRET}'}
  - {id: nguoi, kind: email, to: [a@bo.example, b@bo.example], content: noi_bo}
  - {id: ngoai, kind: email, to: [c@bo.example], content: chia_se, on: [level, critical]}
`,
    );
    const first = await run(project, '--as-of', '2026-06-29');
    // The next day another level, and the edition that may leave the house.
    project.write({ 'publication.yaml': "iri_base: 'urn:csdl-readiness:'\neditions: [noi_bo, chia_se]\n" });
    const better = [...FACTS, fact('ho-so-ba', 'data.created', { state: 'substantial' })];
    project.write({ 'nguon-mot.ndjson': ndjson(better, { id: 'van-ban-2', stated_at: '2026-06-30' }) });
    const next = await run(project, '--as-of', '2026-06-30');
    const severe = "SELECT text FROM finding WHERE severity = 'error'";
    findings.noiBo = (await project.query(severe)).map(({ text }) => String(text));
    const edition = join(project.out, 'chia_se', 'csdl.duckdb');
    findings.chiaSe = (await inFile(edition, (file) => file.anyRows(severe))).map(({ text }) => String(text));
    // And a night whose required source is gone.
    rmSync(join(project.config, 'nguon-mot.ndjson'));
    const withheld = await run(project, '--as-of', '2026-07-01');
    exits = [first, next, withheld].map(({ exit }) => exit);
    mails.push(...smtp.received.map(({ to, raw }) => `${to.join(' ')}\n${decoded(raw)}`));
    expect(smtp.received.every(({ encrypted, login }) => encrypted && login === `csdl ${PASSWORD}`)).toBe(true);
    recorded = record(project);
  }, 180_000);

  test('the night ends as it would without', () => {
    expect(exits).toEqual([0, 0, 4]);
  });

  test('a level that is another is told once: figures alone by default, by name to who may know', () => {
    const bodies = posted.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    const levels = bodies.filter(({ occasions }) => (occasions as string[]).includes('level'));
    expect(levels).toHaveLength(1);
    expect(levels[0]).toMatchObject({ type: 'csdl-notification/1', outcome: 'published', as_of: '2026-06-30' });
    expect(levels[0]).not.toHaveProperty('levels');
    expect(JSON.stringify(levels[0])).not.toContain('hồ sơ');
    expect(levels[0]?.links).toMatchObject({ overview: 'https://readiness.example/' });
    const inside = mails.find((mail) => mail.startsWith('a@bo.example b@bo.example') && mail.includes('30/6/2026'));
    expect(inside).toContain('Cơ sở dữ liệu hồ sơ ba: mức theo báo cáo từ 1 thành 2');
  });

  test('outside the house: what the edition chia_se shows; of a night without it figures alone', () => {
    const [without = '', with_ = ''] = mails.filter((mail) => mail.startsWith('c@bo.example'));
    expect(without).toContain('29/6/2026');
    expect(without).toMatch(/Số nội dung mới ở mức nghiêm trọng: \d+\n\n/);
    expect(without).not.toContain('hồ sơ');
    expect(with_).toContain('Cơ sở dữ liệu hồ sơ ba: mức theo báo cáo từ 1 thành 2');
    const said = (mail: string): string[] => mail.split('\n').filter((line) => line.startsWith('- '));
    const shown = [...findings.chiaSe, 'mức theo báo cáo'];
    for (const line of said(with_))
      expect(
        shown.some((text) => line.includes(text)),
        line,
      ).toBe(true);
    expect(findings.noiBo.length).toBeGreaterThan(0);
  });

  test('a night that was withheld is told with its reason inside the house, and without it outside', () => {
    const last = JSON.parse(posted.at(-1)?.body ?? '{}') as Record<string, unknown>;
    expect(last).toMatchObject({ outcome: 'withheld', as_of: '2026-07-01', occasions: ['withheld'] });
    expect(JSON.stringify(last)).not.toContain('nguon-mot');
    const inside = mails.find((mail) => mail.includes('1/7/2026'));
    expect(inside).toContain('only 0 of 1 required sources answered (failed: nguon-mot)');
    expect(mails.filter((mail) => mail.startsWith('c@') && mail.includes('1/7/2026'))).toEqual([]);
  });

  test('a webhook is signed with method, target, host, time and body', () => {
    const { headers, body } = posted.at(-1) ?? { headers: {}, body: '' };
    const found = /^CSDL-HMAC-SHA256 key_id="csdl", timestamp="(\d+)", signature="([0-9a-f]{64})"$/.exec(
      String(headers.authorization),
    );
    const sent = {
      method: 'POST',
      target: '/csdl?x=1',
      host: String(headers.host),
      timestamp: Number(found?.[1]),
      body,
    };
    expect(found?.[2]).toBe(signature(SECRET, sent));
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });

  test('what became of each message is recorded', () => {
    expect(recorded).toMatchObject({ may: { state: 'sent' }, nguoi: { state: 'sent' }, ngoai: { state: 'sent' } });
    expect(JSON.stringify([recorded, posted.map(({ body }) => body), mails])).not.toMatch(`${SECRET}|${PASSWORD}`);
  });
});

test('a night that fails is told, though a secret of its sources is missing; nobody twice; who cannot be told changes nothing', async () => {
  const bodies: string[] = [];
  const hook = await httpServer((request, response) => {
    request.on('data', (piece: Buffer) => bodies.push(piece.toString('utf8'))).on('end', () => response.end());
  });
  const project = told(
    `recipients:
  - {id: may, kind: webhook, url: 'http://${hook.host}/', secret: '\${HOOK_SECRET}'}
  - {id: tat, kind: webhook, url: 'http://127.0.0.1:1/', secret: '\${HOOK_SECRET}'}
`,
  );
  const path = join(project.config, 'sources.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('path: nguon-mot.ndjson', "path: '${NOT_SET}'"));
  mkdirSync(project.out);
  const said = await run(project);
  expect(said.exit).toBe(2);
  // The same once more: who was told is not told again.
  expect((await run(project)).exit).toBe(2);
  expect(bodies).toHaveLength(1);
  expect(JSON.parse(bodies[0] ?? '{}')).toMatchObject({
    outcome: 'failed',
    code: 'config/invalid',
    as_of: '2026-06-29',
  });
  const lines = said.stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toContainEqual(
    expect.objectContaining({ event: 'notify.failed', recipient: 'tat', code: 'source/connection-refused', run: null }),
  );
  expect(lines.at(-1)).toMatchObject({ event: 'fault', level: 'error', code: 'config/invalid' });
  // Who was not told is seen by the doctor once the settings are right again.
  writeFileSync(path, readFileSync(path, 'utf8').replace('${NOT_SET}', 'nguon-mot.ndjson'));
  expect(record(project)).toMatchObject({ may: { state: 'sent' }, tat: { state: 'failed' } });
  const doctor = await csdl(['doctor', '--config', project.config, '--out', project.out], { environment });
  expect(doctor.stdout).toContain('ACTION  notify tat: source/connection-refused');
});

test('the English words stand under the keys of the Vietnamese ones, with the same places', () => {
  const shape = (name: string): string[] => {
    const walk = (node: unknown, path: string): string[] =>
      typeof node === 'string'
        ? [`${path} ${(node.match(/\{\w+\}/g) ?? []).sort().join('')}`]
        : Object.entries(node as object).flatMap(([key, child]) => walk(child, `${path}.${key}`));
    return walk(parse(readFileSync(join(packageRoot, 'config/labels', name), 'utf8')), '').sort();
  };
  expect(shape('en-notify.yaml')).toEqual(shape('vi-notify.yaml'));
});

/** The text of a mail that is sent in base64 or quoted-printable. */
function decoded(raw: string): string {
  const [head = '', ...rest] = raw.split('\n\n');
  const body = rest.join('\n\n');
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  const bytes = body
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above
