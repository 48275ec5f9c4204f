import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { DAY, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { factorsOf, scanLog, storyOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** Only commands and connections are recorded: the place is one source, a browser that had just spoken to a host outside another. */

const FIREFOX = '/usr/lib/firefox/firefox';
const BESIDE = 'a browser or messenger spoke to a host outside just before';
const APP = '/home/dev/Downloads/Meet-2.AppImage';
const OUT = '198.51.100.9';

interface Story {
  readonly user?: string;
  readonly page?: string;
  /** What connect(2) answers for it. */
  readonly exit?: number;
  /** The next page. */
  readonly next?: string;
  readonly client?: string;
  readonly laterMs?: number;
  readonly path?: string;
  readonly made?: boolean;
  readonly act: (run: Process, log: HostLog) => void;
}

async function told({ user = 'dev', page = '203.0.113.80', client = FIREFOX, laterMs = MINUTE, ...story }: Story) {
  const log = new HostLog({ files: false });
  // Somebody at this desk browses: of a place where nobody does nothing is told.
  log.desktop('dev').run(FIREFOX);
  log.wait(DAY);
  const browser = log.desktop(user).run(client).connect(page, 443, story.exit);
  if (story.next !== undefined) browser.connect(story.next, 443);
  // A process for the next page.
  browser.run([client, '-contentproc', '-isForBrowser']);
  log.wait(laterMs);
  const shell = log.shell('dev');
  const { path = APP } = story;
  if (story.made !== false) shell.run(['/bin/chmod', 'u+x', path]);
  story.act(shell.run(path.endsWith('.sh') ? ['/bin/bash', path] : [path]), log);
  const alert = storyOf(await scanLog(log), 'AN0321');
  return [alert.severity, factorsOf(alert).includes(BESIDE)];
}

const web = (run: Process): void => void run.connect(OUT, 443);

const COUNTS: Readonly<Record<string, Story>> = {
  'it connects itself': { act: web },
  'what it carries in itself connects': {
    act: run => void run.run(['/tmp/.mount_MeetXy/AppRun'], { by: '/bin/bash' }).connect('2001:db8::9', 8443),
  },
  'a tool at its command connects': {
    act: run => void run.run('/usr/bin/curl https://x.example.com/').connect(OUT, 443),
  },
  'a page of the own network came between': { next: '10.0.0.7', act: web },
  'a messenger it was': { client: '/usr/bin/signal-desktop', act: web },
};
for (const [says, story] of Object.entries(COUNTS))
  test(`a program made executable by hand after its person browsed is medium: ${says}`, async () => {
    assert.deepEqual(await told(story), ['medium', true]);
  });

const COUNTS_NOT: Readonly<Record<string, Story>> = {
  'a long-known tool, executable before': { made: false, act: web },
  'somebody else browsed': { user: 'clerk', act: web },
  'the browser spoke to the own network only': { page: '10.0.0.7', act: web },
  'the page did not answer': { exit: -111, act: web },
  'a quarter of an hour lies between': { laterMs: 15 * MINUTE, act: web },
  'it speaks to the own network': { act: run => void run.connect('192.168.3.4', 443) },
  'it speaks to this host': { act: run => void run.connect('127.0.0.1', 8080) },
  'a script, which may be typed': {
    path: '/home/dev/Downloads/resize.sh',
    act: run => void run.run('/usr/bin/curl -T a https://x.example.com/').connect(OUT, 443),
  },
};
for (const [says, story] of Object.entries(COUNTS_NOT))
  test(`low without a second source: ${says}`, async () => {
    assert.deepEqual(await told(story), ['low', false]);
  });

test('without a connection it is informational', async () => {
  assert.deepEqual(await told({ act: (_, log) => log.wait(MINUTE) }), ['informational', false]);
});
