/** csdl notify: messages that are tried, shown and refused, against real servers for HTTP and SMTP. */
import { describe, expect, test } from 'vitest';
import { readNotified } from '../../../pipeline/notify/notified.ts';
import { Authority } from '../../support/certificates.ts';
import { csdl, jsonOf } from '../../support/cli.ts';
import { writeInto } from '../../support/folders.ts';
import { httpServer, httpsServer } from '../../support/loopback.ts';
import { smtpServer } from '../../support/smtp-server.ts';
import { authority, environment, told } from '../../support/told-project.ts';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: what settings name, not JavaScript
describe('csdl notify', () => {
  test('--test sends to each, and says who could not be reached and why', async () => {
    const trusted = await smtpServer({ certificate: authority.issue(), refusals: ['451 not now'] });
    const project = told(
      `smtp: {host: 127.0.0.1, port: ${trusted.port}, from: csdl@bo.example, ca: ca.pem}
recipients:
  - {id: nguoi, kind: email, to: [a@bo.example]}
`,
    );
    const said = await csdl(['notify', '--test', '--json', '--config', project.config], { environment });
    expect(jsonOf(said)).toEqual([expect.objectContaining({ recipient: 'nguoi', state: 'sent' })]);
    // Who was reached is no longer among those who could not be told.
    const failed = { state: 'failed', id: '', run_id: null, at: '', code: null, message: null, hint: null };
    writeInto(project.out, { 'notifications.json': JSON.stringify({ recipients: { nguoi: failed, khac: failed } }) });
    await csdl(['notify', '--test', '--config', project.config, '--out', project.out, '-q'], { environment });
    expect(Object.keys(readNotified(project.out))).toEqual(['khac']);
    // "Not now" was tried again.
    expect(trusted.received.map(({ to }) => to)).toEqual([['a@bo.example'], ['a@bo.example']]);
    expect(trusted.accepted()).toBe(3);

    const strange = await smtpServer({ certificate: new Authority('Another').issue() });
    const refused = told(
      `smtp: {host: localhost, port: ${strange.port}, from: csdl@bo.example, ca: ca.pem}
recipients:
  - {id: nguoi, kind: email, to: [a@bo.example]}
`,
    );
    const untold = await csdl(['notify', '--test', '--config', refused.config, '-q'], { environment });
    expect(untold.exit).toBe(1);
    expect(untold.stdout).toContain('notify/no-tls');
    expect(strange.received).toEqual([]);
  });

  test('a redirect of a message is not followed, and over https the certificate is checked', async () => {
    const away = await httpServer((_request, response) => response.writeHead(307, { location: '/there' }).end());
    const secure = await httpsServer(new Authority('Another').issue(), (_request, response) => response.end());
    const project = told(
      `recipients:
  - {id: di, kind: webhook, url: 'http://${away.host}/', secret: '\${HOOK_SECRET}'}
  - {id: la, kind: webhook, url: 'https://localhost:${secure.port}/', secret: '\${HOOK_SECRET}', ca: ca.pem}
`,
    );
    const rows = jsonOf(await csdl(['notify', '--test', '--json', '--config', project.config, '-q'], { environment }));
    expect(rows).toEqual([
      expect.objectContaining({ recipient: 'di', code: 'source/redirect-elsewhere' }),
      expect.objectContaining({ recipient: 'la', code: 'source/certificate-untrusted' }),
    ]);
  });

  test('--dry-run prints and sends nothing; without either flag, or nobody to tell, exit 2', async () => {
    const hook = await httpServer((_request, response) => response.end());
    const project = told(
      `recipients:\n  - {id: may, kind: webhook, url: 'http://${hook.host}/', secret: '\${HOOK_SECRET}'}\n`,
    );
    const flags = ['--config', project.config, '--out', project.out];
    const shown = await csdl(['notify', '--test', '--dry-run', ...flags], { environment });
    expect(shown.stdout).toContain('── may (webhook): CSDL: thư gửi thử');
    expect(hook.accepted()).toBe(0);
    expect((await csdl(['notify', ...flags], { environment })).exit).toBe(2);
    expect((await csdl(['notify', '--dry-run', ...flags], { environment })).stderr).toContain('usage/no-night');
    expect((await csdl(['notify', '--test', '--recipient', 'ai', ...flags], { environment })).exit).toBe(2);
    expect((await csdl(['notify', '--test'])).stderr).toContain('notifications.yaml names nobody');
  });

  test.each([
    [
      'an undeclared host',
      "recipients: [{id: a, kind: webhook, url: 'https://hook.example/', secret: '${HOOK_SECRET}'}]",
      'config/undeclared-host',
    ],
    [
      'http to another machine',
      "recipients: [{id: a, kind: webhook, url: 'http://bo.example/', secret: '${HOOK_SECRET}'}]",
      'config/not-encrypted',
    ],
    [
      'e-mail without a server',
      'recipients: [{id: a, kind: email, to: [a@bo.example]}]',
      'is needed for recipients of kind email',
    ],
    [
      'a header in an address',
      'smtp: {host: bo.example, from: a@bo.example}\nrecipients: [{id: a, kind: email, to: ["a@bo.example\\nBcc: b@bo.example"]}]',
      'must be an address',
    ],
    [
      'a short secret',
      "recipients: [{id: a, kind: webhook, url: 'https://bo.example/', secret: short}]",
      'at least 16',
    ],
  ])('csdl check refuses %s', async (_what, text, words) => {
    const said = await csdl(['check', '--json', '--config', told(text, '[bo.example]').config], { environment });
    expect(said.exit).toBe(2);
    expect(said.stdout).toContain(words);
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above
