import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { scanCase } from './scan-folder.test-support.ts';

const EVIDENCE = join(import.meta.dirname, 'evidence/one-file-grows');
const scratch = mkdtempSync(join(tmpdir(), 'watchpost-flood-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

function copy(name: string, without: readonly string[]): string {
  const folder = join(scratch, name);
  cpSync(EVIDENCE, folder, { recursive: true, preserveTimestamps: true });
  for (const each of without) rmSync(join(folder, each));
  return folder;
}

const factors = (
  alert: { readonly factors: readonly { readonly name: string; readonly weight: number }[] } | undefined,
) => alert?.factors.map(each => `${each.name} ${each.weight}`);

test('the mailbox shows the attachment that no line of the log names, and what its owner and procmail did', async () => {
  const { alerts, mailboxes, problems } = await scanCase(EVIDENCE);
  const [alert, ...more] = alerts.filter(each => each.analytic === 'AN1009');
  assert.deepEqual([alert?.severity, alert?.title, more.length], ['high', 'Mailbox intern flooded', 0]);
  assert.deepEqual(factors(alert), [
    'volume 40',
    'attachment-repeated 30',
    'strangers-once-each 30',
    'mailbox-growth 15',
  ]);
  assert.match(
    alert?.factors[1]?.evidence ?? '',
    /^80 messages in the mailbox hold the same attachment brochure\.pdf \(sha256 [0-9a-f]{64}\), 48000 bytes together$/,
  );
  assert.match(
    alert?.missing.find(each => each.includes('disagree')) ?? '',
    /^The log and the mailbox disagree: 10 messages were logged as delivered and are not in its stores;/,
  );
  const held = alert?.links.find(each => each.kind === 'mailbox holds');
  assert.deepEqual(
    [held?.strength, held?.why],
    ['observed', '80 messages of the log lie in the mailbox, by message id'],
  );
  assert.deepEqual(mailboxes.find(each => each.mailbox === 'intern')?.agreement, {
    logged: 90,
    both: 80,
    onlyLogged: 10,
    onlyStored: 1,
    skewMs: 0,
    isCut: false,
  });
  assert.match(
    problems.find(each => each.code === 'N_LOG_AND_STORE')?.message ?? '',
    /^1 delivered message in 1 mailbox is from the time of the mail log, and no line tells of it: it came past/,
  );
});

test('without records of files the mailbox itself is the second signal', async () => {
  const { alerts } = await scanCase(copy('no-audit', ['audit.log.gz']));
  const alert = alerts.find(each => each.analytic === 'AN1009');
  assert.equal(alert?.severity, 'high');
  assert.ok(factors(alert)?.includes('mailbox-holds 15'));
});

test('without an MTA log the mailbox tells of the flood, and is believed so far', async () => {
  const { alerts } = await scanCase(copy('no-log', ['mail.log.gz']));
  const alert = alerts.find(each => each.analytic === 'AN1009');
  assert.equal(alert?.severity, 'medium');
  assert.ok(alert?.missing.some(each => each.startsWith('No MTA log is in the evidence: what was refused')));
  assert.ok(alert?.wouldChange.some(each => each.what.includes('without an MTA log only what is left')));
  assert.ok(!alert?.steps.some(each => each.summary.includes('store.')));
});

test('a mailbox that was moved here is no flood: its mail is old', async () => {
  const mbox = readFileSync(join(EVIDENCE, 'var/mail/intern'), 'latin1');
  const folder = join(scratch, 'moved');
  const box = join(folder, 'home/intern/Maildir');
  for (const each of ['cur', 'new', 'tmp']) mkdirSync(join(box, each), { recursive: true });
  mkdirSync(join(folder, 'etc'));
  cpSync(join(EVIDENCE, 'etc/passwd'), join(folder, 'etc/passwd'));
  const messages = mbox.split(/^From .*\n/m).slice(1);
  assert.equal(messages.length, 81);
  const put = (age: (i: number) => number) =>
    messages.forEach((message, i) => {
      const time = new Date(Date.UTC(2026, 10, 21, 16) - age(i)).toUTCString().replace('GMT', '+0000');
      const dated = message.replaceAll(/\w{3}, \d+ Nov 2026 16:1\d:\d\d \+0000/g, time);
      writeFileSync(join(box, 'new', `${1795277586 + (i >> 2)}.${i}_1.ws1`), dated, 'latin1');
    });
  put(i => i * 7_200_000);
  assert.deepEqual((await scanCase(folder)).alerts, []);
  // The same mail, had it come when it was put there.
  put(() => 0);
  assert.equal((await scanCase(folder)).alerts.length, 1);
});

test('the text of no message is in what a scan says', async () => {
  const report = await scanCase(EVIDENCE);
  const mbox = readFileSync(join(EVIDENCE, 'var/mail/intern'), 'latin1');
  const body = /\n\n([A-Za-z0-9+/]{60,})\n/.exec(mbox)?.[1] ?? '';
  assert.equal(body.length > 50, true);
  const said = JSON.stringify([report.alerts, report.stores, report.problems, report.mailboxes]);
  assert.ok(!said.includes(body) && !said.includes('Subject: '));
  // The log is not withheld.
  assert.ok(gunzipSync(readFileSync(join(EVIDENCE, 'mail.log.gz'))).length > 0);
});
