import type { World } from '../../state/world.ts';
import type { Story } from '../story.ts';
import { isExternal, mailboxIn, type Outcome, recipientsOf } from './outcome.ts';
import { sendId } from './tell.ts';

/** Nobody types a command, with another file to attach, every few seconds. */
const TYPED_MS = 5000;

/**
 * Sends at a terminal, each with another file, to one mailbox outside, one right after the other: a line of a shell (a loop, `find
 * -exec`, `xargs`) empties a folder. Of one and the same file, or to many people, it is an invitation, or a merge.
 */
export function folderMailed(outcomes: readonly Outcome[], address: string, many: number, world: World): Outcome[] {
  if (!isExternal(address, world)) return [];
  const theirs = outcomes
    .filter(each => each.send.attachments.length > 0 && recipientsOf(each).map(mailboxIn).includes(address))
    .sort((a, b) => a.send.time - b.send.time);
  const quick = theirs.filter(
    ({ send }, i) =>
      send.time - (theirs[i - 1]?.send.time ?? Number.NEGATIVE_INFINITY) <= TYPED_MS ||
      (theirs[i + 1]?.send.time ?? Number.POSITIVE_INFINITY) - send.time <= TYPED_MS,
  );
  const files = new Set(quick.flatMap(({ send }) => send.attachments));
  return files.size >= many ? quick : [];
}

export function weighFolder(mailed: readonly Outcome[], story: Story): void {
  if (mailed.length === 0) return;
  const files = new Set(mailed.flatMap(({ send }) => send.attachments));
  const evidence = `${files.size} files in ${mailed.length} messages, quicker than anybody types`;
  story.factor(
    'a whole folder, file by file',
    1,
    evidence,
    mailed.map(each => sendId(each.send)),
  );
}
