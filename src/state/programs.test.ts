import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLASS, classOfPath, programName } from './programs.ts';

test('a program that a distribution offers by several packages is known by the name it is offered under', () => {
  for (const path of ['/usr/sbin/sendmail.postfix', '/usr/sbin/sendmail.exim4', '/usr/bin/mail.mailutils']) {
    assert.equal(programName(path), path.includes('sendmail') ? 'sendmail' : 'mail');
    assert.equal(classOfPath(path), CLASS.sender, path);
  }
  assert.equal(programName('/bin/nc.openbsd'), 'nc.openbsd', 'known itself');
});

test('and no other file with a dot in its name is', () => {
  for (const path of [
    '/home/clerk/bin/sendmail.postfix',
    '/tmp/mail.mailutils',
    '/opt/sendmail.postfix',
    '/usr/bin/report.daily',
    '/usr/bin/.sendmail',
  ])
    assert.equal(classOfPath(path), 0, path);
  assert.equal(programName('/usr/bin/mail.py'), 'mail.py');
  // Words of many programs mean something in their own folder only.
  assert.equal(classOfPath('/usr/bin/local.foo'), 0);
});

test("an IMAP server's daemons and tools serve stores, whatever they are called, where they lie together", () => {
  for (const path of ['/usr/lib/cyrus/bin/squatter', '/usr/libexec/cyrus-imapd/cyr_expire', '/usr/lib/dovecot/stats'])
    assert.equal(classOfPath(path), CLASS.storeService, path);
  for (const path of ['/usr/bin/squatter', '/usr/lib/postfix/sbin/postlogd', '/home/ops/usr/lib/cyrus/bin/squatter'])
    assert.equal(classOfPath(path), 0, path);
});
