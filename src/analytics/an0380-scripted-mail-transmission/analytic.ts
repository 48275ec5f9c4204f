import { baseName } from '../../core/paths.ts';
import { type EpochMs, HOUR_MS } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import type { Severity } from '../../events/vocabulary.ts';
import type { Message } from '../../state/mail/contract.ts';
import type { Notice } from '../../state/notices.ts';
import type { World } from '../../state/world.ts';
import type { Analytic, AnalyticRun, TunableValue } from '../contract.ts';
import { Story } from '../story.ts';
import { isExternal, isLoopback, type Outcome, outcomesOf, recipientsOf } from './outcome.ts';
import { type SendJob, SendJobs } from './sends.ts';
import { absences, findingOf, tell } from './tell.ts';
import { bytesOf, wireAttachments } from './wire.ts';
import { strayFindings } from './wire-only.ts';

/**
 * AN0380: something in the background sends mail: a scheduled job, a service, a web application, a detached or unattended
 * script; through the local MTA or by its own SMTP. The context, the payload, the destination, the owner of the job and
 * its history decide, not the tool's name.
 */
export const an0380: Analytic = {
  meta: {
    id: 'AN0380',
    tunables: [
      {
        name: 'TransferSizeThreshold',
        default: 512 * 1024,
        unit: 'bytes of one SMTP session',
        why: 'Reports and notices of jobs are a few kilobytes to a few hundred; half a megabyte of text is an archive.',
      },
      {
        name: 'ScriptNameFilter',
        default: [
          'base64 -d',
          'base64 --decode',
          'b64decode',
          '/dev/tcp/',
          'smtplib',
          'net::smtp',
          'uuencode',
          '-starttls smtp',
        ],
        unit: 'words in command lines',
        why: 'Encoded mailers and one-liners, as ATT&CK describes them. A match adds one point; it never alerts by itself.',
      },
      {
        name: 'EstablishedSends',
        default: 3,
        unit: 'earlier sends of this job',
        why: "From the fourth similar message on, a job to an internal recipient is part of this host's life.",
      },
      {
        name: 'ManyMessages',
        default: 10,
        unit: 'messages of one job to one recipient',
        why: 'The sum counts: many messages below the size threshold carry as much as one above it.',
      },
    ],
    telemetry: [
      {
        kind: 'process.started',
        what: 'process executions (audit execve)',
        unlocks: 'who sends, in which job or session',
        required: true,
      },
      {
        kind: 'mail.submitted',
        what: 'MTA log with local submissions (pickup)',
        unlocks: 'whether a message was accepted, its size and recipients',
        required: false,
      },
      { kind: 'mail.delivered', what: 'MTA delivery log', unlocks: 'whether it was transmitted', required: false },
      {
        kind: 'network:outbound',
        what: 'outbound connections (audit connect)',
        unlocks: 'programs that speak SMTP themselves and pass the governed relay by',
        required: false,
      },
      {
        kind: 'flow.ended',
        what: 'flow logs of a sensor on the wire (Zeek conn, Suricata flow)',
        unlocks: 'bytes of each SMTP session, also behind TLS; SMTP that left a host without a record of its own',
        required: false,
      },
      {
        kind: 'smtp.seen',
        what: 'SMTP logs of a sensor on the wire (Zeek smtp, Suricata smtp)',
        unlocks: 'that a message was transmitted, to whom and with which files, when no MTA logged it',
        required: false,
      },
    ],
  },
  notices: ['sender.started', 'smtp.connected', 'queue.written'],
  mailKinds: [],
  start: tunables => new Run(tunables),
};

class Run implements AnalyticRun {
  readonly #jobs: SendJobs;
  readonly #sizeBytes: number;
  readonly #established: number;
  readonly #many: number;

  constructor(tunables: ReadonlyMap<string, TunableValue>) {
    const number = (name: string, absent: number) => {
      const value = tunables.get(name);
      return typeof value === 'number' ? value : absent;
    };
    const hints = tunables.get('ScriptNameFilter');
    this.#jobs = new SendJobs(Array.isArray(hints) ? (hints as readonly string[]) : []);
    this.#sizeBytes = number('TransferSizeThreshold', 512 * 1024);
    this.#established = number('EstablishedSends', 3);
    this.#many = number('ManyMessages', 10);
  }

  onNotice(notice: Notice, world: World): void {
    const host = world.hosts.get(notice.host);
    if (host === undefined) return;
    if (notice.kind === 'sender.started') this.#jobs.started(notice, host);
    else if (notice.kind === 'smtp.connected') this.#jobs.connected(notice, host, world.network);
    else if (notice.kind === 'queue.written') this.#jobs.queued(notice, host);
  }

  findings(world: World, _now: EpochMs): Finding[] {
    const claimed = new Set<Message>();
    const found: Finding[] = [];
    for (const job of this.#jobs.jobs.values()) {
      const outcomes = outcomesOf(job, world, claimed);
      const finding = this.#judge(job, outcomes, world);
      if (finding !== null) found.push(finding);
    }
    return [...found, ...strayFindings(world)];
  }

  #judge(job: SendJob, outcomes: readonly Outcome[], world: World): Finding | null {
    if (job.context === 'mail-software' || outcomes.length === 0) return null;
    const story = new Story();
    const severity = this.#weigh(job, outcomes, story, world);
    if (severity === null) return null;
    tell(job, outcomes, story);
    absences(job, outcomes, story, world);
    return findingOf(job, outcomes, story, severity, world);
  }

  /** Null when there is nothing to tell: a person at a terminal, or a known kind of job with nothing unusual. */
  #weigh(job: SendJob, outcomes: readonly Outcome[], story: Story, world: World): Severity | null {
    const sends = outcomes.map(outcome => outcome.send);
    const recipients = [...new Set(outcomes.flatMap(recipientsOf))];
    const external = recipients.filter(address => isExternal(address, world));
    const own = sends.flatMap(send => send.smtp).filter(each => each.ownSmtp);
    const payload = this.#payload(outcomes, story);
    const background = job.context !== 'interactive';
    // A person at a terminal may attach what they like; packed pipelines and other people's mail are another matter.
    const odd = sends.some(send => send.encoders.length > 0 || send.storeOwner !== '');
    if (!background && own.length === 0 && !(odd && payload >= 3)) return null;
    if (background) story.factor('runs in the background', 1, `${job.context}: ${job.job}`);
    else story.factor('started from a terminal', -2, job.job);
    if (own.length > 0)
      story.factor(
        'speaks SMTP itself, past the governed relay',
        2,
        own.map(each => `${baseName(each.program)} to ${each.destination}`).join(', '),
      );
    const confirmed = outcomes.filter(outcome => outcome.state === 'confirmed').length;
    const reached = confirmed > 0 || own.some(each => !each.failed);
    const logged = outcomes.filter(outcome => outcome.state === 'confirmed' && outcome.message !== null).length;
    if (logged > 0) story.factor('transmission confirmed by the MTA', 1, `${logged} of ${outcomes.length}`);
    if (confirmed > logged)
      story.factor('transmission seen on the wire', 1, `${confirmed - logged} of ${outcomes.length}`);
    if (external.length > 0) story.factor('recipient outside', 1, external.slice(0, 5).join(', '));
    else if (own.some(each => !isLoopback(each.destination)))
      story.factor('SMTP to another host', 1, own.map(each => each.destination).join(', '));
    else if (recipients.length > 0 || confirmed > 0)
      story.factor('only recipients inside', -2, recipients.slice(0, 5).join(', '));
    if (sends.some(send => send.inline))
      story.factor("job of no package: a command line or a user's script", 1, job.job);
    const hint = sends.find(send => send.scriptHint !== '')?.scriptHint;
    if (hint !== undefined) story.factor('command line of a scripted mailer', 1, hint);
    if (job.systemOwned) story.factor('job of the system or a package', -4, job.job);
    this.#history(job, outcomes, story, world);
    if (story.score <= 2) return null;
    const signals = (background ? 1 : 0) + (own.length > 0 ? 1 : 0) + (payload > 0 ? 1 : 0) + (confirmed > 0 ? 1 : 0);
    if (signals < 2 || story.score < 4) return 'informational';
    if (story.score < 5) return 'low';
    return story.score >= 8 && reached && payload > 0 ? 'high' : 'medium';
  }

  #payload(outcomes: readonly Outcome[], story: Story): number {
    const before = story.score;
    const sends = outcomes.map(outcome => outcome.send);
    const sessions = outcomes.flatMap(outcome => outcome.sessions);
    const attachments = [...new Set([...sends.flatMap(send => send.attachments), ...wireAttachments(sessions)])];
    const encoders = [...new Set(sends.flatMap(send => send.encoders))];
    const store = sends.find(send => send.storeOwner !== '')?.storeOwner;
    if (attachments.length > 0) story.factor('files attached', 2, attachments.slice(0, 5).join(', '));
    if (encoders.length > 0) story.factor('packed or encoded data in the pipeline', 2, encoders.join(', '));
    if (store !== undefined) story.factor('data of a mail store', 2, `mail of ${store}`);
    const carried = outcomes.map(carriedBy);
    const largest = Math.max(0, ...carried.map(each => each.largest));
    const total = carried.reduce((sum, each) => sum + Math.max(0, each.total), 0);
    if (largest >= this.#sizeBytes)
      story.factor('large payload', 2, `${largest} bytes, TransferSizeThreshold ${this.#sizeBytes}`);
    else if (total >= this.#sizeBytes)
      story.factor(
        'large in sum',
        2,
        `${total} bytes in ${Math.max(outcomes.length, sessions.length)} messages, TransferSizeThreshold ${this.#sizeBytes}`,
      );
    const perRecipient = new Map<string, number>();
    for (const outcome of outcomes)
      for (const address of recipientsOf(outcome)) perRecipient.set(address, (perRecipient.get(address) ?? 0) + 1);
    const most = Math.max(0, ...perRecipient.values());
    if (most >= this.#many && !regular(outcomes)) story.factor('many messages to one recipient', 2, `${most} messages`);
    return story.score - before;
  }

  /** A job that sent alike before is established; what it sends now is judged against that. */
  #history(job: SendJob, outcomes: readonly Outcome[], story: Story, world: World): void {
    const odd = deviating(outcomes, world);
    if (odd.length > 0) story.factor('unlike what this job sent before', 2, odd.join(', '));
    if (outcomes.length <= this.#established) return;
    if (regular(outcomes))
      story.factor('this job has sent alike before', -3, `${outcomes.length} messages to the same recipients`);
    else if ((job.context === 'web' || job.context === 'systemd') && oneEach(outcomes))
      story.factor('short messages of one kind, one to each recipient', -1, `${outcomes.length} messages`);
  }

  snapshot(): unknown {
    return this.#jobs.snapshot();
  }

  restore(data: unknown): void {
    this.#jobs.restore(data);
  }

  evictions(): number {
    return this.#jobs.jobs.evicted;
  }
}

/** Bytes of a send: what the MTA took, else what its sessions on the wire carried. */
function carriedBy({ message, sessions }: Outcome): { readonly largest: number; readonly total: number } {
  const logged = message?.sizeBytes ?? -1;
  return logged >= 0 ? { largest: logged, total: logged } : bytesOf(sessions);
}

/** Recipients outside to whom this job had not written while it wrote to others before: the contact form that mails a stranger. */
function deviating(outcomes: readonly Outcome[], world: World): string[] {
  const inOrder = [...outcomes].sort((a, b) => a.send.time - b.send.time || a.send.order - b.send.order);
  const seen = new Set<string>();
  const odd = new Set<string>();
  let insiders = 0;
  for (const outcome of inOrder) {
    for (const address of recipientsOf(outcome)) {
      const domain = address.slice(address.lastIndexOf('@') + 1);
      const external = isExternal(address, world);
      if (external && insiders >= 2 && !seen.has(domain)) odd.add(address);
      else if (external) seen.add(domain);
      else insiders += 1;
    }
  }
  return [...odd].sort();
}

const SHORT_BYTES = 16 * 1024;

/** What an application writes to those who ask: short, alike in size, each to one recipient, to nobody twice. */
function oneEach(outcomes: readonly Outcome[]): boolean {
  const recipients = outcomes.map(recipientsOf);
  const sizes = outcomes.map(outcome => outcome.message?.sizeBytes ?? -1);
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  return (
    recipients.every(each => each.length === 1) &&
    new Set(recipients.flat()).size === recipients.length &&
    smallest > 0 &&
    largest <= 1.5 * smallest &&
    largest <= SHORT_BYTES
  );
}

const REGULAR_GAP_MS = HOUR_MS / 2;

/** Same recipients each time, sizes within a factor of three, and apart in time: a report, not a burst. */
function regular(outcomes: readonly Outcome[]): boolean {
  const lists = new Set(outcomes.map(outcome => recipientsOf(outcome).sort().join(',')));
  const sizes = outcomes.map(outcome => outcome.message?.sizeBytes ?? -1).filter(size => size >= 0);
  const times = outcomes.map(outcome => outcome.send.time).sort((a, b) => a - b);
  const gaps = times.slice(1).map((time, index) => time - (times[index] as number));
  const alike = sizes.length === 0 || Math.max(...sizes) <= 3 * Math.min(...sizes);
  return lists.size === 1 && alike && gaps.length > 0 && Math.min(...gaps) >= REGULAR_GAP_MS;
}
