import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EpochMs } from '../core/time.ts';
import { ID_UNSET } from '../events/host-events.ts';
import { OpenedBoxes } from './opened-boxes.ts';
import type { ProcessState } from './processes.ts';

const OPS = 1001;
const BUYER = 1004;
const host = {
  place: (path: string) => ({ box: /^\/home\/\w+\/Maildir/.exec(path)?.[0] ?? '', owner: path.split('/')[2] ?? '' }),
  userName: (uid: number) => (uid === BUYER ? 'buyer' : 'ops'),
};

function opened(line: string, { uid = OPS, ses = 7, cwd = '/' } = {}): boolean {
  const argv = line.split(' ');
  const boxes = new OpenedBoxes();
  const process = {
    exe: `/usr/bin/${argv[0]}`,
    argv,
    cwd,
    ses,
    auid: ses === ID_UNSET ? ID_UNSET : uid,
    execTime: 5 as EpochMs,
  };
  boxes.started(host, process as unknown as ProcessState, uid);
  const again = new OpenedBoxes();
  again.restore(boxes.snapshot());
  return again.has('/home/buyer/Maildir');
}

test('rights that somebody else gives to others open a box', () => {
  for (const line of [
    'chmod -R o+rX /home/buyer/Maildir',
    'chmod a=rx /home/buyer/Maildir',
    'chmod u+w,+r /home/buyer/Maildir',
    'chmod 0755 /home/buyer/Maildir',
    'chmod 604 /home/buyer/Maildir',
    'setfacl -R -m u:www-data:rX /home/buyer/Maildir',
    'setfacl -m d:g:web:r /home/buyer/Maildir',
  ])
    assert.ok(opened(line), line);
  assert.ok(opened('chmod o+r Maildir', { cwd: '/home/buyer' }));
});

test('rights that are taken away, or given to the owner alone, another box, the owner, and jobs', () => {
  for (const line of [
    'chmod o-r /home/buyer/Maildir',
    'chmod u+r,g=rx /home/buyer/Maildir',
    'chmod 700 /home/buyer/Maildir',
    'chmod o+x /home/buyer/Maildir',
    'chmod o+r /home/clerk/Maildir',
    'chmod o+r /srv/x',
    'setfacl -x u:www-data /home/buyer/Maildir',
    'ls 755 /home/buyer/Maildir',
  ])
    assert.ok(!opened(line), line);
  assert.ok(!opened('chmod o+r /home/buyer/Maildir', { uid: BUYER }));
  assert.ok(!opened('chmod o+r /home/buyer/Maildir', { ses: ID_UNSET }));
  assert.ok(!new OpenedBoxes().has(''));
});
