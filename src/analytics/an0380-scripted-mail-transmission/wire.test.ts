import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InventoryEntry } from '../../config/config.ts';
import {
  atMostAt,
  factorsOf,
  firesAt,
  inOrder,
  linksHold,
  recording,
  storyOf,
  strengthsOf,
  valuesOf,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';
import { SURICATA, scanBeside, toldOf } from '../wire.test-support.ts';

const python = () => recording('an0380-scripted-mail-transmission/fires.python-smtplib-direct');
const BESIDE_PYTHON = SURICATA('beside-python-smtplib-direct');
const ZEEK = ['conn', 'smtp', 'dns', 'files'].map(log => `zeek/converted/fires.python-smtplib-direct/${log}.json.log`);

test('recorded: no MTA has a part in it, and the wire shows each message, its files and its bytes', async () => {
  const truth = python();
  const { alerts } = await scanBeside(truth.folder, { logs: [BESIDE_PYTHON], without: ['mail.log.gz'] });
  const alert = firesAt(alerts, 'AN0380', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['process.started', 'job begins', truth.pid('start')],
    ['network.connected', truth.path('connect')],
    ['smtp.seen', '<box17@example.com>', 'plan1.csv (1492 bytes'],
    ['flow.ended', '203.0.113.25:587 (smtp.example.com', '3324 bytes out'],
    ['smtp.seen', 'plan2.csv (1492 bytes'],
    ['smtp.seen', 'plan3.csv (1492 bytes'],
  ]);
  assert.ok(alert.story.includes('sent 3 messages to box17@example.com with worker.py: 3 confirmed'), toldOf(alert));
  assert.deepEqual(valuesOf(alert, 'recipient'), ['box17@example.com']);
  assert.deepEqual(valuesOf(alert, 'file'), ['plan1.csv', 'plan2.csv', 'plan3.csv']);
  for (const name of ['transmission seen on the wire', 'files attached', 'recipient whom nothing shows to be inside'])
    assert.ok(factorsOf(alert).includes(name), name);
  assert.ok(!factorsOf(alert).includes('large payload'));
  assert.deepEqual(strengthsOf(alert, 'same-connection'), ['observed']);
  const alone = storyOf((await scanBeside(truth.folder, { logs: [] })).alerts, 'AN0380');
  assert.equal(alone.severity, 'medium');
  assert.ok(alone.story.includes('sent 3 messages to 203.0.113.25:587 with worker.py: 3 attempted'), alone.story);
});

test('TransferSizeThreshold is judged by the bytes of one session', async () => {
  const told = async (bytes: number) =>
    storyOf(
      (await scanBeside(python().folder, { logs: [BESIDE_PYTHON], settings: { TransferSizeThreshold: bytes } })).alerts,
      'AN0380',
    );
  assert.ok(factorsOf(await told(3324)).includes('large payload'));
  assert.ok(factorsOf(await told(3325)).includes('large in sum'));
  const small = factorsOf(await told(3 * 3324 + 1));
  assert.ok(!small.includes('large payload') && !small.includes('large in sum'));
});

test('recorded: behind STARTTLS the bytes are known, and that nothing else is', async () => {
  const truth = recording('an0380-scripted-mail-transmission/fires.curl-smtp-upload');
  const { alerts } = await scanBeside(truth.folder, { logs: [SURICATA('beside-curl-smtp-upload')] });
  const alert = firesAt(alerts, 'AN0380', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['network.connected', '203.0.113.66:25'],
    ['flow.ended', 'smtp,tls, 708496 bytes out'],
  ]);
  assert.ok(factorsOf(alert).includes('large payload'));
  assert.ok(alert.story.includes('1 attempted'), 'bytes are no answer of the server');
  assert.ok(alert.missing.some(text => text.includes('bytes only')));
});

const entry = (destination: string): InventoryEntry => ({
  id: 'relay',
  kind: 'relay',
  destination,
  owner: 'mail team',
  purpose: 'the relay',
  expires: '2030-01-01',
});

test('what passes the governed relay by is called out, what goes through it is not', async () => {
  const told = async (destination: string) =>
    storyOf(
      (await scanBeside(python().folder, { logs: [BESIDE_PYTHON], inventory: [entry(destination)] })).alerts,
      'AN0380',
    );
  const past = await told('198.51.100.20');
  assert.ok(factorsOf(past).includes('bypasses the governed relays'));
  assert.ok(past.story.endsWith('It does not go through a governed relay.'));
  assert.ok(!factorsOf(await told('203.0.113.25')).includes('bypasses the governed relays'));
});

test('SMTP that nothing on the host accounts for is informational, and says what was not there', async () => {
  const { alerts } = await scanBeside(python().folder, { logs: ZEEK, without: ['audit.log.gz'] });
  atMostAt(alerts, 'informational');
  const alert = storyOf(alerts, 'AN0380');
  assert.deepEqual(valuesOf(alert, 'host'), ['ws3']);
  assert.deepEqual(valuesOf(alert, 'address'), ['203.0.113.25:587']);
  assert.equal(alert.steps.filter(step => step.kind === 'flow.ended').length, 3);
  assert.deepEqual(strengthsOf(alert, 'process-tree'), ['unavailable']);
  assert.deepEqual(strengthsOf(alert, 'queue-id'), ['unavailable']);
  assert.ok(alert.missing.some(text => text.startsWith('This host records no connections')));
  assert.ok(alert.missing.some(text => text.startsWith('No process records')));
});

test("look-alike, recorded: an MTA's own deliveries and retries on the wire say nothing", async () => {
  const truth = recording('an0380-scripted-mail-transmission/quiet.bounces-and-queue-run');
  const logs = ['conn', 'smtp', 'dns'].map(log => `zeek/converted/quiet.bounces-and-queue-run/${log}.json.log`);
  for (const without of [[], ['audit.log.gz']]) {
    const { alerts } = await scanBeside(truth.folder, { logs, without });
    assert.deepEqual(alerts.filter(alert => alert.analytic === 'AN0380').map(toldOf), []);
  }
});
