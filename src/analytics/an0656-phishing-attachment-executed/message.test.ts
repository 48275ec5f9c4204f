import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE } from './host-log.test-support.ts';
import { factorsOf, firesAt, inOrder, linksHold, scanLog } from './stories.test-support.ts';

/** What other hosts and filters logged of a message, a moment after the last line of the log. */
function logged(log: HostLog, host: string, program: string, text: string): void {
  log.records.now += 1;
  log.mail.push(`${new Date(log.records.now).toISOString().replace('Z', '')}000+00:00 ${host} ${program}: ${text}`);
}

/** A message delivered, read, saved and run; `meanwhile` logs what else is known of it. */
function saveAndRun(meanwhile: (log: HostLog, queueId: string, messageId: string) => void): HostLog {
  const log = new HostLog();
  const { queueId, messageId, path } = log.deliver();
  meanwhile(log, queueId, messageId);
  log.wait(MINUTE);
  const saved = '/home/clerk/Downloads/statement.run';
  const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird');
  client.read(path).write(`${saved}.part`).rename(`${saved}.part`, saved);
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  shell.run(`chmod +x ${saved}`);
  shell.run(['/home/clerk/Downloads/statement.run']);
  return log;
}

test('verdicts of filters stand beside the delivery, and weigh little', async () => {
  const plain = firesAt(await scanLog(saveAndRun(() => {})), 'AN0656', 'medium');
  const judged = saveAndRun((log, queueId, messageId) => {
    logged(
      log,
      'ws1',
      'clamav-milter[71]',
      `Message ${queueId} from <stranger@example.net> to <clerk@example.org> with subject 'x' message-id '<${messageId}>' date 'y' infected by Lab.Marker.UNOFFICIAL`,
    );
    logged(log, 'ws1', 'opendmarc[72]', `${queueId}: example.net fail`);
  });
  const alert = firesAt(await scanLog(judged), 'AN0656', 'medium');
  linksHold(alert);
  assert.equal(alert.severity, plain.severity);
  const words = alert.steps.filter(step => step.kind === 'mail.judged').map(step => step.summary);
  assert.deepEqual(words, [
    'clamav-milter checks the message for malware: infected (fails, Lab.Marker.UNOFFICIAL)',
    "opendmarc checks the sender's domain (DMARC): fail (fails, example.net)",
  ]);
  const added = alert.factors.filter(({ name }) => !plain.factors.some(each => each.name === name));
  assert.deepEqual(
    added.map(({ name, weight }) => [name, weight]),
    [
      ['a filter spoke against the message', 1],
      ['the sender failed a check', 1],
    ],
  );
});

test('a message is told from the host where it came in, by way of its filter, to where it was delivered', async () => {
  const log = saveAndRun((log, queueId, messageId) => {
    logged(log, 'mx1', 'postfix/smtpd[81]', 'AA00B1: client=unknown[192.0.2.77]');
    logged(log, 'mx1', 'postfix/cleanup[82]', `AA00B1: message-id=<${messageId}>`);
    logged(log, 'mx1', 'postfix/qmgr[83]', 'AA00B1: from=<stranger@example.net>, size=4000, nrcpt=1 (queue active)');
    logged(
      log,
      'mx1',
      'postfix/smtp[84]',
      `AA00B1: to=<clerk@example.org>, relay=ws1.example.org[198.51.100.20]:25, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as ${queueId})`,
    );
  });
  const alert = firesAt(await scanLog(log), 'AN0656', 'medium');
  linksHold(alert);
  inOrder(alert, [
    ['mail.delivered', 'statement'.slice(0, 0)],
    ['content.executed', 'statement.run'],
  ]);
  const arrivals = alert.steps.filter(step => step.kind === 'mail.received').map(step => step.summary);
  assert.ok(
    arrivals.some(text => text.includes('AA00B1') && text.includes('192.0.2.77')),
    arrivals.join('\n'),
  );
  const hop = alert.links.find(link => link.from.includes('AA00B1'));
  assert.deepEqual([hop?.kind, hop?.strength], ['message', 'observed']);
});

test('a copy of the Message-ID that somebody else sent is told as no part of the message', async () => {
  const log = saveAndRun((log, _queueId, messageId) => {
    logged(log, 'mx1', 'postfix/smtpd[81]', 'AA00B1: client=unknown[192.0.2.77]');
    logged(log, 'mx1', 'postfix/cleanup[82]', `AA00B1: message-id=<${messageId}>`);
    logged(log, 'mx1', 'postfix/qmgr[83]', 'AA00B1: from=<other@example.com>, size=4000, nrcpt=1 (queue active)');
  });
  const alert = firesAt(await scanLog(log), 'AN0656', 'medium');
  assert.equal(JSON.stringify(alert).includes('AA00B1'), false);
  assert.equal(
    factorsOf(alert).some(name => name.includes('filter')),
    false,
  );
});
