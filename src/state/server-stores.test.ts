import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyPlace } from './places.ts';

const storeAt = (path: string): readonly string[] => {
  const { box, owner, kind } = classifyPlace(path, { mailDirs: [], attachmentPaths: [] }, 0);
  return [box, owner, kind];
};

test('a file of a dbox mailbox lies in the folder of its owner', () => {
  for (const [path, box, owner] of [
    ['/srv/vmail/clerk/storage/m.1', '/srv/vmail/clerk', 'clerk'],
    ['/srv/vmail/clerk/storage/.temp.1795410854.P8013Q0M877835.mx1.example.org', '/srv/vmail/clerk', 'clerk'],
    ['/var/vmail/example.org/clerk/mdbox/storage/m.17', '/var/vmail/example.org/clerk/mdbox', 'clerk'],
    [
      '/var/vmail/example.org/clerk/sdbox/mailboxes/INBOX/dbox-Mails/u.3',
      '/var/vmail/example.org/clerk/sdbox',
      'clerk',
    ],
    ['/var/vmail/clerk/mailboxes/INBOX/Old/dbox-Mails/u.3', '/var/vmail/clerk', 'clerk'],
    ['/srv/mail/clerk@example.org/alt-storage/m.1', '/srv/mail/clerk@example.org', 'clerk'],
  ] as const)
    assert.deepEqual(storeAt(path), [box, owner, 'client-store'], path);
});

test('what only has such a name in its path is a box by itself', () => {
  for (const path of [
    '/var/mail/storage',
    '/var/mail/clerk/storage/2026/m.1',
    '/var/mail/m.1',
    '/var/mail/mailboxes/x',
  ])
    assert.deepEqual(storeAt(path), [path, path.slice(path.lastIndexOf('/') + 1), 'mbox'], path);
  assert.deepEqual(storeAt('/srv/vmail/clerk/storage/dovecot.map.index'), ['', '', 'other'], 'an index');
  assert.deepEqual(storeAt('/srv/data/clerk/storage/m.1'), ['', '', 'other'], 'no spool');
});
