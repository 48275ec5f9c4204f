import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Alert } from '../../events/alert.ts';
import { HostLog, MINUTE } from './host-log.test-support.ts';
import { scanLog } from './stories.test-support.ts';

/** Rules that keep working directories out of the log (`-a never,exclude -F msgtype=CWD`): names in arguments lead nowhere by themselves. */
async function told(line: string, reads: string): Promise<readonly Alert[]> {
  const log = new HostLog();
  const { path } = log.deliver({ to: 'clerk' });
  const client = log.desktop('clerk').run('/usr/bin/thunderbird');
  client.read(path);
  client.write('/home/clerk/Downloads/report.dat');
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  shell.write('/home/clerk/notes.txt');
  shell.run(line, { cwd: '/home/clerk/Downloads' }).read(reads).connect('203.0.113.66', 443);
  const kept = log.records.lines.filter(each => !each.startsWith('type=CWD'));
  log.records.lines.splice(0, log.records.lines.length, ...kept);
  return (await scanLog(log)).filter(each => each.analytic === 'AN0656');
}
const ran = async (line: string, reads: string): Promise<readonly string[]> =>
  (await told(line, reads)).map(each => each.severity);

const PYTHON = '/usr/bin/python3';
const SAVED = '/home/clerk/Downloads/report.dat';

test('an interpreter that reads what its arguments call by a part of its name runs it', async () => {
  assert.deepEqual(await ran(`${PYTHON} report.dat`, SAVED), ['high']);
  assert.deepEqual(await ran(`${PYTHON} ./report.dat`, SAVED), ['high']);
});

test('that it is this file is inferred: another may bear the name', async () => {
  const [alert] = await told(`${PYTHON} report.dat`, SAVED);
  const runs = alert?.links.filter(link => link.kind === 'execution').map(link => link.strength);
  assert.deepEqual(runs, ['inferred']);
});

test('a script that reads it as its input does not', async () => {
  assert.deepEqual(await ran(`${PYTHON} sums.py report.dat`, SAVED), []);
  assert.deepEqual(await ran(`${PYTHON} data-report.dat`, SAVED), []);
});
