import { test } from 'node:test';
import type { Process } from './an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { DAY, HostLog, MINUTE } from './an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, inOrder, scanLog, silent } from './an0656-phishing-attachment-executed/stories.test-support.ts';

/** A download is put among the programs of the system, where no rule tells of writes. */
const SAVED = '/home/dev/Downloads/agent.bin';
const PUT = '/opt/agent/bin/agentd';

interface Facts {
  readonly log: HostLog;
  readonly shell: Process;
  /** A command by sudo. */
  readonly root: (line: string) => Process;
}

function downloaded(): Facts {
  const log = new HostLog();
  const browser = log.desktop('dev').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
  browser.write(`${SAVED}.part`).rename(`${SAVED}.part`, SAVED);
  log.wait(MINUTE);
  const shell = log.shell('dev');
  const who = { ...shell.who, uid: 0 };
  const root = (line: string): Process => shell.run(`/usr/bin/sudo ${line}`, { who }).run(`/usr/bin/${line}`);
  return { log, shell, root };
}
const runs = ({ log }: Facts): void => {
  log.wait(DAY);
  log.cron('root', PUT).run(PUT).connect('203.0.113.66', 9001);
};

for (const words of [
  `install -D -m 755 ${SAVED} ${PUT}`,
  `cp ${SAVED} ${PUT}`,
  `install -t /opt/agent/bin /home/dev/Downloads/agentd`,
])
  test(`what root puts there by the hand of a person is the download that it was: ${words.split(' ')[0]}`, async () => {
    const facts = downloaded();
    const from = words.includes('-t ') ? '/home/dev/Downloads/agentd' : SAVED;
    if (from !== SAVED) facts.shell.run(`/bin/mv ${SAVED} ${from}`).rename(SAVED, from);
    facts.root(words).read(from);
    runs(facts);
    inOrder(firesAt(await scanLog(facts.log), 'AN0321', 'high'), [
      ['file.written', 'puts what it read at', PUT],
      ['content.executed', PUT],
    ]);
  });

const OTHERS: Readonly<Record<string, (facts: Facts) => void>> = {
  'it is another file': ({ root }) => void root(`cp /home/dev/build/agentd ${PUT}`).read('/home/dev/build/agentd'),
  'it is put elsewhere': ({ root }) => void root(`cp ${SAVED} ${PUT}.old`).read(SAVED),
  'another file took its place': ({ log, root }) => {
    root(`cp ${SAVED} ${PUT}`).read(SAVED);
    log.wait(MINUTE);
    root(`cp /home/dev/build/agentd ${PUT}`).read('/home/dev/build/agentd');
  },
};
for (const [says, act] of Object.entries(OTHERS))
  test(`what runs there is not the download: ${says}`, async () => {
    const facts = downloaded();
    act(facts);
    runs(facts);
    silent(await scanLog(facts.log));
  });
