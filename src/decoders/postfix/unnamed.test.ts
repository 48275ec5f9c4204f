import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { contentOf, recordedCases } from '../../../test/support/recordings.ts';
import { epochMs } from '../../core/time.ts';
import type { WatchEvent } from '../../events/event.ts';
import { decoderOf } from '../syslog/find-program.ts';
import { PROGRAMS } from '../syslog/programs.ts';
import type { SyslogMeta } from '../syslog-contract.ts';
import { unnamedDecoder } from './unnamed.ts';

const LINE = / (postfix\/(?:\w+\/)?(\w+))\[(\d+)\]: (.*)$/;
const ref = { source: 0, offset: 0, length: 1, next: null };

/** What a line comes to; the daemon's name apart, which for agents of one kind is not always to be told. */
function said(program: string, text: string): string[] {
  const found: WatchEvent[] = [];
  const meta: SyslogMeta = { time: epochMs(0), host: 'mx1', program, pid: 9, ref, lineHash: 1 };
  const verdict = decoderOf(PROGRAMS, program)?.decode(text, meta, event => found.push(event)).tag ?? 'none';
  return [verdict, ...found.map(event => JSON.stringify({ ...event, program: '' }))];
}

test('without the name of the daemon every recorded line of Postfix says the same', () => {
  let read = 0;
  const cases = recordedCases().filter(({ name }) => /an1009-.*fires|filter-reinjection|bounces-and-queue/.test(name));
  for (const { folder } of cases) {
    if (!existsSync(`${folder}/mail.log.gz`)) continue;
    for (const line of contentOf(`${folder}/mail.log.gz`).toString('latin1').split('\n')) {
      const match = LINE.exec(line);
      const text = match?.[4] ?? '';
      const named = match === null ? ['none'] : said(match[1] as string, text);
      if (named[0] !== 'emit') continue;
      read += 1;
      assert.deepEqual(said('postfix', text), named, line);
      assert.deepEqual(said('postfix', ` ${text}`), named, line);
    }
  }
  assert.ok(read > 10_000, `${read} lines`);
});

test('a line that no daemon says is no event, and no text throws', () => {
  assert.equal(unnamedDecoder.programs[0], 'postfix');
  for (const text of ['', ' ', ': ', 'ABCDEF0123: ', 'ABCDEF0123: to=<', 'ABCDEF0123: to=<a>, relay=', 'table changed'])
    assert.deepEqual(said('postfix', text).slice(1), [], text);
});
