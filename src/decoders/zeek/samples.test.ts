import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { samplesAt } from '../../../test/support/samples.ts';
import { JSON_FORMATS } from '../json-lines/records.ts';
import { decodeText, saidBy, tally } from './replay.test-support.ts';
import { zeekTsvFormat } from './tsv.ts';

const zeekJson = JSON_FORMATS.find(format => format.id === 'zeek-json');
assert.ok(zeekJson !== undefined);
const btest = samplesAt('zeek-btest');
const lnav = samplesAt('lnav');
const apt29 = samplesAt('otrf-security-datasets', 'zeek-apt29-day1');

/** Zeek's own baselines have their times blanked: one a row is put in. */
function timed(path: string): string {
  let second = 1_700_000_000;
  return readFileSync(path, 'latin1').replaceAll('XXXXXXXXXX.XXXXXX', () => `${second++}.250000`);
}

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

test("Zeek's own tests: every row of a log that is used is understood", { skip: btest.skip }, () => {
  const totals: Record<string, number> = {};
  const odd: string[] = [];
  for (const folder of readdirSync(btest.folder)) {
    if (!folder.startsWith('scripts.') || folder.includes('frameworks.logging')) continue;
    for (const name of readdirSync(join(btest.folder, folder))) {
      const text = timed(join(btest.folder, folder, name));
      if (!/^#path\t(?:conn|smtp|dns|ssl|http|files|ftp|notice)$/m.test(text)) continue;
      assert.ok(zeekTsvFormat.recognise(bytes(text).subarray(0, 65_536)) > 0.9, `${folder}/${name}`);
      const counts = tally(decodeText(zeekTsvFormat, bytes(text)).verdicts);
      for (const [reason, count] of Object.entries(counts)) {
        totals[reason] = (totals[reason] ?? 0) + count;
        if (reason.startsWith('reject')) odd.push(`${folder}/${name}: ${reason}`);
      }
    }
  }
  assert.deepEqual(odd, []);
  assert.ok((totals.emit ?? 0) >= 190, JSON.stringify(totals));
});

test("Zeek's own tests: one log in TSV and in JSON says the same", { skip: btest.skip }, () => {
  const pair = join(btest.folder, 'scripts.base.frameworks.logging.json-non-printable-escaping');
  const asTsv = decodeText(zeekTsvFormat, bytes(timed(join(pair, 'http.log.tsv'))));
  const asJson = decodeText(zeekJson, bytes(timed(join(pair, 'http.log.json'))));
  assert.equal(asTsv.events.length, 4);
  assert.deepEqual(saidBy(asJson.events), saidBy(asTsv.events));
});

test("Zeek's own tests: an SMTP transaction and the files in it", { skip: btest.skip }, () => {
  const folder = join(btest.folder, 'scripts.base.protocols.smtp.attachment');
  const mails = decodeText(zeekTsvFormat, bytes(timed(join(folder, 'smtp.log')))).events;
  const files = decodeText(zeekTsvFormat, bytes(timed(join(folder, 'files.log')))).events;
  const [first, second] = mails;
  assert.ok(first?.kind === 'smtp.seen' && second?.kind === 'smtp.seen');
  assert.deepEqual(first.recipients, ['raj_deol2002in@yahoo.co.in']);
  assert.equal(second.recipients.length, 3);
  assert.equal(second.messageId, '<A6202DF2-8E58-4E41-BE0B-C8D3989A4AEE@example.com>');
  const named = files.filter(file => file.kind === 'file.transferred' && first.fileIds.includes(file.fileId));
  assert.equal(named.length, 3);
  const news = named.find(file => file.kind === 'file.transferred' && file.name === 'NEWS.txt');
  assert.ok(news?.kind === 'file.transferred');
  assert.deepEqual([news.sizeBytes, news.type, news.outbound, news.flowId], [10809, 'text/plain', true, first.flowId]);
});

test('logs of Bro, before it was Zeek, are read', { skip: lnav.skip }, () => {
  const conn = decodeText(zeekTsvFormat, readFileSync(join(lnav.folder, 'logfile_bro_conn.log.0')));
  const [flow] = conn.events;
  assert.ok(flow?.kind === 'flow.ended');
  assert.deepEqual(tally(conn.verdicts.filter(verdict => verdict.tag === 'reject')), {});
  const http = decodeText(zeekTsvFormat, readFileSync(join(lnav.folder, 'logfile_bro_http.log.0')));
  assert.ok(http.events.length > 10);
  assert.deepEqual(tally(http.verdicts.filter(verdict => verdict.tag === 'reject')), {});
});

test('JSON of two sensors with underscored ids: every record has its place', { skip: apt29.skip }, () => {
  const { events, verdicts } = decodeText(zeekJson, readFileSync(join(apt29.folder, 'combined_zeek.log')));
  const counts = tally(verdicts);
  assert.equal(
    Object.values(counts).reduce((sum, count) => sum + count, 0),
    2140,
  );
  assert.deepEqual(
    Object.keys(counts).filter(reason => reason.startsWith('reject')),
    [],
  );
  assert.deepEqual([...new Set(events.map(event => event.host))].sort(), [
    'bobs.bigwheel.local',
    'simplerockbuild.simplerock.lan',
  ]);
  const alone = decodeText(zeekJson, readFileSync(join(apt29.folder, 'SCRANTON_http.log')));
  assert.equal(alone.events.length, 62);
});
