import { baseName } from '../../core/paths.ts';
import { MINUTE_MS } from '../../core/time.ts';
import { TTY_UNKNOWN } from '../../events/host-events.ts';
import type { Severity } from '../../events/vocabulary.ts';
import { deliveriesOf } from '../../state/mail/deliveries.ts';
import { CLASS, classOfPath, programName } from '../../state/programs.ts';
import type { World } from '../../state/world.ts';
import type { Story } from '../story.ts';
import { isOutsidersOrder, weighProgram } from './brought-in.ts';
import { tellExcused } from './excused.ts';
import { folderMailed, weighFolder } from './folder-mailed.ts';
import { weighForeignName } from './foreign-name.ts';
import { crowdOf, deviating, isAllCrowd, isRegular } from './history.ts';
import { hookOf } from './hooks.ts';
import { areLetters } from './letters.ts';
import { NOTE_BYTES, type SendLimits } from './limits.ts';
import { weighNewJob } from './new-job.ts';
import { isExternal, isLoopback, mailboxIn, type Outcome, recipientsOf } from './outcome.ts';
import { isQueueFile } from './queue-file.ts';
import { isRoutine, isServiceWriting, withoutLittle } from './routine.ts';
import type { Send, SendJob } from './send.ts';
import { standInOf, weighStandIn } from './stand-in.ts';
import { confirmedId, connectionId, sendId, submissionId } from './tell.ts';
import { weighPapers, weighQueueFiles } from './weigh-queue-file.ts';
import { bytesOf, wireAttachments } from './wire.ts';

/** Null when there is nothing to tell: a person at a terminal, or a known kind of job with nothing unusual. */
export function weigh(
  job: SendJob,
  all: readonly Outcome[],
  story: Story,
  limits: SendLimits,
  world: World,
): Severity | null {
  const isService = isServiceWriting(job, all, world);
  const routine = isService && isRoutine(all, limits.established);
  const outcomes = isService ? withoutLittle(all, routine) : all;
  return weighSends(job, outcomes, story, { ...limits, routine }, world);
}

/** Whether these are a service's reports, day by day: see routine.ts. */
interface Limits extends SendLimits {
  readonly routine: boolean;
}

function weighSends(
  job: SendJob,
  outcomes: readonly Outcome[],
  story: Story,
  limits: Limits,
  world: World,
): Severity | null {
  const sends = outcomes.map(outcome => outcome.send);
  const all = sends.map(sendId);
  const own = sends.flatMap(spokenBy);
  const hook = hookOf(sends);
  const standIn = standInOf(outcomes, job, world);
  const isHook =
    (job.context === 'interactive' && (HOOK.test(job.job) || hook !== '' || standIn !== null)) ||
    (job.context === 'detached' && hook !== '');
  const isOutsiders = isOutsidersOrder(job, outcomes, world);
  const background = job.context !== 'interactive' || isHook || isOutsiders;
  const payload = weighPayload(outcomes, story, limits, background);
  // A person at a terminal may attach what they like; packed pipelines, other people's mail and whole folders are another matter.
  const folder = background ? [] : folderMailed(outcomes, mostToOne(outcomes).address, limits.many, world);
  const odd =
    folder.length !== 0 || sends.some(send => send.encoders.length > 0 || (send.storeOwner !== '' && !send.ownLetters));
  if (!background && own.length === 0 && !(odd && payload >= 2)) return null;
  if (isHook) story.factor('started by a hook, not by the person', 1, hook || job.job, all);
  else if (job.context !== 'interactive') story.factor('runs in the background', 1, `${job.context}: ${job.job}`, all);
  else if (!isOutsiders)
    story.factor('started from a terminal', odd && own.some(isNoMailProgram) ? -1 : -2, job.job, all);
  weighFolder(folder, story);
  weighStandIn(standIn, job, outcomes, story);
  if (job.context === 'detached' && !job.systemOwned) weighBeside(outcomes, story, world);
  weighOwnSmtp(
    own.filter(({ each }) => !isQueueFile(each.destination)),
    story,
  );
  weighQueueFiles(job, outcomes, story, world);
  const confirmed = outcomes.filter(outcome => outcome.state === 'confirmed');
  const reached = confirmed.length > 0 || own.some(({ each }) => !each.failed);
  const logged = confirmed.filter(outcome => outcome.message !== null);
  if (logged.length > 0) {
    const evidence = `${logged.length} of ${outcomes.length}`;
    story.factor('transmission confirmed by the MTA', 1, evidence, logged.map(confirmedId));
  }
  const seen = confirmed.filter(outcome => outcome.message === null);
  if (seen.length > 0) {
    const evidence = `${seen.length} of ${outcomes.length}`;
    story.factor('transmission seen on the wire', 1, evidence, seen.map(confirmedId));
  }
  weighRecipients(outcomes, confirmed.length, story, world);
  weighForeignName(job, outcomes, story, limits, world);
  const heavy = background && payload === 0 ? heavyNotes(job, outcomes, world) : [];
  if (!job.systemOwned) weighProgram(job, outcomes, story, world);
  weighJob(job, outcomes, story, payload > 0 || heavy.length > 0, world);
  if (heavy.length > 0) story.factor('more than a note for outside', 1, `${largestOf(heavy)} bytes`, heavy.map(sizeId));
  else weighNewJob(job, outcomes, story, world);
  if (!job.systemOwned && job.daemon && !handsOut(outcomes, limits)) {
    const evidence = `${job.job}: nothing above it but the start of the host`;
    story.factor('a service of the host, of no login', -4, evidence, all);
  }
  weighHistory(job, outcomes, story, { ...limits, hasPayload: payload > 0 }, world);
  if (story.score <= 2) return tellExcused(job, outcomes, story, world);
  const signals = [background, own.length > 0, payload > 0, confirmed.length > 0].filter(Boolean).length;
  if (signals < 2 || story.score < 4) return 'informational';
  if (story.score < 5) {
    if (areLetters(job, outcomes, limits.established)) {
      story.factor('a few words by mail, of a login of their writer', 0, 'low, held at informational', all);
      return 'informational';
    }
    if (!outcomes.every(isPutHere) || largestOf(outcomes) >= limits.sizeBytes) return 'low';
    story.factor('nothing of it went on from here', 0, 'low, held at informational', confirmed.map(confirmedId));
    return 'informational';
  }
  return story.score >= 8 && reached && payload > 0 ? 'high' : 'medium';
}

/** A loop on the command line sends to many, and somebody who puts one mail in the background does so once. */
const BESIDE_MIN = 3;
const BESIDE_MS = 5 * MINUTE_MS;

/**
 * Sends that belong to a terminal, that no program which goes on started, and that come one after the other for one recipient outside:
 * something that the shell does by itself (PROMPT_COMMAND, a trap, an alias) sends, while its person works.
 */
function weighBeside(outcomes: readonly Outcome[], story: Story, world: World): void {
  const orphans = outcomes.filter(({ send }) => send.tty !== '' && send.tty !== TTY_UNKNOWN && send.isWholeJob);
  const { address, count } = mostToOne(orphans, each => isExternal(each, world));
  if (count < BESIDE_MIN) return;
  const beside = orphans.filter(each => wentTo(each, address)).map(({ send }) => send);
  const times = beside.map(({ time }) => time);
  if (Math.max(...times) - Math.min(...times) > BESIDE_MS * count) return;
  const evidence = `${count} messages to ${address}`;
  story.factor('again and again, beside somebody at a terminal', 2, evidence, beside.map(sendId));
}

/** Something of its own goes along: what a service of the host writes by itself is words. */
function handsOut(outcomes: readonly Outcome[], { sizeBytes }: SendLimits): boolean {
  return (
    largestOf(outcomes) >= sizeBytes ||
    outcomes.some(
      ({ send, sessions }) =>
        send.storeOwner !== '' ||
        send.encoders.length > 0 ||
        send.packedBefore.length > 0 ||
        send.attachments.length > 0 ||
        wireAttachments(sessions).length > 0,
    )
  );
}

/** Where git(1) finds what it runs by itself, githooks(5). */
const HOOK = /\.git\/hooks\/[^/]+$/;

interface Spoken {
  readonly send: Send;
  readonly each: Send['smtp'][number];
}
type OwnSmtp = readonly Spoken[];
const spokenBy = (send: Send): Spoken[] => send.smtp.filter(each => each.ownSmtp).map(each => ({ send, each }));

/** A person writes mail in a mail program. Packed data that something else hands to a server was written by nobody. */
const isNoMailProgram = ({ each }: Spoken): boolean =>
  (classOfPath(each.program) & (CLASS.sender | CLASS.mailClient)) === 0;

const OWN_SMTP_TOLD = 8;

/** A server on the host itself is its own MTA, as far as is known: the message is filtered and logged there. */
function weighOwnSmtp(own: OwnSmtp, story: Story): void {
  const past = own.filter(({ each }) => !isLoopback(each.destination));
  const told = past.length > 0 ? past : own;
  if (told.length === 0) return;
  const name =
    past.length > 0 ? 'speaks SMTP itself, past the governed relay' : 'speaks SMTP itself, to a server of this host';
  const to = [...new Set(told.map(({ each }) => `${baseName(each.program)} to ${each.destination}`))];
  const ids = told.map(({ send, each }) => connectionId(send, each));
  story.factor(name, 2, to.slice(0, OWN_SMTP_TOLD).join(', '), ids);
}

function weighRecipients(outcomes: readonly Outcome[], confirmed: number, story: Story, world: World): void {
  const all = outcomes.map(outcome => sendId(outcome.send));
  const recipients = [...new Set(outcomes.flatMap(recipientsOf))];
  const external = recipients.filter(address => isExternal(address, world));
  const own = outcomes.flatMap(({ send }) => spokenBy(send)).filter(({ each }) => !isQueueFile(each.destination));
  if (external.length > 0) {
    const ids = outcomes.filter(each => recipientsOf(each).some(address => external.includes(address)));
    story.factor(
      world.mail.localDomains.size === 0 ? 'recipient whom nothing shows to be inside' : 'recipient outside',
      1,
      external.slice(0, 5).join(', '),
      ids.map(each => sendId(each.send)),
    );
  } else if (own.some(({ each }) => !isLoopback(each.destination)))
    story.factor(
      'SMTP to another host',
      1,
      [...new Set(own.map(({ each }) => each.destination))].join(', '),
      own.map(({ send, each }) => connectionId(send, each)),
    );
  else if (recipients.length > 0 || confirmed > 0) {
    const evidence = recipients.slice(0, 5).join(', ') || 'delivered here';
    story.factor('only recipients inside', -2, evidence, all);
  }
}

/** The log shows every copy of it put into a mailbox of this very server: nothing went on. */
function isPutHere({ send, carried }: Outcome): boolean {
  const fates = carried === null ? [] : [...deliveriesOf(carried)];
  const isHere = fates.every(({ status, channel }) => status === 'delivered' && channel === 'mailbox');
  return fates.length > 0 && isHere && send.storeOwner === '' && send.smtp.every(each => !each.ownSmtp);
}

/** A daemon's own order is no user's, while it carries no more than a note. */
function weighJob(job: SendJob, outcomes: readonly Outcome[], story: Story, carries: boolean, world: World): void {
  const sends = outcomes.map(outcome => outcome.send);
  const inline = sends.filter(send => send.inline && (carries || !send.byDaemon));
  if (inline.length > 0)
    story.factor("job of no package: a command line or a user's script", 1, job.job, inline.map(sendId));
  const hinted = sends.filter(send => send.scriptHint !== '');
  const hint = hinted[0]?.scriptHint;
  if (hint !== undefined)
    story.factor('command line of a scripted mailer', 1, hint, hinted.map(sendId), {
      name: 'ScriptNameFilter',
      met: hinted[0]?.command.slice(0, 120) ?? '',
      limit: hint,
    });
  if (!job.systemOwned || (carries && isLineOfSettings(job, sends))) return;
  // What the site itself put in place vouches for less than a package, once something goes out with it.
  const outward = outcomes.filter(
    ({ send }) =>
      send.attachments.length + send.encoders.length + send.packedBefore.length > 0 || send.storeOwner !== '',
  );
  if (job.ofSite && outward.some(each => recipientsOf(each).some(address => isExternal(address, world))))
    story.factor(
      'program of the site, which sends data out',
      -1,
      job.job,
      outward.map(each => sendId(each.send)),
    );
  else story.factor('job of the system or a package', -4, job.job, sends.map(sendId));
}

/** That the program which has a line of its settings run is a package's says nothing of who wrote the line. */
const isLineOfSettings = ({ job }: SendJob, sends: readonly Send[]): boolean => hookOf(sends) === programName(job);

/** Returns how many factors speak of a payload. */
function weighPayload(outcomes: readonly Outcome[], story: Story, limits: Limits, background: boolean): number {
  const before = story.factors.length;
  const sends = outcomes.map(outcome => outcome.send);
  const idsOf = (fits: (send: Send) => boolean): string[] => sends.filter(fits).map(sendId);
  const sessions = outcomes.flatMap(outcome => outcome.sessions);
  const attachments = [...new Set([...sends.flatMap(send => send.attachments), ...wireAttachments(sessions)])];
  const encoders = [...new Set(sends.flatMap(send => send.encoders))];
  const store = sends.find(send => send.storeOwner !== '')?.storeOwner;
  if (attachments.length > 0) {
    const carrying = outcomes.filter(
      each => each.send.attachments.length > 0 || wireAttachments(each.sessions).length > 0,
    );
    const ids = carrying.map(each => sendId(each.send));
    story.factor('files attached', 2, attachments.slice(0, 5).join(', '), ids);
  }
  if (encoders.length > 0) {
    const ids = idsOf(send => send.encoders.length > 0);
    story.factor('packed or encoded data in the pipeline', 2, encoders.join(', '), ids);
  }
  weighPackedBefore(sends, story, background && encoders.length === 0, attachments.length > 0);
  if (store !== undefined)
    story.factor(
      'data of a mail store',
      2,
      `mail of ${store}`,
      idsOf(send => send.storeOwner !== ''),
    );
  weighPapers(outcomes, story);
  weighSize(outcomes, story, limits);
  const most = mostToOne(outcomes);
  if (most.count >= limits.many && !limits.routine && !isRegular(outcomes))
    story.factor(
      'many messages to one recipient',
      2,
      `${most.count} messages`,
      outcomes.filter(each => wentTo(each, most.address)).map(each => sendId(each.send)),
      { name: 'ManyMessages', met: `${most.count} messages`, limit: `${limits.many} messages` },
    );
  return story.factors.length - before;
}

/** Nobody sat there who packed something and then mailed it. What is attached counts already: packed, it counts a little more. */
function weighPackedBefore(sends: readonly Send[], story: Story, counts: boolean, attached: boolean): void {
  const packed = counts ? sends.filter(send => send.packedBefore.length > 0) : [];
  if (packed.length === 0) return;
  const packers = [...new Set(packed.flatMap(send => send.packedBefore))].sort();
  story.factor('packed just before it was sent', attached ? 1 : 2, packers.join(', '), packed.map(sendId));
}

export const largestOf = (outcomes: readonly Outcome[]): number =>
  Math.max(0, ...outcomes.map(outcome => carriedBy(outcome).largest));

/** Bytes of a send: what the MTA took, else what its sessions on the wire carried; -1 when neither tells. */
export function carriedBy({ message, sessions }: Outcome): { readonly largest: number; readonly total: number } {
  if (message === null || message.sizeBytes < 0) return bytesOf(sessions);
  return { largest: message.sizeBytes, total: message.sizeBytes };
}

function weighSize(outcomes: readonly Outcome[], story: Story, { sizeBytes }: SendLimits): void {
  const largest = largestOf(outcomes);
  const total = outcomes.reduce((sum, outcome) => sum + Math.max(0, carriedBy(outcome).total), 0);
  const met = (bytes: number) => ({
    name: 'TransferSizeThreshold',
    met: `${bytes} bytes`,
    limit: `${sizeBytes} bytes`,
  });
  const sized = outcomes.filter(outcome => carriedBy(outcome).total >= 0);
  if (largest >= sizeBytes) {
    const large = sized.filter(outcome => carriedBy(outcome).largest >= sizeBytes);
    story.factor('large payload', 2, `${largest} bytes`, large.map(sizeId), met(largest));
  } else if (total >= sizeBytes) {
    const messages = Math.max(outcomes.length, outcomes.flatMap(outcome => outcome.sessions).length);
    story.factor('large in sum', 2, `${total} bytes in ${messages} messages`, sized.map(sizeId), met(total));
  }
}

/** Nothing shows what was put in, but it is too much for words. */
function heavyNotes(job: SendJob, outcomes: readonly Outcome[], world: World): Outcome[] {
  if (job.systemOwned) return [];
  return outcomes.filter(
    each =>
      each.send.inline &&
      carriedBy(each).largest >= NOTE_BYTES &&
      recipientsOf(each).some(address => isExternal(address, world)),
  );
}

const sizeId = ({ send, message }: Outcome): string => (message === null ? sendId(send) : submissionId(message));

/** The mailbox, of those that count, that most of the messages went to; of equals the first. */
export function mostToOne(
  outcomes: readonly Outcome[],
  counts: (address: string) => boolean = () => true,
): { readonly address: string; readonly count: number } {
  const times = new Map<string, number>();
  for (const outcome of outcomes)
    for (const box of new Set(recipientsOf(outcome).map(mailboxIn)))
      if (counts(box)) times.set(box, (times.get(box) ?? 0) + 1);
  const count = Math.max(0, ...times.values());
  const address = [...times.keys()].find(each => times.get(each) === count) ?? '';
  return { address, count };
}

const wentTo = (outcome: Outcome, mailbox: string): boolean => recipientsOf(outcome).map(mailboxIn).includes(mailbox);

/**
 * A job that sent alike before is established; what it sends now is judged against that. A payload for outside is not made harmless
 * by being sent again and again.
 */
function weighHistory(
  job: SendJob,
  outcomes: readonly Outcome[],
  story: Story,
  { established, routine, hasPayload }: Limits & { readonly hasPayload: boolean },
  world: World,
): void {
  const isService = job.context === 'web' || job.context === 'systemd';
  const crowd = isService ? crowdOf(outcomes, world) : null;
  const odd = deviating(outcomes, crowd, world);
  if (odd.length > 0) {
    const strange = outcomes.filter(each => recipientsOf(each).some(address => odd.includes(address)));
    const ids = strange.map(each => sendId(each.send));
    story.factor('unlike what this job sent before', 2, odd.join(', '), ids);
  }
  if (outcomes.length <= established) return;
  const ids = outcomes.map(outcome => sendId(outcome.send));
  const met = { name: 'EstablishedSends', met: `${outcomes.length} messages`, limit: `more than ${established}` };
  const leaves = outcomes.some(each => recipientsOf(each).some(address => isExternal(address, world)));
  if ((routine || isRegular(outcomes)) && !(hasPayload && leaves)) {
    const evidence = `${outcomes.length} messages${routine ? ' at the same hour of the day, mostly' : ''} to the same recipients`;
    story.factor('this job has sent alike before', -3, evidence, ids, met);
  } else if (isAllCrowd(outcomes, crowd)) {
    const evidence = `${outcomes.length} messages`;
    story.factor('short messages of one kind, to whoever asks', -1, evidence, ids, met);
  }
}
