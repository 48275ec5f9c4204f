import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { replay } from './replay.test-support.ts';

/** Records of other projects, read in place: `$WATCHPOST_SAMPLES`, or `shared/data` beside the checkout. */
const samples = process.env.WATCHPOST_SAMPLES ?? join(import.meta.dirname, '../../../../shared/data');
const folder = join(samples, 'laurel');

interface Expected {
  readonly NODE?: string;
  readonly SYSCALL?: { readonly pid: number; readonly ppid: number; readonly comm: string; readonly exe: string };
  readonly EXECVE?: { readonly ARGV: readonly string[] };
}

if (!existsSync(folder))
  test('LAUREL samples agree', { skip: `no samples at ${folder} (WATCHPOST_SAMPLES)` }, () => {});
else {
  for (const name of readdirSync(folder).filter(file => file.startsWith('record-') && file.endsWith('.txt'))) {
    const text = readFileSync(join(folder, name), 'latin1');
    test(`LAUREL ${name}: no record is rejected`, () => {
      const odd = replay(text).verdicts.filter(verdict => verdict.tag === 'reject');
      assert.deepEqual(odd, []);
    });
    const json = join(folder, name.replace('.txt', '.json'));
    if (!existsSync(json)) continue;
    test(`LAUREL ${name}: what becomes an event agrees with the expected one`, () => {
      const expected = JSON.parse(readFileSync(json, 'utf8').split('\n')[0] ?? '') as Expected;
      const event = replay(text).events[0];
      if (event === undefined || !('actor' in event) || expected.SYSCALL === undefined) return;
      const { pid, ppid, comm, exe } = event.actor;
      assert.deepEqual(
        { pid, ppid, comm, exe },
        {
          pid: expected.SYSCALL.pid,
          ppid: expected.SYSCALL.ppid,
          comm: expected.SYSCALL.comm,
          exe: expected.SYSCALL.exe,
        },
      );
      if (expected.NODE !== undefined) assert.equal(event.host, expected.NODE);
      if (event.kind === 'process.started' && expected.EXECVE !== undefined) {
        const most = expected.EXECVE.ARGV.slice(0, event.argv.length);
        assert.deepEqual(
          event.argv.map(word => word.slice(0, 4096)),
          most.map(word => word.slice(0, 4096)),
        );
      }
    });
  }
}
