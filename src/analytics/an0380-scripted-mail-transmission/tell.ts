import { counted } from '../../core/counted.ts';
import { baseName } from '../../core/paths.ts';
import type { Entity, Finding } from '../../events/finding.ts';
import type { Severity } from '../../events/vocabulary.ts';
import { DESCENT_GUESSED } from '../../state/late-parent.ts';
import type { LoginRead } from '../../state/login-files.ts';
import type { Delivery, Message } from '../../state/mail/contract.ts';
import { deliveriesOf } from '../../state/mail/deliveries.ts';
import type { World } from '../../state/world.ts';
import type { FactorName } from '../factors.ts';
import type { Story } from '../story.ts';
import { toFinding } from '../to-finding.ts';
import { loginOf, tellLogin } from './login-order.ts';
import { isLoopback, type Outcome, recipientsOf } from './outcome.ts';
import { tellPapers } from './papers.ts';
import { isQueueFile } from './queue-file.ts';
import type { Send, SendJob } from './send.ts';
import { bytesOf, tellSessions, wireAttachments, wireMessages } from './wire.ts';

const BY_HOOK: FactorName = 'started by a hook, not by the person';
const STANDS_IN: FactorName = 'what sends it stands in for another program';

export const sendId = (send: Send): string => `sender.started#${send.pid}.${send.time}`;
export const connectionId = (send: Send, { destination, time }: Send['smtp'][number]): string =>
  `network.connected#${send.pid}.${destination}.${time}`;

export const submissionId = ({ host, queueId }: Message): string => `mail.submitted#${host}.${queueId}`;
const fateId = (message: Message, { status, recipient }: Delivery): string =>
  `mail.${status}#${message.host}.${message.queueId}.${recipient}`;

const FATES_TOLD = 4;

/** The step that shows what became of the send: the first delivery that is told, else the send itself. */
export function confirmedId({ send, message, carried }: Outcome): string {
  for (const each of [carried, message]) {
    const delivered = each === null ? null : confirmedFateId(each);
    if (delivered !== null) return delivered;
  }
  const connection = send.smtp.find(each => !each.failed);
  return connection === undefined ? sendId(send) : connectionId(send, connection);
}

/** The first delivery of a message that is told, null for none. */
export function confirmedFateId(message: Message): string | null {
  const told = [...deliveriesOf(message)].slice(0, FATES_TOLD);
  const delivered = told.find(({ status }) => status === 'delivered');
  return delivered === undefined ? null : fateId(message, delivered);
}

const whatItDoes = ({ destination, failed }: Send['smtp'][number]): string =>
  isQueueFile(destination) ? 'writes, in the queue of the MTA,' : failed ? 'tries to connect to' : 'connects to';

/** The first sends are told, and those by which a factor is shown. */
const SENDS_TOLD = 12;

/** The job, each send, and what the MTA made of it, as steps and links. */
export function tell(job: SendJob, outcomes: readonly Outcome[], story: Story): void {
  const root = `process.started#${job.rootPid}.${job.rootTime}`;
  const login = loginOf(outcomes.map(({ send }) => send));
  if (job.rootRef !== null)
    story.step(
      root,
      job.rootTime,
      'process.started',
      `${login === undefined ? `${job.context} job begins: ${job.job}` : `the shell that runs ${job.job} begins`} (pid ${job.rootPid})`,
      job.rootRef,
    );
  const cited = new Set(story.factors.flatMap(factor => factor.steps));
  const isCited = (send: Send): boolean =>
    cited.has(sendId(send)) || send.smtp.some(each => cited.has(connectionId(send, each)));
  const isShown = (outcome: Outcome): boolean =>
    cited.has(confirmedId(outcome)) || (outcome.message !== null && cited.has(submissionId(outcome.message)));
  const told = outcomes.filter((each, index) => index < SENDS_TOLD || isCited(each.send) || isShown(each));
  for (const { send, message, carried, strength, why, sessions } of told) {
    const id = sendId(send);
    const extra = send.encoders.length > 0 ? `, fed by ${send.encoders.join(', ')}` : '';
    story.step(
      id,
      send.time,
      'process.started',
      `${send.program} (pid ${send.pid}) sends: ${send.command}${extra}`,
      send.ref,
    );
    tellDescent(job, root, send, story);
    tellPapers(send, sendId(send), story);
    for (const { pid, time, command, ref } of send.packing) {
      const packs = `process.started#${pid}.${time}`;
      story.step(packs, time, 'process.started', `it has something packed: ${command} (pid ${pid})`, ref);
      story.link(id, packs, 'process-tree', 'observed', 'started by it');
    }
    for (const [index, each] of send.smtp.entries()) {
      const to = connectionId(send, each);
      story.step(
        to,
        each.time,
        isQueueFile(each.destination) ? 'file.written' : 'network.connected',
        `${each.program} ${whatItDoes(each)} ${each.destination}`,
        each.ref,
      );
      descends(story, id, to, each.guessed === true, 'same process or its child');
      const behind = sessions.filter(session => session.connection === index);
      tellSessions(story, to, behind);
    }
    if (message === null) continue;
    const accepted = messageSteps(id, message, strength, why, story);
    const last = carried ?? message;
    if (last === message) continue;
    const on = messageSteps('', last, strength, why, story);
    story.link(accepted, on, 'taken-over', 'observed', `the log of ${message.queueId} names ${last.queueId}`);
  }
}

/** From the job to the send, by the line that a program had run or the script that is not what it is called. */
function tellDescent(job: SendJob, root: string, send: Send, story: Story): void {
  const id = sendId(send);
  if (tellLogin(job, send, root, id, story)) return;
  const by = tellVia(job, send, story);
  if (job.rootRef !== null && send.printed)
    story.link(
      root,
      id,
      'output',
      'inferred',
      'the scheduler mails what the job printed: one process of it started both',
    );
  else if (job.rootRef !== null) {
    const guessed = by === '' && send.guessed;
    descends(story, root, by || id, guessed, 'started by the job');
  }
  if (by !== '') descends(story, by, id, send.guessed, 'started by it');
}

function tellVia({ rootPid }: SendJob, { via, hook }: Send, story: Story): string {
  const ref = via?.ref ?? null;
  if (via === null || ref === null || via.pid === rootPid) return '';
  if (!has(story, hook === '' ? STANDS_IN : BY_HOOK)) return '';
  const id = `process.started#${via.pid}.${via.time}`;
  const summary = hook === '' ? `runs ${via.text}` : `${hook} has this line run: ${via.text}`;
  story.step(id, via.time, 'process.started', `${summary} (pid ${via.pid})`, ref);
  return id;
}

const has = (story: Story, factor: FactorName): boolean => story.factors.some(({ name }) => name === factor);

const descends = (story: Story, from: string, to: string, guessed: boolean, why: string): void =>
  story.link(from, to, 'process-tree', guessed ? 'inferred' : 'observed', guessed ? DESCENT_GUESSED : why);

export function messageSteps(
  from: string,
  message: Message,
  strength: 'observed' | 'inferred',
  why: string,
  story: Story,
): string {
  const accepted = submissionId(message);
  const ref = message.refShows === 'identified' ? null : message.ref;
  story.step(
    accepted,
    message.firstTime,
    'mail.submitted',
    `the MTA takes it as ${message.queueId}${message.senderKnown ? ` from <${message.sender}>` : ''}${message.sizeBytes >= 0 ? `, ${message.sizeBytes} bytes` : ''}`,
    ref,
  );
  if (from !== '') story.link(from, accepted, 'submission', strength, why);
  for (const delivery of [...deliveriesOf(message)].slice(0, FATES_TOLD)) {
    const id = fateId(message, delivery);
    story.step(
      id,
      delivery.time,
      `mail.${delivery.status}`,
      `${message.queueId} to <${delivery.recipient}>: ${delivery.status} by ${delivery.agent}${delivery.relay === '' ? '' : ` (${delivery.relay})`}`,
      delivery.ref,
    );
    story.link(accepted, id, 'queue-id', 'observed', `same queue id ${message.queueId}`);
  }
  return accepted;
}

/** What this host and these logs could not show. */
export function absences(job: SendJob, outcomes: readonly Outcome[], story: Story, world: World): void {
  const first = `sender.started#${outcomes[0]?.send.pid}.${outcomes[0]?.send.time}`;
  const onWire = outcomes.some(outcome => outcome.message === null && outcome.sessions.length > 0);
  if (!world.anyMail) {
    story.miss(
      onWire
        ? 'No MTA log is in the evidence: what is known of the transmission is what the wire showed.'
        : 'No MTA log is in the evidence: whether it was transmitted, how much and to whom is not known.',
    );
    story.link(first, 'mail.submitted', 'submission', 'unavailable', 'no MTA log was read');
  } else if (outcomes.every(outcome => outcome.message === null))
    story.miss('No MTA log line joins these sends: they may have passed the local MTA by.');
  if (outcomes.some(outcome => outcome.sessions.some(({ found, mail }) => found.flow.established && mail.length === 0)))
    story.miss(
      'Of some sessions the wire shows bytes only (TLS, or no SMTP log): sender, recipients and files are not known.',
    );
  if (!world.seen(job.host, 'network.connected')) {
    story.miss('This host records no connections: SMTP spoken by the program itself would not be seen.');
    story.link(first, 'network.connected', 'process-tree', 'unavailable', 'connections are not recorded on this host');
  }
  if (job.dropped > 0) story.miss(`${job.dropped} more sends of this job are not listed.`);
}

export function findingOf(
  job: SendJob,
  inOrder: readonly Outcome[],
  story: Story,
  severity: Severity,
  world: World,
): Finding {
  const outcomes = loadedFirst(inOrder);
  const who = world.userName(job.host, job.uid) || `uid ${job.uid}`;
  const recipients = [...new Set(outcomes.flatMap(recipientsOf))];
  const first = outcomes[0] as Outcome;
  const login = loginOf([first.send]);
  const states = (['confirmed', 'deferred', 'failed', 'attempted'] as const)
    .map(state => ({ state, count: countOf(outcomes.filter(outcome => outcome.state === state)) }))
    .filter(each => each.count > 0)
    .map(each => `${each.count} ${each.state}${each.state === 'attempted' ? ', outcome unknown' : ''}`);
  if (job.dropped > 0) states.push(`${job.dropped} not followed up`);
  const destinations = [...new Set(outcomes.flatMap(outcome => outcome.send.smtp.map(each => each.destination)))];
  const toOwnMta =
    recipients.length === 0 &&
    destinations.length > 0 &&
    destinations.every(each => isLoopback(each) || isQueueFile(each));
  const named = recipients.length > 0 ? someOf(recipients) : destinations.join(', ') || 'unknown recipients';
  const to = toOwnMta ? "this host's own mail server" : named;
  const entities: Entity[] = [
    { kind: 'host', value: job.host },
    { kind: 'user', value: who },
    { kind: 'job', value: job.job },
    { kind: 'process', value: `${first.send.program} (pid ${first.send.pid})` },
  ];
  for (const address of recipients.slice(0, 8)) entities.push({ kind: 'recipient', value: address });
  for (const destination of destinations)
    entities.push({ kind: isQueueFile(destination) ? 'file' : 'address', value: destination });
  for (const outcome of outcomes.slice(0, 8))
    if (outcome.message !== null) entities.push({ kind: 'message', value: outcome.message.queueId });
  const sessions = outcomes.flatMap(outcome => outcome.sessions);
  const files = new Set([...outcomes.flatMap(outcome => outcome.send.attachments), ...wireAttachments(sessions)]);
  for (const file of [...files].slice(0, 12)) entities.push({ kind: 'file', value: file });
  return toFinding(story, {
    analytic: 'AN0380',
    host: job.host,
    key: job.key,
    severity,
    title: `Scripted mail by ${who}: ${baseName(first.send.program)} to ${to}`,
    story: `On ${job.host}, ${jobText(job, login)} of ${who} sent ${counted(countOf(outcomes) + job.dropped, 'message')} to ${to} with ${baseName(first.send.program)}: ${states.join(', ')}.`,
    entities,
    measures: {
      messages: countOf(outcomes) + job.dropped,
      bytesMax: Math.max(0, bytesOf(sessions).largest, ...outcomes.map(outcome => outcome.message?.sizeBytes ?? 0)),
      attachments: Math.max(0, ...outcomes.map(outcome => outcome.send.attachments.length)),
    },
    next: [
      login === undefined
        ? `Find the owner of the job: ${job.job}.`
        : `Preserve ${login.path}, read what stands in it, and find out who wrote that.`,
      first.message === null
        ? 'Find out what was sent: the spool, the relay or the recipient has it.'
        : `Look at message ${first.message.queueId} in the queue or at the relay before it is gone.`,
      toOwnMta
        ? 'Look up in the log of the mail server of this host whom the message went to, and hold it there.'
        : recipients.length > 1
          ? `Are ${to} known to this business? If not, hold mail to them and look for the same recipients from other hosts.`
          : `Is ${to} known to this business? If not, hold mail to it and look for the same recipient from other hosts.`,
    ],
  });
}

const jobText = ({ context, job }: SendJob, login: LoginRead | undefined): string =>
  login === undefined ? `${/^[aeiou]/.test(context) ? 'an' : 'a'} ${context} job` : `the login file ${job}`;

/** Of a service's many messages those with something in them are what to look at: they are named before the others. */
function loadedFirst(outcomes: readonly Outcome[]): readonly Outcome[] {
  const isLoaded = ({ send, sessions }: Outcome): boolean =>
    send.attachments.length + send.encoders.length + send.packedBefore.length > 0 ||
    send.storeOwner !== '' ||
    wireAttachments(sessions).length > 0;
  return [...outcomes.filter(isLoaded), ...outcomes.filter(each => !isLoaded(each))];
}

const NAMED = 3;
const someOf = (recipients: readonly string[]): string =>
  recipients.length <= NAMED
    ? recipients.join(', ')
    : `${recipients.slice(0, NAMED).join(', ')} and ${recipients.length - NAMED} more`;

/** Messages: one a send, or as many as the wire showed of it. */
const countOf = (outcomes: readonly Outcome[]): number =>
  outcomes.reduce(
    (sum, { message, sessions }) => sum + (message === null ? Math.max(1, wireMessages(sessions)) : 1),
    0,
  );
