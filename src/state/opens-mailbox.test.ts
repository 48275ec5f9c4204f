import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opensMailbox } from './opens-mailbox.ts';

const opens = (line: string): boolean => {
  const argv = line.split(' ');
  return opensMailbox({ exe: `/usr/bin/${argv[0]}`, argv });
};

test('a mail program that is told to open a mailbox sends nothing by its words', () => {
  for (const line of [
    's-nail -R -f /var/mail/buyer',
    'mail -f',
    'mailx -Rf /var/mail/buyer',
    'mail -u buyer',
    'mailx -H',
    'mutt -f /var/mail/buyer',
    'neomutt -Z',
  ])
    assert.equal(opens(line), true, line);
});

test('with recipients it writes; what only sends reads no mailbox, whatever its options are called', () => {
  for (const line of [
    'mail -s report ops@example.net',
    'mail',
    'mailx -s report bob',
    'mutt -s x -a /tmp/box.tgz -- ops@example.net',
    'mutt -f /var/mail/buyer ops@example.net',
    'sendmail -f parcel@example.org -t',
    'msmtp -f x@example.org -t',
  ])
    assert.equal(opens(line), false, line);
});
