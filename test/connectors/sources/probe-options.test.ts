import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import connector from '../../../connectors/sources/probe/probe.ts';
import { config, database, folder, QUICK, type Target } from '../../support/probe-servers.ts';

describe('options', () => {
  const problems = (target: Target, rest: Target = {}): string => {
    const result = connector.options.safeParse({
      title: 'Đo',
      targets: [{ database, name: 'Cổng', ...target }],
      ...rest,
    });
    return result.error?.issues.map((issue) => issue.message).join('; ') ?? '';
  };
  const url = 'https://csdl.example/';

  test('what is right, and which hosts it names', () => {
    const targets = [
      { database, name: 'Cổng', url },
      { database, name: 'TP.HCM', url: 'http://CSDL.example:8080' },
      { database, name: 'Trục', tls: '[2001:db8::1]:443', ca: 'ca.pem' },
      { database, name: 'C12', tcp: 'c12.example:5432' },
    ];
    const options = connector.options.parse({ title: 'Đo', targets, control: '192.0.2.1:53' });
    expect(connector.hosts?.(options)).toEqual([
      'csdl.example:443',
      'csdl.example:8080',
      '[2001:db8::1]:443',
      'c12.example:5432',
      '192.0.2.1:53',
    ]);
    expect(connector.check?.(options, folder)).toBeNull();
    expect(connector.check?.(options, '/nowhere')).toBe('there is no file ca.pem');
  });

  test.each<[Target, string]>([
    [{}, 'give one of'],
    [{ url, tcp: 'a.example:1' }, 'give one of'],
    [{ url: 'ftp://csdl.example' }, 'must begin with http'],
    [{ url: 'file:///etc/passwd' }, 'must begin with http'],
    [{ url: 'https://ai:mat-khau@csdl.example' }, 'must not hold a user'],
    [{ url: 'khong phai' }, 'is no URL'],
    [{ tcp: 'csdl.example' }, 'host:port'],
    [{ tcp: 'csdl.example:0' }, 'port of 1'],
    [{ tcp: 'csdl.example:70000' }, 'port of 1'],
    [{ tcp: 'csdl.example:80/../x' }, 'host:port'],
    [{ tcp: '-x.example:80' }, 'host:port'],
    [{ tls: '[zz]:443' }, 'host:port'],
    [{ tcp: 'a.example:1', expect_status: [200] }, 'is for `url` alone'],
    [{ tcp: 'a.example:1', ca: 'ca.pem' }, 'https alone'],
    [{ url, name: 'https://csdl.example' }, 'no address'],
    [{ url, name: 'api.csdl.example' }, 'no address'],
    [{ url, name: 'may chu 10.0.0.1' }, 'no address'],
    [{ url, name: 'may chu fe80::1' }, 'no address'],
    [{ url, name: 'cong :8443' }, 'no address'],
    [{ url, name: 'a\nb' }, 'one line'],
    [{ tcp: 'maychu-noibo:1', name: 'MAYCHU-NOIBO chính' }, 'must not hold the host'],
    [{ url, tries: 0 }, '>=1'],
  ])('wrong: %o', (target, message) => {
    const told = problems(target);
    expect(told).toContain(message);
    expect(told).not.toMatch(/csdl\.example|10\.0\.0\.1|mat-khau|maychu/i);
  });

  test('the example of the README is right', () => {
    const text = readFileSync(new URL('../../../connectors/sources/probe/README.md', import.meta.url), 'utf8');
    const example = parse(/```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '') as { sources: { options: unknown }[] };
    const known = new Set(config.databases.map((d) => d.database_id));
    for (const one of connector.options.parse(example.sources[0]?.options).targets)
      expect(known).toContain(one.database);
  });

  test('two targets of one name', () => {
    const targets = [
      { ...QUICK, url },
      { ...QUICK, url },
    ];
    expect(connector.options.safeParse({ title: 'Đo', targets }).success).toBe(false);
  });
});
