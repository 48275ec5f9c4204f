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

test('the client that the updater starts anew, in its place or beside it, is the client', async () => {
  for (const start of ['exec', 'run'] as const) {
    const { log, client: by } = client();
    by.write(HELPER);
    log.wait(SECOND);
    by.run(`${HELPER} ${WORDS}`)[start](CLIENT).connect('198.51.100.7', 993);
    assert.equal(storyOf(await scanLog(log), 'AN0656').severity, 'informational', start);
  }
});

test('what the client wrote before it crashed, and reads when it is started again, is its own; what another program wrote is not', async () => {
  const note = '/home/clerk/.thunderbird/LastCrash';
  for (const [who, severity] of [
    [CLIENT, 'informational'],
    ['/usr/bin/vim', 'high'],
  ] as const) {
    const { log, client: before } = client();
    if (who === CLIENT) before.write(note);
    else log.shell('clerk').run(`${who} x`).read('/home/clerk/.cache/thunderbird/updates/0/update.mar').write(note);
    log.wait(SECOND);
    const again = log.desktop('clerk').run(CLIENT).read(note);
    again.write(HELPER).run(`${HELPER} ${WORDS}`);
    assert.equal(storyOf(await scanLog(log), 'AN0656').severity, severity, who);
  }
});

test('an installed program elsewhere, that had run before, connects for the updater: low at most', async () => {
  const { log, client: by } = client();
  log.shell('clerk').run('/usr/bin/notify-send x');
  by.write(HELPER);
  log.wait(SECOND);
  by.run(`${HELPER} ${WORDS}`).run('/usr/bin/notify-send x').connect('198.51.100.7', 443);
  assert.equal(storyOf(await scanLog(log), 'AN0656').severity, 'low');
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
  'that starts the client, having put itself into its place': ({ client: by }) => {
    by.write(HELPER);
    by.run(`${HELPER} ${WORDS}`).write(CLIENT).run(CLIENT).connect('203.0.113.66', 443);
  },
  'that starts a script of the installation': ({ log, client: by }) => {
    by.write(HELPER);
    log.records.node('/opt/thunderbird/x', 0).uid = 1003;
    by.run(`${HELPER} ${WORDS}`).run('/opt/thunderbird/x', { by: '/bin/sh' }).connect('203.0.113.66', 443);
  },
  'that its user runs, and that starts the client': ({ log, client: by }) => {
    by.write(HELPER);
    log.shell('clerk').run(HELPER).run(CLIENT).connect('203.0.113.66', 443);
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

/** Where the records tell of the installation as well: the client copies a program out of it. */
const UPDATER = '/opt/thunderbird/updater';
const copies = (by: Process, to = HELPER): Process => by.read(UPDATER).write(to);
/** The updater puts the next version in place and starts it. */
const renews = (helper: Process): void => {
  helper
    .read('/home/clerk/.cache/thunderbird/updates/0/update.mar')
    .write(`${CLIENT}-next`)
    .rename(`${CLIENT}-next`, CLIENT);
  helper.run(CLIENT).connect('203.0.113.81', 443);
};
const severities = async (log: HostLog): Promise<string[]> =>
  (await scanLog(log)).filter(({ analytic }) => analytic === 'AN0656').map(({ severity }) => severity);

test('a program that the client copies out of its installation is no attachment, whatever it does', async () => {
  for (const words of ['', ` ${WORDS}`]) {
    const { log, client: by } = client();
    renews(copies(by).run(`${HELPER}${words}`));
    assert.deepEqual(await severities(log), []);
  }
  const { log, client: by } = client();
  copies(by, '/home/clerk/updater').run('/home/clerk/updater').connect('203.0.113.81', 443);
  assert.deepEqual(await severities(log), []);
});

const NO_COPIES: Readonly<Record<string, (facts: Facts) => void>> = {
  'has another name': ({ client: by }) => void copies(by, '/home/clerk/tool').run('/home/clerk/tool'),
  'is written a while later': ({ log, client: by }) => {
    by.read(UPDATER);
    log.wait(2 * SECOND);
    by.write(HELPER).run(HELPER);
  },
  'is written after another message was read': ({ log, client: by }) => {
    const { path } = log.deliver();
    by.read(UPDATER).read(path).write(HELPER).run(HELPER);
  },
  'is read by another program': ({ log, client: by }) => {
    log.shell('clerk').run(`/bin/cat ${UPDATER}`).read(UPDATER);
    by.write(HELPER).run(HELPER);
  },
  'has the name of a file elsewhere': ({ client: by }) => void by.read('/opt/other/updater').write(HELPER).run(HELPER),
  'is written over later': ({ log, client: by }) => {
    copies(by);
    log.wait(2 * SECOND);
    by.write(HELPER).run(HELPER);
  },
};
for (const [what, act] of Object.entries(NO_COPIES))
  test(`what ${what} is no such copy: high`, async () => {
    const facts = client();
    act(facts);
    firesAt(await scanLog(facts.log), 'AN0656', 'high');
  });

test('what an attachment that runs, or its user, puts into the installation is content of the message', async () => {
  for (const by of ['client', 'user'] as const) {
    const { log, client: mail } = client();
    mail.write('/home/clerk/tool');
    const plugin = '/opt/thunderbird/plugin';
    if (by === 'client') mail.run('/home/clerk/tool').write(plugin);
    else log.shell('clerk').run(`/bin/cp /home/clerk/tool ${plugin}`).read('/home/clerk/tool').write(plugin);
    log.shell('clerk').run(plugin).connect('203.0.113.66', 443);
    const { story } = firesAt(await scanLog(log), 'AN0656', 'high');
    assert.match(story, /203\.0\.113\.66/);
  }
});
