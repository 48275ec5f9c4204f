import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderedBy } from './ordered-by-sudo.ts';

const ordered = (line: string): string => {
  const found = orderedBy(line.split(' '));
  return found === null ? 'nothing' : `${found.user}|${found.folder}|${found.words.join(' ')}`;
};

test('the command stands behind the options, their values and variables', () => {
  for (const [line, says] of [
    ['sudo tar -cf x y', '||tar -cf x y'],
    ['/usr/bin/sudo -u buyer -H mutt -f /var/mail/buyer', 'buyer||mutt -f /var/mail/buyer'],
    ['sudo -ubuyer mutt', 'buyer||mutt'],
    ['sudo -nu buyer mutt', 'buyer||mutt'],
    ['sudo -n -D /home tar -cf x y', '|/home|tar -cf x y'],
    ['sudo --user=buyer --chdir /home -- tar', 'buyer|/home|tar'],
    ['sudo LANG=C -E FOO=1 cat /var/mail/x', '||cat /var/mail/x'],
    ['sudo -s tar -cf x y', '||tar -cf x y'],
    ['sudo -iu buyer cp a b', 'buyer||cp a b'],
    ['sudo -k --login cp a b', '||cp a b'],
    ['sudo -u #0 cat x', '#0||cat x'],
    ['doas -u buyer cat x', 'buyer||cat x'],
    ['pkexec --user buyer cat x', 'buyer||cat x'],
  ] as const)
    assert.equal(ordered(line), says, line);
});

test('what names no command, runs a shell, or is no such program', () => {
  for (const line of [
    'sudo',
    'sudo -i',
    'sudo -s',
    'sudo -l',
    'sudo -e /etc/fstab',
    'sudo -u',
    'sudo --',
    'sudo -K',
    'tar -cf x y',
  ])
    assert.equal(ordered(line), 'nothing', line);
});
