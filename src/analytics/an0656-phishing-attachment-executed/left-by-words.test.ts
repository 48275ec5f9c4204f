import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from './audit-records.test-support.ts';
import { HostLog, MINUTE } from './host-log.test-support.ts';
import { factorsOf, firesAt, inOrder, scanLog, storyOf } from './stories.test-support.ts';

/** Jobs that content sets, known by the words of the programs that keep them. */

const SCRIPT = '/home/clerk/Downloads/setup.sh';
const LEFT = 'left something that runs later';
const CLIENT = 'its mail client was started in between';

function opened(files = false): { log: HostLog; shell: Process } {
  const log = new HostLog({ files, network: false });
  log.deliver({ unseen: true });
  log.wait(MINUTE);
  const client = log.desktop('clerk').run('/usr/bin/thunderbird');
  if (files) client.write(SCRIPT);
  log.wait(MINUTE);
  return { log, shell: log.shell('clerk') };
}

async function told(act: (content: Process, shell: Process) => void) {
  const { log, shell } = opened();
  act(shell.run(['/bin/sh', SCRIPT]), shell);
  return storyOf(await scanLog(log), 'AN0656');
}

const SETS: Readonly<Record<string, RegExp>> = {
  '/usr/bin/crontab -': /crontabs\/clerk/,
  '/usr/bin/crontab /tmp/table': /crontabs\/clerk/,
  '/usr/bin/crontab -u clerk -': /crontabs\/clerk/,
  '/usr/bin/at now + 5 minutes': /atjobs/,
  '/usr/bin/at -q l -f /tmp/job midnight': /atjobs/,
  '/usr/bin/at -qb now': /atjobs/,
  '/usr/bin/batch': /atjobs/,
  '/usr/bin/systemctl --user enable --now sync.timer': /~clerk\/\.config\/systemd\/user\/\*\.wants\/sync\.timer/,
  '/usr/bin/systemd-run --user --on-calendar=hourly /home/clerk/x': /transient/,
};
for (const [words, path] of Object.entries(SETS))
  test(`where only programs are recorded, what content leaves behind makes it medium: ${words}`, async () => {
    const story = await told(content => void content.run(words));
    assert.equal(story.severity, 'medium');
    inOrder(story, [
      ['content.executed', SCRIPT],
      ['persistence.written', 'probably writes'],
    ]);
    assert.match(story.factors.find(({ name }) => name === LEFT)?.evidence ?? '', path);
    assert.ok(!story.wouldChange.some(({ what }) => what.includes('a crontab behind')));
  });

for (const words of [
  '/usr/bin/crontab -l',
  '/usr/bin/crontab -r',
  '/usr/bin/crontab -T /tmp/table',
  '/usr/bin/at -l',
  '/usr/bin/at -c 4',
  '/usr/bin/systemctl --user start sync.service',
  '/usr/bin/systemctl --user is-enabled sync.timer',
  '/usr/bin/systemctl --user daemon-reload',
  '/usr/bin/systemd-run --user /home/clerk/x',
  '/home/clerk/bin/crontab -',
])
  test(`nothing is left behind by ${words}`, async () => {
    const story = await told(content => void content.run(words));
    assert.deepEqual([story.severity, factorsOf(story).includes(LEFT)], ['low', false]);
  });

test('a table that its person sets beside the content is no step of it', async () => {
  const story = await told((_, shell) => void shell.run('/usr/bin/crontab -'));
  assert.deepEqual([story.severity, factorsOf(story).includes(LEFT)], ['low', false]);
});

test('a package has its services enabled: nothing that content left', async () => {
  const { log, shell } = opened();
  const dpkg = shell.run('/usr/bin/dpkg -i /home/clerk/Downloads/tool.deb', { who: { ...shell.who, uid: 0 } });
  const script = dpkg.run(['/bin/sh', '/var/lib/dpkg/info/tool.postinst', 'configure']);
  script.run('/usr/bin/systemctl enable tool.service');
  const story = storyOf(await scanLog(log), 'AN0656');
  assert.ok(!story.steps.some(({ kind }) => kind === 'persistence.written'));
});

test('where a record shows the file, it takes the place of the words', async () => {
  const { log, shell } = opened(true);
  const crontab = shell.run(['/bin/sh', SCRIPT]).read(SCRIPT).run('/usr/bin/crontab -');
  crontab.write('/var/spool/cron/crontabs/clerk');
  const story = firesAt(await scanLog(log), 'AN0656', 'high');
  const left = story.steps.filter(({ kind }) => kind === 'persistence.written');
  assert.deepEqual(
    left.map(({ summary }) => summary.includes('probably')),
    [false],
  );
});

test('a mail client that its person started after the delivery counts, and its step shows it', async () => {
  const story = await told(() => {});
  const factor = story.factors.find(({ name }) => name === CLIENT);
  assert.equal(story.steps.find(({ id }) => id === factor?.steps[0])?.summary.includes('/usr/bin/thunderbird'), true);
});

test('one that was open before the delivery says nothing, nor does that of somebody else', async () => {
  for (const [user, isBefore] of [
    ['clerk', true],
    ['buyer', false],
  ] as const) {
    const log = new HostLog({ files: false, network: false });
    const start = () => log.desktop(user).run('/usr/bin/thunderbird');
    if (isBefore) start();
    log.wait(MINUTE);
    log.deliver({ unseen: true });
    log.wait(MINUTE);
    if (!isBefore) start();
    log.shell('clerk').run(['/bin/sh', SCRIPT]);
    assert.ok(!factorsOf(storyOf(await scanLog(log), 'AN0656')).includes(CLIENT), user);
  }
});
