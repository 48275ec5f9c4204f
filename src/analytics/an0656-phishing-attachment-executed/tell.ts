import type { Finding } from '../../events/finding.ts';
import type { Severity } from '../../events/vocabulary.ts';
import { taintSteps } from '../../state/taint.ts';
import type { World } from '../../state/world.ts';
import { missConnections, missStart, missWriter } from '../content-absences.ts';
import type { ContentCase } from '../content-cases.ts';
import { type ContentStory, howText } from '../content-story.ts';
import { reachedAdvice, reachedText, secretsAdvice } from '../reached-out.ts';
import { messageName } from '../story.ts';
import { toFinding } from '../to-finding.ts';

export function findingOf(found: ContentCase, told: ContentStory, severity: Severity): Finding {
  const { delivery, main, story } = told;
  const opened = openedDocument(found, told);
  const path = opened?.path || main.path;
  const kept = path === main.path || main.path === '' ? `${path} and its` : `${path}, ${main.path} and their`;
  const what = path !== '' ? path : delivery === null ? 'content of a message' : 'content';
  const from = delivery === null ? '' : ` from a message of <${delivery.message.sender}>`;
  const who = told.person || `uid ${found.uid}`;
  const out = reachedText(found);
  return toFinding(story, {
    analytic: 'AN0656',
    host: found.host,
    key: found.key,
    severity,
    title: path === '' ? `Content of mail run by ${main.program}` : `Attachment run: ${path}`,
    story: `On ${found.host}, ${what}${from} ${howText(opened?.run ?? main)} as ${told.as}${out}.`,
    entities: told.entities,
    next: [
      `Ask ${who} whether this file was meant to be opened; keep the host on until memory and files are preserved.`,
      path === ''
        ? 'Preserve the message: it holds the content that was run.'
        : `Preserve ${kept} sha256; look for the same hash and sender elsewhere.`,
      delivery === null
        ? 'Find the message in the MTA log or mailbox of this person.'
        : `Find every recipient of ${messageName(delivery.message)}.`,
      reachedAdvice(found),
      ...secretsAdvice(found),
    ],
  });
}

/** A document that had its viewer start something, and what that fetched or made was run later: the document is what came. */
function openedDocument({ runs }: ContentCase, { main, taint }: ContentStory) {
  const run = runs.find(({ how, time }) => how === 'spawned-by-viewer' && time <= main.time);
  if (run === undefined) return null;
  let path = '';
  for (const { kind, object } of taintSteps(taint)) {
    if (path === '' && kind === 'file.created') path = object;
    else if (kind === 'file.renamed' && object.startsWith(`${path} to `)) path = object.slice(path.length + 4);
  }
  return path === '' ? null : { run, path };
}

/** What this host and these logs could not show. */
export function absences(found: ContentCase, told: ContentStory, world: World): void {
  const { story, delivery, taint } = told;
  if (!world.anyMail && delivery !== null) {
    story.miss('No MTA log is in the evidence: the message is known from elsewhere, not that it was delivered.');
  } else if (!world.anyMail) {
    story.miss('No MTA log is in the evidence: the message itself could not be linked.');
    story.link('mail.delivered', story.steps[0]?.id ?? 'content', 'delivery', 'unavailable', 'no MTA log was read');
  } else if (delivery === null) {
    story.miss(
      `No delivery to ${told.person || 'this person'} was found before the content appeared: it may have come through a mailbox elsewhere.`,
    );
    story.link(
      'mail.delivered',
      story.steps[0]?.id ?? 'content',
      'delivery',
      'unavailable',
      'no delivery to this person in the logs that were read',
    );
  }
  if (!world.seen(found.host, 'file:written') && world.seen(found.host, 'file:appeared')) {
    missWriter(
      told,
      'file.written',
      'This host records that files appear, not which program makes them: who wrote the file is inferred from time, owner and directory.',
    );
  } else if (taint.origin.basis === 'client-piped') {
    story.miss('What a mail program pipes into a command leaves no record: that it was the message is inferred.');
  } else if (!world.seen(found.host, 'file:written')) {
    missWriter(
      told,
      'file.created',
      'This host does not record file creation: who wrote the file is inferred from places and arguments.',
    );
  } else if (taint.origin.basis === 'place')
    story.miss('The file was there before the evidence begins: who wrote it is not known.');
  missStart(told);
  missConnections(told, found.host, world);
  if (!world.identity.loaded.passwd) story.miss('No passwd file is in the evidence: accounts are taken from paths.');
}
