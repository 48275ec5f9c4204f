import type { TunableMet } from '../../events/finding.ts';
import type { Severity } from '../../events/vocabulary.ts';
import type { ExecutionRoute } from '../../state/notices.ts';
import { matchPrefix } from '../../state/path-patterns.ts';
import { stepId, stepSummary, taintSteps } from '../../state/taint.ts';
import { isFedData } from '../../state/tell.ts';
import type { World } from '../../state/world.ts';
import type { ContentCase } from '../content-cases.ts';
import { type ContentStory, howText, weighLeaving } from '../content-story.ts';
import { weighHiddenCopy } from '../hidden-copy.ts';
import { weighJudgements } from '../message-story.ts';
import { weighNewOrder } from '../new-order.ts';
import { weighInstall } from '../package-install.ts';
import { placesReached } from '../reached-out.ts';
import { isViewersHelper, weighPiped, weighReader, weighSourced, weighTraced } from '../reader-start.ts';
import { atMost, isQueueId, messageName, raise } from '../story.ts';
import type { Tunables } from '../tunables.ts';

/** Ways of running in which the program that is recorded is the interpreter. */
export const BY_INTERPRETER: ReadonlySet<ExecutionRoute> = new Set([
  'interpreter-script',
  'interpreter-module',
  'standard-input',
  'substituted',
  'sourced',
]);

/** The entry of AttachmentStoragePaths that the file lies below. */
export function placeMet(tunables: Tunables, ...paths: readonly string[]): TunableMet | null {
  for (const path of paths) {
    const met = tunables.entry('AttachmentStoragePaths', path, entry => matchPrefix(path, entry) !== '');
    if (met !== null) return met;
  }
  return null;
}

/** Two linked signals make medium; a delivery with an observed chain, or a connection after it, makes high. */
export function weigh(found: ContentCase, told: ContentStory, world: World, tunables: Tunables): Severity {
  const { story, taint, delivery, main, ids } = told;
  const { basis } = taint.origin;
  const interpreter = BY_INTERPRETER.has(main.how)
    ? tunables.program('ScriptInterpreters', main.exe, main.command.split(' ')[0] ?? '')
    : null;
  story.factor('content of a message was run', 3, `${howText(main)} (${main.strength})`, ids.runs, interpreter);
  // The same content in the message and on the disk: by whichever hand it came, it came by mail.
  const isSame = delivery?.attachment?.basis === 'content';
  const guessed = !isSame && (basis === 'place' || basis === 'appeared');
  let severity: Severity = guessed ? 'informational' : 'medium';
  const first = taintSteps(taint)[0] ?? taint.step;
  if (!guessed) story.factor('file came out of mail', 3, taint.origin.program, [ids.origin]);
  if (isSame)
    story.factor('the file is the attachment, by its sha256', 2, delivery?.attachment?.path ?? '', [ids.delivery]);
  const place = placeMet(tunables, first.object, main.path);
  if (basis === 'appeared')
    story.factor('file appeared where a mail client saves', 2, stepSummary(first), [ids.origin], place);
  else if (guessed) story.factor('lies where attachments are saved', 1, main.path || first.object, [ids.origin], place);
  if (guessed) story.factor('who brought it in is a guess', 0, 'medium at most', [ids.origin]);
  if (delivery !== null) {
    story.factor(
      'a delivered message belongs to it',
      delivery.strength === 'observed' ? 3 : 2,
      `${isQueueId(delivery.message) ? delivery.message.queueId : messageName(delivery.message)}: ${delivery.why}`,
      [ids.delivery],
    );
    weighClient(told, delivery.delivery.time);
    weighJudgements(story, delivery.message, world);
    if (guessed) severity = basis === 'place' ? 'low' : 'medium';
    else if (told.chain === 'observed') severity = 'high';
  }
  if (told.reachedOut) {
    story.factor('outbound network afterwards', 2, placesReached(found), ids.connections);
    severity = raise(severity);
  } else weighLeaving(told);
  if (found.persistence.length > 0) {
    const left = found.persistence.map(each => each.path).join(', ');
    story.factor('left something that runs later', 2, left, ids.persistence);
    severity = raise(severity);
  }
  if (weighHiddenCopy(found, story, ids.runs)) severity = raise(severity);
  if (told.disguise !== '') {
    story.factor('disguised name', 1, told.disguise, [ids.main]);
    if (severity !== 'informational') severity = raise(severity);
  }
  // Who brought it in is a guess: that never makes high.
  if (guessed) severity = atMost(severity, 'medium');
  return lowered(found, told, severity);
}

/** Where only the place ties it to mail: the client was not merely open that day, its person started it after the delivery. */
function weighClient({ story, taint: { origin }, main }: ContentStory, delivered: number): void {
  const { basis, beside } = origin;
  if (basis !== 'place' || beside?.kind !== 'process.started' || beside.time <= delivered || beside.time > main.time)
    return;
  story.factor('its mail client was started in between', 1, stepSummary(beside), [stepId(beside)]);
}

function lowered(found: ContentCase, told: ContentStory, severity: Severity): Severity {
  const { story, taint, ids } = told;
  if (isViewersHelper(found)) {
    story.factor('only the viewer started something', -4, 'nothing else followed', ids.runs);
    return 'informational';
  }
  const reader =
    weighTraced(found, told) ??
    weighSourced(found, told) ??
    weighPiped(found, told, severity) ??
    weighReader(found, told, severity) ??
    weighNewOrder(found, told, severity);
  if (reader !== null) return reader;
  const helper = weighHelper(found, told, severity);
  if (helper !== null) return helper;
  const install = weighInstall(found, told, severity, 'low');
  if (install !== null) return install;
  const fed = found.runs.filter(run => isFedData(run.taint, run.how));
  if (fed.length > 0 && (told.reachedOut || found.persistence.length > 0)) {
    const what = fed.map(run => stepSummary(run.taint.step)).join(', ');
    story.factor('data that was taken in is fed to an interpreter', 1, what, ids.runs);
    return severity;
  }
  if (taint.curated && !told.reachedOut) {
    const taken = stepSummary(taint.step);
    story.factor('taken in by version control, a compiler or a package manager', -5, taken, [ids.taken]);
    return 'informational';
  }
  if (taint.curated) return atMost(severity, 'low');
  return severity;
}

/**
 * A client runs its updater, and what connects afterwards is nothing but programs that had run before: the client is started
 * anew. Null when it was more than that.
 */
function weighHelper(
  { runs, connections, persistence }: ContentCase,
  told: ContentStory,
  severity: Severity,
): Severity | null {
  if (persistence.length > 0 || !runs.every(run => run.how === 'own-helper')) return null;
  if (!connections.every(({ standing }) => standing === 'installed')) return null;
  const { story, main, ids } = told;
  story.factor('a mail client runs its own helper on its own installation', -5, main.command, ids.runs);
  return connections.length === 0 ? 'informational' : atMost(severity, 'low');
}
