import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import { severityRank } from '../../events/vocabulary.ts';
import { firesAt, inOrder, recording, valuesOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';
import { SURICATA, scanBeside, toldOf } from '../wire.test-support.ts';

const EVE = SURICATA('inbound');
const LOG = 'suricata/recordings/inbound/mail.log.gz';

const scanned = async (...logs: string[]): Promise<readonly Alert[]> => (await scanBeside('', { logs })).alerts;
const floodOf = (alerts: readonly Alert[]): Alert => firesAt(alerts, 'AN1009', 'high');
const stormOf = (alerts: readonly Alert[]): Alert | undefined =>
  alerts.find(alert => alert.title.startsWith('Many connections without a message'));

test('recorded: without any MTA log the messages on the wire are counted, with their attachment', async () => {
  const flood = floodOf(await scanned(EVE));
  assert.match(
    flood.story,
    /130 messages from 130 senders at 20 client addresses went to the mailbox desk@example\.org/,
  );
  inOrder(flood, [['mail.delivered', 'The first message of the burst: wire.', '<news0@example.net>']]);
  assert.ok(
    flood.steps.some(step => step.summary.startsWith('One of 130 messages with the attachment')),
    toldOf(flood),
  );
});

test("recorded: with the MTA's log each message is counted once, as logged", async () => {
  const both = floodOf(await scanned(EVE, LOG));
  const log = floodOf(await scanned(LOG));
  assert.match(both.story, /: ?.*130 messages from 130 senders at 20 client addresses/);
  assert.equal(both.story, log.story);
  assert.deepEqual(valuesOf(both, 'mailbox'), ['desk']);
});

test('recorded: connections without a message are counted and shown, and are never more than informational', async () => {
  const wire = stormOf(await scanned(EVE));
  assert.ok(wire !== undefined);
  assert.equal(wire.severity, 'informational');
  assert.match(wire.story, /320 connections from at least 20 addresses ended without a message/);
  assert.deepEqual(valuesOf(wire, 'recipient'), ['desk@example.org']);
  const log = stormOf(await scanned(LOG));
  assert.match(log?.story ?? '', /320 connections/);
  assert.equal(log?.severity, 'informational');
  assert.deepEqual(valuesOf(log, 'recipient'), [], "the MTA's line names nobody");
  const both = stormOf(await scanned(EVE, LOG));
  assert.match(both?.story ?? '', /320 connections/);
});

test('recorded: who is turned away by postscreen counts, whom it lets through does not', async () => {
  const alerts = await scanned('suricata/recordings/postscreen/mail.log.gz');
  assert.deepEqual(
    alerts.map(toldOf).filter(told => !told.startsWith('AN1009 informational')),
    [],
  );
  const storm = stormOf(alerts);
  assert.match(storm?.story ?? '', /330 connections from at least 19 addresses ended without a message/);
});

test('look-alike, recorded: mail on the wire to many people, and connections that brought none', async () => {
  const alerts = await scanned(SURICATA('smtp'), SURICATA('web'));
  assert.deepEqual(alerts.filter(alert => severityRank(alert.severity) > 0).map(toldOf), []);
  const greylisted = recording('an1009-recipient-flooded/quiet.greylist-retries');
  const { alerts: quiet } = await scanBeside(greylisted.folder, { logs: [SURICATA('smtp')] });
  assert.deepEqual(quiet.filter(alert => alert.analytic === 'AN1009').map(toldOf), []);
});
