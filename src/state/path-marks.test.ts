import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MARK, marksOf } from './path-marks.ts';

test('what all graphical programs of a session write says nothing; what lies beside it, or is called alike elsewhere, does', () => {
  assert.equal(marksOf('/run/user/1003/dconf/user') & MARK.silent, MARK.silent);
  for (const path of [
    '/run/user/1003/dconf/x',
    '/run/user/1003/user',
    '/home/clerk/.config/dconf/user',
    '/tmp/dconf/user',
  ])
    assert.equal(marksOf(path) & MARK.silent, 0, path);
});

test('a history is one wherever a hidden name begins so; a redirect only as the last name', () => {
  for (const path of ['/home/clerk/.bash_history', '/home/clerk/.a/.lesshst', '/root/.viminfo.tmp', '/srv/.less/x/.y'])
    assert.equal(marksOf(path) & MARK.silent, MARK.silent, path);
  for (const path of ['/home/clerk/bash_history', '/home/clerk/x.lesshst', '/home/clerk/.'])
    assert.equal(marksOf(path) & MARK.silent, 0, path);
  for (const path of ['/home/clerk/.forward', '/srv/x/.y/.procmailrc', '/home/clerk/a.sieve', '/etc/aliases'])
    assert.equal(marksOf(path) & MARK.redirect, MARK.redirect, path);
  for (const path of ['/home/clerk/.forward/x', '/home/clerk/x.forward', '/srv/a.sieve', '/etc/.forward'])
    assert.equal(marksOf(path) & MARK.redirect, 0, path);
});

test('of programs, settings and tables of jobs it is kept who put them there', () => {
  for (const path of ['/usr/bin/x', '/opt/x/y', '/etc/passwd', '/var/spool/cron/crontabs/clerk', '/etc/cron.d/x'])
    assert.equal(marksOf(path) & MARK.installed, MARK.installed, path);
  for (const path of ['/var/spool/x', '/home/clerk/usr/bin/x', '?/usr/bin/x', ''])
    assert.equal(marksOf(path) & (MARK.installed | MARK.system | MARK.watched), 0, path);
  assert.equal(marksOf('/usr/bin/x') & MARK.system, MARK.system);
  assert.equal(marksOf('/etc/passwd') & MARK.system, 0);
  assert.equal(marksOf('/var/log/audit/audit.log') & MARK.watched, MARK.watched);
  assert.equal(marksOf('/var/lib/x') & MARK.watched, 0);
});
