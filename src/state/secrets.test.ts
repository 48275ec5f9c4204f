import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secretIn } from './secrets.ts';

test('keys and password files are known by where they lie', () => {
  for (const [path, what] of [
    ['/home/dev/.ssh/id_ed25519', 'a private key'],
    ['/root/.ssh/id_work', 'a private key'],
    ['/home/dev/.ssh/aws.pem', 'a private key'],
    ['/home/dev/.gnupg/private-keys-v1.d/0A1B.key', 'a private key'],
    ['/etc/ssh/ssh_host_ed25519_key', 'a private key'],
    ['/home/clerk/.thunderbird/ab12.default/logins.json', 'passwords that a client keeps'],
    ['/home/clerk/.mozilla/firefox/ab12.default/key4.db', 'passwords that a client keeps'],
    ['/home/clerk/.config/google-chrome/Default/Login Data', 'passwords that a client keeps'],
    ['/home/clerk/.local/share/keyrings/login.keyring', 'passwords that the desktop keeps'],
    ['/home/clerk/.netrc', 'settings that hold passwords'],
    ['/home/clerk/.msmtprc', 'settings that hold passwords'],
    ['/home/clerk/.aws/credentials', 'settings that hold passwords'],
    ['/etc/shadow', 'passwords of this host'],
    ['/etc/postfix/sasl_passwd', 'passwords of this host'],
  ] as const)
    assert.equal(secretIn(path), what, path);
});

test('what lies beside them, and what is only called like them, is none', () => {
  for (const path of [
    '/home/dev/.ssh/id_ed25519.pub',
    '/home/dev/.ssh/known_hosts',
    '/home/dev/.ssh/config',
    '/home/dev/.gnupg/pubring.kbx',
    '/etc/ssh/ssh_host_ed25519_key.pub',
    '/home/dev/src/id_ed25519',
    '/home/dev/src/logins.json',
    '/home/clerk/.thunderbird/ab12.default/prefs.js',
    '/home/clerk/.netrc.old',
    '/etc/passwd',
    '/etc/postfix/main.cf',
    '',
  ])
    assert.equal(secretIn(path), '', path);
});
