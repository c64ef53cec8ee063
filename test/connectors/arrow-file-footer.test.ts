/** A file found by fuzzing: its schema stands in the index alone, which leads to a dictionary of millions of made-up columns. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { arrowBatches } from '../../connectors/sources/sync-log/arrow-frames.ts';
import { temporaryFolder } from '../support/folders.ts';

const FILE =
  'eNq9VbFu1EAQfXtxksWxYAWWOCEXfAKgFJRENCcokKJENBT47gwE0N1xd4gEUeQDorRJgYAiRcoUKdKA7iMQonRBkYJP4LLcjmfPi2MHCpRtnn' +
  'fGM/Pm7ay9tLz84OFNQGutDwCEyFaACNdwBSE8BADq+GPVFIEHCZ8RyGw+6ggg4ZHH5GuYACd4BtVLFVA6PlHIU2aPmxmafo7O6EdV9nOZuEvu' +
  'WUxfKe9L/GNfsgItf1ESY/J1Xw//az/yXPo5X87O8kqoiwK6a/PtvV8fJo7Nbz3x0eCtnTnC7c8LBtP2ffKno1fkT6Nd8qfrX8jvT4mV44W/7F' +
  'HBTVTIXquwG6nttQkQ4iIUCWhlfsTq9FgbK+kRo73e3xlHhWu4L8rtlus6E1OMx+x7N9ba474bNeCHAN4LoCEAJYCvk9q7AB7z2f0ca72Yj4xg' +
  'XrNmPwegn8SDbiczpmOtJcLpqKjCGB6PSRNx3TyfaF3IWTP7eQDNuPXiZfcpGaOTPCbSeUzEMXYc+8nzpDVM2rbWCsfdMc9nxMWtVtJz4racuC' +
  '1dztHoMkg6QxszcmJGp2v5ttaTtc7a4Fle61AbvbITMzOwunIXCnV4WKBLaSZHndbej1inwTDuW+pmsnzWvZjzYPIrueHkYZxVPHtv4g0yfCI+' +
  'anp+gTP3ezo/B4UIEpdwlbgq4rhYkj/k+9Fu2m+BR9pJyp7XkPQJmbezQjVuzwBL9Cv8Dck0nv4=';

test('what the index of a file leads to is not read before it was looked at', async () => {
  const bytes = inflateSync(Buffer.from(FILE, 'base64'));
  const path = join(temporaryFolder(), 'x.arrow');
  writeFileSync(path, bytes);
  const from = process.cpuUsage();
  const read = async (): Promise<number> => {
    let rows = 0;
    for await (const batch of arrowBatches({ path, name: 'x.arrow', size: bytes.length })) rows += batch.numRows;
    return rows;
  };
  await expect(read()).rejects.toMatchObject({ code: 'source/unreadable-log' });
  // It took five seconds of the processor, and gigabytes.
  expect(process.cpuUsage(from).user / 1000).toBeLessThan(2_000);
});
