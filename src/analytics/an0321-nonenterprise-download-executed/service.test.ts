import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { ROOT } from '../../../scripts/lib/tree.ts';
import { temporary } from '../../cli/run.test-support.ts';
import type { InventoryEntry } from '../../config/config.ts';
import {
  factorsOf,
  firesAt,
  inOrder,
  linksHold,
  recording,
  scanFolder,
  silent,
  storyOf,
  strengthsOf,
  valuesOf,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';
import { SURICATA, scanBeside, toldOf } from '../wire.test-support.ts';

const telegram = () => recording('an0321-nonenterprise-download-executed/fires.telegram-elf');
const chromium = () => recording('an0321-nonenterprise-download-executed/fires.chromium-script-sh');
const service = (destination: string): InventoryEntry => ({
  id: 'chat',
  kind: 'enterprise-service',
  destination,
  owner: 'it',
  purpose: 'our chat',
  expires: '2030-01-01',
});

test('recorded: the file itself was on the wire; its server, size and hash are told', async () => {
  const { alerts } = await scanBeside(telegram().folder, { logs: [SURICATA('beside-telegram-elf')] });
  const alert = firesAt(alerts, 'AN0321', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['file.transferred', 'photo_viewer, 15840 bytes, sha256 ', 'from chat.example.com (203.0.113.82) over HTTP'],
    ['content.executed', telegram().pid('execute')],
  ]);
  assert.deepEqual(valuesOf(alert, 'service'), ['chat.example.com']);
  assert.deepEqual(strengthsOf(alert, 'service'), ['inferred']);
  assert.ok(!alert.missing.some(text => text.startsWith('The URL and the service')), toldOf(alert));
});

test('the same sha256 on the wire and on the host is the same file, whatever it was called there', async t => {
  const truth = telegram();
  const eve = gunzipSync(readFileSync(join(ROOT, 'src/decoders', SURICATA('beside-telegram-elf')))).toString('utf8');
  const [, sha256 = ''] = /"filename":"[^"]*photo_viewer".*?"sha256":"([0-9a-f]{64})"/.exec(eve) ?? [];
  const scanned = async (hash: string, named: string) => {
    const folder = temporary(t);
    cpSync(truth.folder, folder, { recursive: true });
    writeFileSync(join(folder, 'eve.json'), eve.replaceAll('photo_viewer', named));
    // As auditbeat's file_integrity tells of the file that the case saved.
    const document = {
      '@timestamp': '2026-11-21T09:51:37.200Z',
      event: { module: 'file_integrity', dataset: 'file', category: ['file'], type: ['creation'], action: ['created'] },
      host: { name: truth.host },
      file: { path: truth.path('save'), type: 'file', size: 15_840, hash: { sha256: hash } },
    };
    writeFileSync(join(folder, 'auditbeat.ndjson'), `${JSON.stringify(document)}\n`);
    return firesAt((await scanFolder(folder)).alerts, 'AN0321', 'high');
  };
  const same = await scanned(sha256, 'blob-71');
  linksHold(same);
  inOrder(same, [
    ['file.transferred', `blob-71, 15840 bytes, sha256 ${sha256}`, 'from chat.example.com'],
    ['content.executed', truth.pid('execute')],
  ]);
  assert.deepEqual(strengthsOf(same, 'service'), ['observed']);
  const other = await scanned('0'.repeat(64), 'photo_viewer');
  assert.deepEqual(strengthsOf(other, 'service'), ['inferred']);
  const neither = await scanned('0'.repeat(64), 'blob-71');
  assert.ok(!neither.steps.some(step => step.kind === 'file.transferred'), toldOf(neither));
});

test('recorded: a browser behind TLS, told by the name it asked for', async () => {
  const { alerts } = await scanBeside(chromium().folder, { logs: [SURICATA('beside-chromium-script-sh')] });
  const alert = firesAt(alerts, 'AN0321', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['name.seen', 'webmail.example.com asked for in TLS'],
    ['content.executed', 'cv_builder.sh'],
  ]);
  assert.deepEqual(valuesOf(alert, 'service'), ['webmail.example.com']);
});

test("policy: another's service marks the chain, the enterprise's own is one step less, no policy says nothing", async () => {
  const told = async (inventory: readonly InventoryEntry[]) =>
    storyOf(
      (await scanBeside(telegram().folder, { logs: [SURICATA('beside-telegram-elf')], inventory })).alerts,
      'AN0321',
    );
  const none = await told([]);
  assert.equal(none.severity, 'high');
  assert.ok(!factorsOf(none).includes('not a service of the enterprise'));
  const other = await told([service('chat.example.org')]);
  assert.equal(other.severity, 'high');
  assert.ok(factorsOf(other).includes('not a service of the enterprise'));
  const own = await told([service('chat.example.com')]);
  assert.equal(own.severity, 'medium');
  assert.ok(factorsOf(own).includes('enterprise service: chat'));
});

test("what the wire saw at other times or of other machines is not taken for this download's", async () => {
  const { alerts } = await scanBeside(chromium().folder, { logs: [SURICATA('beside-telegram-elf')] });
  const alert = storyOf(alerts, 'AN0321');
  assert.deepEqual(valuesOf(alert, 'service'), []);
  assert.ok(alert.missing.some(text => text.startsWith('The URL and the service')));
});

test('look-alike, recorded: a download that is only looked at tells nothing, whatever its service', async () => {
  const truth = recording('an0321-nonenterprise-download-executed/quiet.iso-checksum');
  const logs = ['conn', 'dns', 'http', 'files'].map(log => `zeek/converted/quiet.iso-checksum/${log}.json.log`);
  const { alerts } = await scanBeside(truth.folder, { logs, inventory: [service('chat.example.org')] });
  silent(alerts);
});
