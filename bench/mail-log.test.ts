import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { scanFolder } from '../src/analytics/an0656-phishing-attachment-executed/stories.test-support.ts';
import { writeMailLog } from './mail-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'watchpost-mail-log-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('every message of a generated mail log is read, and the same options give the same bytes', async () => {
  const path = join(folder, 'mail.log');
  const facts = writeMailLog(path, { messages: 2500, mailboxes: 40, seed: 7 });
  const first = readFileSync(path);
  assert.equal(facts.bytes, first.length);
  assert.equal(first.toString().split('\n').length - 1, facts.lines);
  const { sources, mailboxes } = await scanFolder(folder);
  assert.deepEqual(
    sources.map(({ format, lines, rejected }) => [format, lines, rejected.size]),
    [['syslog', facts.lines, 0]],
  );
  assert.equal(mailboxes.length, facts.mailboxes);
  writeMailLog(path, { messages: 2500, mailboxes: 40, seed: 7 });
  assert.ok(first.equals(readFileSync(path)));
});
