import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partsTaken } from './parts-by-words.ts';

const taken = (line: string) => {
  const [exe = '', ...rest] = line.split(' ');
  return partsTaken({ exe: `/usr/bin/${exe}`, argv: [exe, ...rest], cwd: '/home/clerk/in' });
};

test('mshow(1) makes files of the parts that are named, or all of them where it stands', () => {
  const folder = '/home/clerk/in';
  assert.deepEqual(taken('mshow -x 1 report.sh'), { ofOwnMail: true, files: [`${folder}/report.sh`], folder: '' });
  assert.deepEqual(taken('mshow -x 12'), { ofOwnMail: true, files: [], folder });
  assert.deepEqual(taken('mshow -x 1 3'), { ofOwnMail: true, files: [], folder }, 'by number');
  assert.deepEqual(taken('mshow -x ./a.eml 2 b'), { ofOwnMail: false, files: [`${folder}/b`], folder });
  assert.deepEqual(taken('mshow -qO 1 2'), { ofOwnMail: true, files: [], folder: '' }, 'printed');
  assert.deepEqual(taken('mshow -t 1'), null);
  assert.deepEqual(taken('mshow 1'), null);
});

test('mhstore(1), mhn of nmh and a part of notmuch-show(1); other verbs take nothing out', () => {
  assert.equal(taken('mhstore +inbox 7 -auto')?.folder, '/home/clerk/in');
  assert.equal(taken('mhstore -file a.eml')?.ofOwnMail, false);
  assert.equal(taken('mhn -store cur')?.ofOwnMail, true);
  assert.equal(taken('mhn -list cur'), null);
  assert.equal(taken('notmuch show --part=2 --format=raw id:a@b')?.ofOwnMail, true);
  assert.equal(taken('notmuch show id:a@b'), null);
  assert.equal(taken('notmuch search --part=2'), null);
  assert.equal(taken('cat a.eml'), null);
});
