import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  factorsOf,
  firesAt,
  inOrder,
  linksHold,
  recording,
  scanFolder,
  strengthsOf,
  valuesOf,
} from './stories.test-support.ts';

test('recorded: a program saved by Thunderbird, made executable, run in a terminal, is told from delivery to beacon', async () => {
  const truth = recording('an0656-phishing-attachment-executed/fires.thunderbird-elf-terminal');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0656', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['mail.received', truth.carrier()],
    ['mail.delivered', truth.carrier()],
    ['file.created', truth.path('save'), truth.pid('save')],
    ['file.made-executable', truth.pid('chmod'), truth.path('chmod')],
    ['content.executed', truth.path('execute'), 'is run as a program', truth.pid('execute')],
    ['network.connected', truth.pid('beacon'), truth.path('beacon')],
  ]);
  assert.deepEqual(
    alert.links.filter(link => link.strength !== 'observed').map(link => [link.kind, link.strength]),
    [['delivery', 'inferred']],
    'what came over IMAP is known to the server by the message, not by the file',
  );
  assert.deepEqual(valuesOf(alert, 'user'), [truth.user]);
  assert.deepEqual(valuesOf(alert, 'host'), [truth.host]);
  assert.deepEqual(valuesOf(alert, 'file'), [truth.path('save')]);
  assert.deepEqual(valuesOf(alert, 'address'), [truth.path('beacon')]);
  assert.equal(valuesOf(alert, 'message')[0], truth.carrier());
  assert.deepEqual(alert.missing, []);
});

test('recorded: out of a zip file, a launcher script and then a hidden child', async () => {
  const truth = recording('an0656-phishing-attachment-executed/fires.zip-hidden-child');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0656', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['mail.delivered', truth.carrier()],
    ['file.created', truth.path('save')],
    ['file.opened', truth.pid('unpack'), truth.path('save')],
    ['file.written', truth.pid('unpack')],
    ['content.executed', truth.path('execute'), truth.pid('execute')],
    ['content.executed', '.lib/index', truth.pid('hidden')],
    ['network.connected', truth.pid('beacon'), truth.path('beacon')],
  ]);
  assert.deepEqual(strengthsOf(alert, 'content'), ['observed']);
  assert.deepEqual(strengthsOf(alert, 'delivery'), ['inferred']);
});

test('recorded: saved out of a Maildir that the client itself reads, every link is observed', async () => {
  const truth = recording('an0656-phishing-attachment-executed/fires.evolution-maildir-script');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0656', 'high');
  linksHold(alert);
  assert.deepEqual(
    alert.links.filter(link => link.strength !== 'observed'),
    [],
  );
  assert.deepEqual(strengthsOf(alert, 'delivery'), ['observed']);
  assert.equal(valuesOf(alert, 'message')[0], truth.carrier());
});

test('recorded: a crontab entry left behind joins what cron runs later', async () => {
  const truth = recording('an0656-phishing-attachment-executed/fires.client-opens-crontab');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0656', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['mail.delivered', truth.carrier()],
    ['file.created', truth.path('open'), truth.pid('open')],
    ['content.executed', truth.path('open'), truth.pid('execute')],
    ['persistence.written', truth.pid('job'), '/var/spool/cron/crontabs/'],
    ['content.executed', truth.path('drop')],
    ['network.connected', truth.pid('beacon'), truth.path('beacon')],
  ]);
  assert.ok(factorsOf(alert).includes('left something that runs later'));
  assert.deepEqual(valuesOf(alert, 'mailbox'), ['clerk']);
});

test('recorded: the loader and then memory', async () => {
  const truth = recording('an0656-phishing-attachment-executed/fires.loader-memfd');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0656', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['mail.delivered', truth.carrier()],
    ['file.created', truth.path('save')],
    ['content.executed', truth.path('save'), 'through the dynamic loader', truth.pid('execute')],
    ['content.executed', 'out of memory', truth.pid('memory')],
    ['network.connected', truth.pid('beacon'), truth.path('beacon')],
  ]);
});

test('recorded: piped into a shell at delivery, no person involved', async () => {
  const truth = recording('an0656-phishing-attachment-executed/fires.procmail-pipe-shell');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0656', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['mail.delivered', truth.carrier()],
    ['process.started', 'hands the message on standard input'],
    ['content.executed', 'standard input'],
    ['file.written', truth.pid('fetch'), truth.path('chmod')],
    ['file.made-executable', truth.pid('chmod'), truth.path('chmod')],
    ['content.executed', truth.path('execute'), truth.pid('execute')],
    ['network.connected', truth.path('beacon')],
  ]);
  assert.deepEqual(strengthsOf(alert, 'delivery'), ['observed']);
  assert.deepEqual(valuesOf(alert, 'user'), [truth.user]);
});

test('recorded: one of several messages copied out and unpacked: the file and the message are that one', async () => {
  const truth = recording('an0656-phishing-attachment-executed/fires.munpack-python');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0656', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['mail.delivered', truth.carrier()],
    ['store.read', truth.path('copy'), truth.pid('copy'), '/home/ops/Maildir/new/'],
    ['file.written', truth.pid('copy'), '/var/tmp/case/m'],
    ['file.opened', truth.pid('unpack')],
    ['file.written', truth.pid('part'), truth.path('part')],
    ['content.executed', truth.path('part'), truth.pid('execute')],
    ['network.connected', truth.pid('beacon'), truth.path('beacon')],
  ]);
  assert.deepEqual(strengthsOf(alert, 'content'), ['observed']);
  assert.deepEqual(strengthsOf(alert, 'delivery'), ['inferred'], 'one agent delivered two in that second');
});
