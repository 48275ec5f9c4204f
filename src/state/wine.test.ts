import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessStarted } from '../events/host-events.ts';
import { planOf } from './execution.ts';

/** What wine is told to run, in a folder of a. */
function script(...words: string[]): string {
  const file = { path: '/usr/lib/wine/wine64', device: -1, inode: -1 };
  return planOf({
    argv: words,
    cwd: '/home/a/Downloads',
    file,
    interpreter: '',
    actor: { exe: file.path },
  } as unknown as ProcessStarted).script;
}

test('wine runs a program by its Unix path or by the drive that is the root', () => {
  assert.equal(script('wine', 'form.exe'), '/home/a/Downloads/form.exe');
  assert.equal(script('wine', 'Z:\\home\\a\\Downloads\\form.exe'), '/home/a/Downloads/form.exe');
  assert.equal(script('wine', 'start', '/wait', '/unix', '/home/a/Downloads/form.exe'), '/home/a/Downloads/form.exe');
});

test('a program on a drive of the prefix is no file of the folder where wine stands', () => {
  assert.equal(script('wine', 'C:\\windows\\system32\\conhost.exe', '--unix'), '');
  assert.equal(script('wine', 'start', '/d', 'C:\\x'), '');
});
