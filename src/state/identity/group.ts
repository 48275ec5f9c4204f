import type { FileProblem } from './contract.ts';
import { idOf, shareOfLines } from './passwd.ts';

export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

const GROUPS_MAX = 200_000;

/**
 * Reads group(5).
 *
 *   line := name ":" password ":" gid ":" [member *("," member)]
 *
 * Bad lines are reported and passed over.
 */
export function parseGroup(text: string): {
  readonly groups: readonly Group[];
  readonly problems: readonly FileProblem[];
} {
  const groups: Group[] = [];
  const problems: FileProblem[] = [];
  let number = 0;
  for (const raw of text.split('\n')) {
    number += 1;
    const line = raw.trimEnd();
    if (line === '' || line.startsWith('#') || line.startsWith('+') || line.startsWith('-')) continue;
    const [name, , gidText, members, extra] = line.split(':');
    const gid = idOf(gidText ?? '');
    if (!name || members === undefined || extra !== undefined || gid < 0) {
      if (problems.length < 100) problems.push({ line: number, reason: 'not a group line' });
      continue;
    }
    if (groups.length >= GROUPS_MAX) {
      if (problems.length < 100) problems.push({ line: number, reason: 'too many groups' });
      break;
    }
    groups.push({ name, gid, members: members.split(',').filter(member => member !== '') });
  }
  return { groups, problems };
}

/** 0 (not a group file) to 1 (certain), from the beginning of the content. */
export function recogniseGroup(sample: Buffer): number {
  return shareOfLines(sample, line => {
    const fields = line.split(':');
    return fields.length === 4 && fields[0] !== '' && idOf(fields[2] ?? '') >= 0;
  });
}
