import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostState } from '../../state/host.ts';
import { splitHome } from '../../state/places.ts';
import { isBroad } from './broad.ts';
import { ran } from './harvest-cases.test-support.ts';

const host = { homes: { split: splitHome } } as unknown as HostState;
const broad = (line: string, box = '/home/clerk/Maildir'): boolean =>
  isBroad(host, ran(line.split(' ', 1)[0] as string, line.split(' ')), box);

test('folders far above the box, or the home around it', () => {
  for (const line of [
    '/bin/tar -czf /b.tgz /home',
    '/bin/tar -czf /b.tgz /home/clerk/',
    '/bin/tar -C / -czf /b.tgz home',
    '/bin/tar -C /home -czf /b.tgz .',
    '/bin/tar -C / -czf /b.tgz home/clerk',
    '/usr/bin/rsync -a / /srv/copy',
  ])
    assert.equal(broad(line), true, line);
  assert.equal(broad('/bin/tar -C / -czf /srv/b.tgz home var/mail', '/var/mail/clerk'), true, 'homes besides');
});

test('the box alone, wherever its packer stands', () => {
  for (const line of [
    '/bin/tar -czf /srv/b.tgz /home/clerk/Maildir',
    '/bin/tar -C /home -czf /srv/b.tgz clerk/Maildir dev/Maildir',
    '/bin/tar -czf /srv/b.tgz -C /home clerk/Maildir',
    '/bin/tar --directory /home -czf /srv/b.tgz clerk/Maildir clerk/notes',
    '/bin/tar -C / -czf /srv/b.tgz var/spool',
  ])
    assert.equal(broad(line), false, line);
  assert.equal(broad('/bin/tar -C / -czf /srv/b.tgz var/mail', '/var/mail/clerk'), false);
});
