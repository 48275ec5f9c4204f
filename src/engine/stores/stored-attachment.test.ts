import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { scanCase } from './scan-folder.test-support.ts';

const EVIDENCE = join(import.meta.dirname, 'evidence/attachment-in-store');
const FILE = 'home/dev/stock_sync.txt';
const scratch = mkdtempSync(join(tmpdir(), 'watchpost-attachment-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

let copies = 0;
/** The evidence without some of its files, or with others in their place. */
function evidence(change: {
  readonly without?: readonly string[];
  readonly instead?: Readonly<Record<string, string>>;
}): string {
  copies += 1;
  const folder = join(scratch, String(copies));
  cpSync(EVIDENCE, folder, { recursive: true, preserveTimestamps: true });
  for (const name of change.without ?? []) rmSync(join(folder, name));
  for (const [name, text] of Object.entries(change.instead ?? {})) writeFileSync(join(folder, name), text);
  return folder;
}

async function alertOf(folder: string) {
  const { alerts } = await scanCase(folder);
  assert.deepEqual(
    alerts.map(each => each.analytic),
    ['AN0656'],
  );
  const [alert] = alerts;
  assert.ok(alert);
  const link = alert.links.find(each => each.kind === 'delivery');
  const step = (kind: string) => alert.steps.find(each => each.kind === kind)?.summary ?? '';
  return { alert, link, step };
}

test('without an MTA log the store tells of the delivery, and the content of the file proves it', async () => {
  const { alert, link, step } = await alertOf(evidence({ without: ['mail.log.gz'] }));
  assert.equal(alert.severity, 'high');
  assert.deepEqual(
    [link?.strength, link?.why],
    ['observed', 'an attachment of this message has the sha256 of the file'],
  );
  assert.match(
    step('mail.stored'),
    /^message <[^<>]+@smtp\.example\.com> from <helpdesk@example\.com> for <dev@example\.org> lies in the mail store \/var\/mail\/dev, 1263 bytes; received then by its topmost Received header$/,
  );
  assert.equal(
    step('attachment.seen'),
    'it carries stock_sync.txt (text/plain, 199 bytes, sha256 6f3b2a420941782f2fc08b6e1529c339ccdaaeb7c781e90ab1bcea40ea7a1480)',
  );
  assert.ok(
    alert.missing.includes(
      'No MTA log is in the evidence: the message is known from elsewhere, not that it was delivered.',
    ),
  );
  assert.ok(alert.next.some(each => /^Find every recipient of message-id <[^<>]+>\.$/.test(each)));
  assert.ok(!alert.entities.some(each => each.value.startsWith('store.')));
  // The text of the message is nowhere.
  assert.ok(!JSON.stringify(alert).includes('please run the enclosed'));
});

test('with the log it is the logged delivery, and the attachment comes from the store', async () => {
  const { link, step } = await alertOf(EVIDENCE);
  assert.equal(link?.strength, 'observed');
  assert.match(
    step('mail.delivered'),
    /^message [0-9A-F]+ from <helpdesk@example\.com> delivered to <dev@example\.org> by local/,
  );
  assert.match(step('attachment.seen'), /^it carries stock_sync\.txt \(text\/plain, 199 bytes, sha256 6f3b/);
});

test('without a copy of the file its name ties it to the message, by inference', async () => {
  const { link } = await alertOf(evidence({ without: ['mail.log.gz', FILE] }));
  assert.deepEqual(
    [link?.strength, link?.why],
    ['inferred', 'an attachment of this message, delivered before the file appeared, has its name'],
  );
});

test('a file of other content or other length has only its name from the attachment, and that is said', async () => {
  const text = readFileSync(join(EVIDENCE, FILE), 'utf8');
  for (const other of [text.replace('stock', 'STOCK'), `${text}#\n`]) {
    const { link } = await alertOf(evidence({ without: ['mail.log.gz'], instead: { [FILE]: other } }));
    assert.deepEqual(
      [link?.strength, link?.why],
      [
        'inferred',
        'an attachment of this message has the name of the file, whose copy in the evidence holds something else',
      ],
    );
  }
});
