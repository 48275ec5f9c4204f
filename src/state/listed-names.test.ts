import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listsNames, takesNames } from './listed-names.ts';

const words = (line: string) => ({ exe: line.split(' ', 1).join(), argv: line.split(' '), cwd: '/home/clerk' });
const takes = (line: string): boolean => takesNames(words(line));
const lists = (line: string): boolean => listsNames(words(line));

test('programs that are told to take the names of files from their input', () => {
  for (const line of [
    '/usr/bin/tar --null -T - -czf -',
    '/usr/bin/tar -cz --files-from=- -f x',
    '/usr/bin/tar cT -',
    '/usr/bin/tar -czT - -f x',
    '/bin/busybox tar -c -T - -f x',
    '/usr/bin/cpio -o -H newc',
    '/usr/bin/pax -w -f x',
    '/usr/bin/zip -q x.zip -@',
    '/usr/bin/rsync --files-from=- / host:in',
    '/usr/bin/rclone copy --files-from-raw - / r:in',
    '/usr/bin/sort --files0-from=-',
    '/usr/bin/borg create --paths-from-stdin repo::x',
    '/usr/bin/tar -T /dev/stdin -cf x',
  ])
    assert.ok(takes(line), line);
  for (const line of [
    '/usr/bin/tar -czf - .',
    '/usr/bin/tar -T list -cf -',
    '/usr/bin/tar -xf - -T list',
    '/usr/bin/cpio -i',
    '/usr/bin/pax -w notes.txt',
    '/usr/bin/zip x.zip -',
    '/usr/bin/curl -T - http://x/',
    '/usr/bin/rsync --exclude-from=- /srv host:in',
    '/usr/bin/sort -',
  ])
    assert.ok(!takes(line), line);
});

test('programs that print names', () => {
  for (const line of [
    '/usr/bin/find Maildir -newer x -print0',
    '/bin/ls -1 Maildir/new',
    '/usr/bin/find . -exec wc {} + -print',
  ])
    assert.ok(lists(line), line);
  for (const line of ['/usr/bin/find Maildir -mtime +9 -delete', '/usr/bin/find . -exec rm {} +', '/usr/bin/cat list'])
    assert.ok(!lists(line), line);
});
