import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyPlace, holdsBoxes } from './places.ts';

const storeAt = (path: string): { box: string; owner: string; kind: string } => {
  const { box, owner, kind } = classifyPlace(path, { mailDirs: [], attachmentPaths: [] }, 0);
  return { box, owner, kind };
};
const NO_STORE = { box: '', owner: '', kind: 'other' };

test('a message in a partition of Cyrus lies in the mailbox that its folder is', () => {
  assert.deepEqual(storeAt('/var/spool/cyrus/mail/uuid/2/k/2kzwaf1mezy6/12.'), {
    box: '/var/spool/cyrus/mail/uuid/2/k/2kzwaf1mezy6',
    owner: '',
    kind: 'client-store',
  });
  assert.deepEqual(storeAt('/var/spool/imap/c/user/clerk/Sent/3.'), {
    box: '/var/spool/imap/c/user/clerk/Sent',
    owner: 'clerk',
    kind: 'client-store',
  });
  assert.equal(storeAt('/var/spool/imap/user/clerk/3.').owner, 'clerk');
  assert.equal(storeAt('/var/spool/imap/c/user/3.').owner, '', 'a mailbox that is called so');
  assert.equal(storeAt('/var/spool/cyrus/mail/user/clerk/cyrus.cache').box, '/var/spool/cyrus/mail/user/clerk');
});

test('what else Cyrus keeps there is no mail', () => {
  for (const name of ['cyrus.index', 'cyrus.header', 'cyrus.squat', '12', '12.txt', '12345678901.', '.'])
    assert.deepEqual(storeAt(`/var/spool/cyrus/mail/user/clerk/${name}`), NO_STORE, name);
  assert.deepEqual(storeAt('/var/spool/cyrus'), NO_STORE);
  assert.deepEqual(storeAt('/var/spool/cyrus2/mail/user/clerk/12.'), NO_STORE);
  assert.equal(storeAt('/var/spool/mail/12.').kind, 'mbox', 'where each file is a mailbox it is one');
});

test('a partition holds the mailboxes of many', () => {
  assert.equal(holdsBoxes('/var/spool/cyrus'), true);
  assert.equal(holdsBoxes('/var/spool/imap/'), true);
  assert.equal(holdsBoxes('/var/spool/cups'), false);
});
