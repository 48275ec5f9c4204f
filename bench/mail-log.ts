import { closeSync, openSync, writeSync } from 'node:fs';
import { seeded } from '../test/support/random.ts';

/** What one generated Postfix log holds. */
export interface MailLog {
  readonly bytes: number;
  readonly lines: number;
  readonly messages: number;
  readonly mailboxes: number;
}

const BEGIN = Date.UTC(2026, 10, 2);
const WEEK_MS = 7 * 86_400_000;

/**
 * A week of a mail server in Postfix's own words (smtpd, cleanup, qmgr, local), with ISO stamps: `messages` into
 * `mailboxes` mailboxes, some of which get many and most few, from ten times as many senders. The same options give the same
 * bytes.
 */
export function writeMailLog(path: string, options: { messages: number; mailboxes: number; seed: number }): MailLog {
  const { messages, mailboxes, seed } = options;
  const random = seeded(seed);
  const handle = openSync(path, 'w');
  let bytes = 0;
  let block = '';
  const flush = (): void => {
    bytes += writeSync(handle, block);
    block = '';
  };
  /** Few are drawn often, most seldom. */
  const few = (count: number): number => Math.min(count - 1, Math.floor(random() ** 3 * count));
  for (let i = 0; i < messages; i++) {
    const stamp = new Date(BEGIN + (i * WEEK_MS) / messages).toISOString().replace('Z', '000+00:00');
    const id = (0x4a00000000 + i * 7).toString(16).toUpperCase();
    const [box, sender] = [few(mailboxes), few(mailboxes * 10)];
    const say = (program: string, text: string): void =>
      void (block += `${stamp} mx1 postfix/${program}: ${id}: ${text}\n`);
    say(`smtpd[${100 + (i % 50)}]`, `client=mail${sender % 700}.example.net[203.0.113.${sender % 250}]`);
    say(`cleanup[${1000 + (i % 50)}]`, `message-id=<m${i}@mail.example.net>`);
    say(
      'qmgr[900]',
      `from=<s${sender}@d${sender % 900}.example.net>, size=${2000 + (i % 3000)}, nrcpt=1 (queue active)`,
    );
    say(
      `local[${2000 + (i % 50)}]`,
      `to=<user${box}@example.org>, relay=local, delay=0.2, delays=0.1/0/0/0.1, dsn=2.0.0, status=sent (delivered to maildir)`,
    );
    say('qmgr[900]', 'removed');
    if (block.length > 1_000_000) flush();
  }
  flush();
  closeSync(handle);
  return { bytes, lines: messages * 5, messages, mailboxes };
}
