import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { filesUnder } from '../../../scripts/lib/tree.ts';
import { recordedLogs } from '../../../test/support/recordings.ts';
import { placeOf } from './layout.ts';
import { storeFormOf } from './recognise.ts';

const here = import.meta.dirname;

function formsBelow(folder: string): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const name of filesUnder('.', join(here, folder)))
    if (name !== 'README.md')
      found.set(name, storeFormOf(name, readFileSync(join(here, folder, name)).subarray(0, 65_536)));
  return found;
}

test('every recorded store is recognised by what it holds', () => {
  for (const [name, form] of formsBelow('recordings')) {
    const expected = /\/(?:dovecot[-.]|maildirfolder)/.test(name.replace(/^dovecot-\w+/, ''))
      ? 'index'
      : /dbox/.test(name)
        ? 'dbox'
        : /-(?:maildir|Maildir)\//.test(name)
          ? 'maildir'
          : 'mbox';
    assert.equal(form, expected, name);
  }
});

test('layouts of clients: the account, the folder in it, indexes beside', () => {
  const forms = formsBelow('converted');
  const places = [...forms]
    .filter(([, form]) => form !== null && form !== 'index')
    .map(([name, form]) => {
      const { box, folder, client } = placeOf(name, form as 'mbox', () => false);
      return [client, form, box.replace('home/clerk/', ''), folder];
    });
  assert.deepEqual(places, [
    ['evolution', 'eml', '.cache/evolution/mail/5f3a', ''],
    ['kmail', 'eml', '.local/share/akonadi/file_db_data', ''],
    ['evolution', 'maildir', '.local/share/evolution/mail/local', 'Parcels'],
    ['kmail', 'maildir', '.local/share/local-mail', 'inbox/Parcels'],
    ['kmail', 'maildir', '.local/share/local-mail', ''],
    ['thunderbird', 'maildir', '.thunderbird/k3x9.default-release/ImapMail/mail.example.org', ''],
    ['thunderbird', 'mbox', '.thunderbird/k3x9.default-release/Mail/Local Folders', ''],
    ['thunderbird', 'mbox', '.thunderbird/k3x9.default-release/Mail/Local Folders', 'Kept/Parcels'],
  ]);
  assert.deepEqual(
    [...forms].filter(([, form]) => form === 'index').map(([name]) => name.split('/').at(-1)),
    ['INBOX.msf', 'Inbox.msf'],
  );
});

test('folders of Maildir++ and dbox; a Maildir whose own name begins with a dot; MH', () => {
  const of = (name: string, form: 'maildir' | 'dbox' | 'eml' | 'mbox', roots: readonly string[] = []) => {
    const { box, folder, temporary } = placeOf(name, form, root => roots.includes(root));
    return [box, folder, ...(temporary ? ['temporary'] : [])];
  };
  assert.deepEqual(of('m/.Archive.2026/cur/1.2.x', 'maildir', ['m']), ['m', 'Archive/2026']);
  assert.deepEqual(of('home/clerk/.maildir/new/1.2.x', 'maildir'), ['home/clerk/.maildir', '']);
  assert.deepEqual(of('m/tmp/1.2.x', 'maildir'), ['m', '', 'temporary']);
  assert.deepEqual(of('s/mailboxes/INBOX/dbox-Mails/u.1', 'dbox'), ['s', '']);
  assert.deepEqual(of('s/mailboxes/A/b/dbox-Mails/u.1', 'dbox'), ['s', 'A/b']);
  assert.deepEqual(of('s/storage/m.7', 'dbox'), ['s', '']);
  assert.deepEqual(of('Mail/inbox/12', 'eml'), ['Mail/inbox', '']);
  assert.deepEqual(of('var/mail/clerk', 'mbox'), ['var/mail/clerk', '']);
  assert.deepEqual(of('var/Mail/lists/dev', 'mbox'), ['var/Mail/lists/dev', ''], 'no profile, no Thunderbird');
});

test('no log is taken for mail, and no mail for a log', () => {
  for (const { name, content } of recordedLogs()) {
    if (name.includes('/mail-store/')) continue;
    assert.equal(storeFormOf(name.split('/').at(-1) as string, content.subarray(0, 65_536)), null, name);
  }
  const log = 'Nov 21 09:30:00 mx1 postfix/smtpd[9]: connect from unknown[203.0.113.9]\n'.repeat(500);
  const message = Buffer.from(`Received: from x\nMessage-ID: <a@example.net>\nSubject: s\n\n${log}`);
  assert.equal(storeFormOf('note', message), 'eml', 'a message that quotes a log is asked about before any log format');
});

test('headers alone are not enough outside a Maildir', () => {
  const of = (name: string, text: string) => storeFormOf(name, Buffer.from(text));
  assert.equal(of('response', 'HTTP/1.1 200 OK\nDate: x\nContent-Type: text/html\n\n'), null);
  assert.equal(of('response', 'Date: x\nContent-Type: text/html\n\n'), null);
  assert.equal(of('aliases', 'postmaster: root\nroot: clerk\n'), null);
  assert.equal(of('a.eml', 'Subject: x\n\n'), 'eml');
  assert.equal(of('x/cur/1795264961.2736_0.ws1', 'X-Odd: y\n\n'), 'maildir');
  assert.equal(of('x/cur/1795264961.2736_0.ws1', 'no header\n\n'), null);
  assert.equal(of('x', ''), null);
});
