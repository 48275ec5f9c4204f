import type { Severity } from '../events/vocabulary.ts';
import { CLASS, classOfPath } from '../state/programs.ts';
import type { Standing } from '../state/standing.ts';
import type { ContentCase } from './content-cases.ts';
import type { ContentStory } from './content-story.ts';
import { atMost } from './story.ts';

/** What does as it is told, or came along: an installed program that reaches out does its own work (a browser that a link was given to). */
const ORDERED: ReadonlySet<Standing> = new Set(['tool', 'brought', 'elsewhere']);

/** A viewer started one and the same command however often it showed the content, and nothing followed: a helper of its own. */
export function isViewersHelper({ runs, connections, persistence }: ContentCase): boolean {
  if (connections.length > 0 || persistence.length > 0) return false;
  return runs.every(({ how, command }) => how === 'spawned-by-viewer' && command === runs[0]?.command);
}

/** ldd(1) looked at it, and nothing followed. Null where it is more than that. */
export function weighTraced({ runs, connections, persistence }: ContentCase, told: ContentStory): Severity | null {
  if (connections.length > 0 || persistence.length > 0 || !runs.every(({ how }) => how === 'traced')) return null;
  told.story.factor('it was only asked what it would load', -4, told.main.command, told.ids.runs);
  return 'informational';
}

/**
 * A shell took in the lines, and nothing shows that they did more than set variables; in a file with which every shell starts stand its
 * person's lines too, and programs that these start. Null where it is more than that.
 */
export function weighSourced({ runs, connections, persistence }: ContentCase, told: ContentStory): Severity | null {
  if (!runs.every(({ how }) => how === 'sourced')) return null;
  if (persistence.length > 0 || connections.some(({ standing }) => ORDERED.has(standing))) return null;
  told.story.factor(
    'a shell took in its lines, and no record shows that they did anything',
    -4,
    told.main.path,
    told.ids.runs,
  );
  return 'informational';
}

/**
 * A program that read the content started a command, and nothing else shows that the content ran: by itself that says nothing, and
 * with what the command did it stays a guess. Null where it is more than that.
 */
export function weighReader(found: ContentCase, told: ContentStory, severity: Severity): Severity | null {
  if (!found.runs.every(run => run.how === 'spawned-by-reader')) return null;
  const { story, main, ids } = told;
  if (found.persistence.length > 0 || found.connections.some(({ standing }) => ORDERED.has(standing))) {
    story.factor('that the content ordered the command is a guess', 0, 'medium at most', ids.runs);
    return atMost(severity, 'medium');
  }
  story.factor('only the program that read it started a command', -4, main.command, ids.runs);
  return 'informational';
}

/**
 * A mail program started an interpreter without a program: a person may have piped a message into it, or wants to type at it.
 * What it does tells. Null where that is plain.
 */
export function weighPiped(
  { runs, connections, persistence }: ContentCase,
  told: ContentStory,
  severity: Severity,
): Severity | null {
  if (!runs.every(({ taint }) => taint.origin.basis === 'client-piped')) return null;
  if (persistence.length > 0 || connections.some(({ standing }) => ORDERED.has(standing))) {
    if ((classOfPath(told.main.exe) & CLASS.shell) === 0) return null;
    told.story.factor('that the message was piped to the shell is a guess', 0, 'medium at most', told.ids.runs);
    return atMost(severity, 'medium');
  }
  told.story.factor(
    'a mail program started an interpreter, and no record shows that it did anything',
    -4,
    told.main.command,
    told.ids.runs,
  );
  return 'informational';
}
