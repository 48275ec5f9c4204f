import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HandMounts } from './hand-mounts.ts';
import type { ProcessState } from './processes.ts';

/** A mount or umount of root's in a login of uid 1001. */
const act = (line: string, time = 1000, trusted = true): ProcessState => {
  const argv = line.split(' ');
  const exe = `/usr/bin/${argv[0]}`;
  return {
    exe,
    argv,
    trusted,
    program: exe,
    cwd: '/root',
    ses: 7,
    pid: 400,
    execTime: time,
    execRef: null,
  } as unknown as ProcessState;
};
const after = (...lines: (string | ProcessState)[]): HandMounts => {
  const mounts = new HandMounts();
  for (const line of lines) mounts.started(typeof line === 'string' ? act(line) : line, 1001);
  return mounts;
};

test('places of disks that come and go, before anything is mounted', () => {
  const mounts = after();
  const held = ['/media/ops/x/y', '/run/media/ops/x', '/mnt/x', '/srv/x', '/media', '/home/ops/media/x', '/run/x'];
  assert.deepEqual(
    held.map(path => mounts.mayHold(path)),
    [true, true, true, false, false, false, false],
  );
});

test('the words tell the place, and whether the host itself knows the disk', () => {
  const placed = (line: string): unknown => {
    const mount = after(line).above('/srv/x/mail/1');
    return mount === undefined ? null : [mount.path, mount.ofHost];
  };
  for (const line of [
    'mount /dev/sdb1 /srv/x',
    'mount -t vfat -o uid=1001 /dev/sdb1 /srv/x/',
    'mount -L STICK /srv/x',
    'mount --uuid 4711-AB /srv/x',
    'mount --source /dev/sdb1 --target=/srv/x',
    'mount --types=ext4 /dev/sdb1 /srv/x',
    'mount files.example.net:/x /srv/x',
  ])
    assert.deepEqual(placed(line), ['/srv/x', false], line);
  assert.deepEqual(placed('mount /srv/x'), ['/srv/x', true], 'fstab(5) knows the device');
  for (const line of [
    'mount -t tmpfs none /srv/x',
    'mount --bind /home /srv/x',
    'mount -o remount,rw /srv/x',
    'mount -a',
    'mount /dev/sdb1 /srv/y',
    'mount',
    'umount /dev/sdb1',
    'ls /srv/x',
  ])
    assert.equal(placed(line), null, line);
  assert.equal(after(act('mount /dev/sdb1 /srv/x', 1, false)).above('/srv/x/y'), undefined, 'a program of its user');
});

test('who had it done and when, the innermost place, and all of it kept', () => {
  const mounts = after(act('mount /dev/sdb1 /srv/x', 1), act('mount /srv', 2), act('umount /srv/x', 3));
  const again = new HandMounts();
  again.restore(structuredClone(mounts.snapshot()));
  for (const each of [mounts, again]) {
    const found = each.above('/srv/x/mail');
    assert.deepEqual(
      [found?.path, found?.mounted?.time, found?.unmounted?.time, found?.ofHost],
      ['/srv/x', 1, 3, false],
    );
    assert.deepEqual([found?.mounted?.uid, found?.mounted?.ses], [1001, 7]);
    assert.equal(each.above('/srv/z')?.ofHost, true);
    assert.deepEqual([each.mayHold('/srv/x/y'), each.mayHold('/srv/z')], [true, false]);
  }
});
