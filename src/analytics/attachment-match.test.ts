import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message, MessageAttachment } from '../state/mail/contract.ts';
import type { World } from '../state/world.ts';
import { type FollowedFile, followedFiles, matchAttachment } from './attachment-match.ts';
import { attachment, delivery, message, taintOf } from './mail-facts.test-support.ts';

const file = (facts: Partial<FollowedFile> = {}): FollowedFile => ({
  path: '/home/clerk/A.pdf',
  sha256: '',
  sizeBytes: -1,
  ...facts,
});
type Carried = readonly Partial<MessageAttachment>[];

/** Messages from the newest on, by what they carry; what the file is taken for. */
function matched(files: readonly FollowedFile[], ...mails: readonly Carried[]) {
  const messages = mails.map((_, index) => message({ queueId: `Q${index}` }));
  const world = {
    mail: { attachmentsOf: (of: Message) => (mails[messages.indexOf(of)] ?? []).map(attachment) },
  } as unknown as World;
  const found = matchAttachment(
    world,
    messages.map(each => ({ message: each, delivery: delivery() })),
    files,
  );
  return found === null ? null : [found.message.queueId, found.basis, found.path, found.alike];
}
const PATH = '/home/clerk/A.pdf';

test('the same content is surest, whatever it is called', () => {
  const disk = [file({ sha256: 'abc', sizeBytes: 7 })];
  assert.deepEqual(matched(disk, [{ name: 'other.bin', sha256: 'abc' }]), ['Q0', 'content', PATH, 0]);
  assert.equal(matched([file()], [{ name: 'other.bin' }]), null, 'two contents that nobody knows are not the same');
});

test('a name counts with its size, alone where a size is not known, and little against what is known', () => {
  assert.deepEqual(matched([file({ sizeBytes: 7 })], [{ sizeBytes: 7 }]), ['Q0', 'name-and-size', PATH, 0]);
  assert.deepEqual(matched([file({ sizeBytes: 0 })], [{ sizeBytes: 0 }]), ['Q0', 'name-and-size', PATH, 0]);
  assert.deepEqual(matched([file({ sizeBytes: 7 })], [{ sizeBytes: 8 }]), ['Q0', 'name-only', PATH, 0]);
  assert.deepEqual(matched([file({ sizeBytes: 7 })], [{}]), ['Q0', 'name', PATH, 0]);
  assert.deepEqual(matched([file()], [{ sizeBytes: 7 }]), ['Q0', 'name', PATH, 0]);
  const other = [file({ sha256: 'abc', sizeBytes: 7 })];
  assert.deepEqual(matched(other, [{ sha256: 'def', sizeBytes: 7 }]), ['Q0', 'name-only', PATH, 0]);
  assert.deepEqual(
    matched(other, [{ sizeBytes: 7 }]),
    ['Q0', 'name-and-size', PATH, 0],
    'of one the hash is not known',
  );
  assert.deepEqual(
    matched([file({ sizeBytes: 7 })], [{ sha256: 'def', sizeBytes: 7 }]),
    ['Q0', 'name-and-size', PATH, 0],
    'of the other',
  );
});

test('a name is that of the file as it lands on a disk', () => {
  assert.deepEqual(matched([file()], [{ name: 'pack.zip!folder/a.PDF' }]), ['Q0', 'name', PATH, 0]);
  assert.equal(matched([file()], [{ name: 'a.pdf.zip' }]), null);
});

test('what is known of a file of a name comes before what is not', () => {
  const files = [file({ path: '/tmp/a.pdf', sizeBytes: 7 }), file()];
  assert.deepEqual(matched(files, [{ sizeBytes: 7 }]), ['Q0', 'name-and-size', '/tmp/a.pdf', 0]);
});

test('of several the surest is taken, of equals the newest, and the others are counted', () => {
  const disk = [file({ sha256: 'abc', sizeBytes: 7 })];
  const [same, sized, named] = [[{ sha256: 'abc' }], [{ sizeBytes: 7 }], [{}]];
  assert.deepEqual(matched(disk, named, same), ['Q1', 'content', PATH, 0]);
  assert.deepEqual(matched(disk, same, same, sized, same), ['Q0', 'content', PATH, 2]);
  assert.deepEqual(
    matched(disk, sized, sized, same),
    ['Q2', 'content', PATH, 0],
    'what was counted before is less sure',
  );
  assert.deepEqual(matched(disk, [...named, ...same]), ['Q0', 'content', PATH, 0], 'the surest of one message');
  assert.deepEqual(matched(disk, [...same, ...named]), ['Q0', 'content', PATH, 0]);
  assert.deepEqual(matched(disk, [{ name: 'x' }], named), ['Q1', 'name', PATH, 0]);
  const changed = [{ sizeBytes: 8 }];
  assert.deepEqual(matched(disk, changed, named), ['Q1', 'name', PATH, 0], 'nothing more is known of one');
  assert.deepEqual(matched(disk, named, sized), ['Q1', 'name-and-size', PATH, 0]);
  const two = [...disk, file({ path: '/home/clerk/B.pdf', sha256: 'def' })];
  assert.deepEqual(matched(two, [{ sha256: 'def' }, { sha256: 'abc' }]), ['Q0', 'content', '/home/clerk/B.pdf', 0]);
  const one = message();
  const world = { mail: { attachmentsOf: () => [attachment()] } } as unknown as World;
  const twice = [delivery({ recipient: 'a@example.org' }), delivery()].map(each => ({ message: one, delivery: each }));
  assert.equal(matchAttachment(world, twice, disk)?.alike, 0, 'one message to two recipients');
});

test('files are those that content lay in, by whole paths, each once, and no message of a store', () => {
  const known = new Map([['ws1 /home/clerk/b', { sha256: 'abc', sizeBytes: 9 }]]);
  const world = { contentOf: (host: string, path: string) => known.get(`${host} ${path}`) } as unknown as World;
  const taint = taintOf(
    { storePath: '/home/clerk/Maildir/new/1' },
    { object: '/home/clerk/Maildir/new/1 to /home/clerk/b' },
  );
  const twice = taintOf({}, { object: '/home/clerk/b to notes.txt' });
  assert.deepEqual(followedFiles(world, [taint, twice], '/home/clerk/run'), [
    { path: '/home/clerk/run', sha256: '', sizeBytes: -1 },
    { path: '/home/clerk/b', sha256: 'abc', sizeBytes: 9 },
  ]);
  const elsewhere = taintOf({ host: 'ws2' }, { object: '/home/clerk/b' });
  assert.equal(
    followedFiles(world, [twice, elsewhere], '')[0]?.sha256,
    'abc',
    'of a path of two hosts, as it lies on that of the surest history',
  );
  const many = Array.from({ length: 99 }, (_, index) => taintOf({}, { object: `/tmp/${index}` }));
  assert.ok(followedFiles(world, many, '').length < 99, 'of very many the first');
});
