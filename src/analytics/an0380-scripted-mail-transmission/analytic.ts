import type { EpochMs } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import type { MailEvent } from '../../events/mail-events.ts';
import type { Notice } from '../../state/notices.ts';
import type { World } from '../../state/world.ts';
import type { Analytic, AnalyticRun, TunableValue } from '../contract.ts';
import { Story } from '../story.ts';
import { Tunables } from '../tunables.ts';
import { changesOf } from './changes.ts';
import { LIMITS, limitsOf } from './limits.ts';
import { LogOnly } from './log-only.ts';
import { LoopbackAuthors } from './loopback-author.ts';
import { tellNewJob } from './new-job.ts';
import { joinsOf, type Outcome, outcomesOf } from './outcome.ts';
import { withoutUsual } from './printed.ts';
import { tellPutJob } from './put-job.ts';
import { withFirstSends } from './same-series.ts';
import type { SendJob } from './send.ts';
import { SendJobs } from './sends.ts';
import { absences, findingOf, tell } from './tell.ts';
import { weigh } from './weigh.ts';
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
        default: LIMITS.sizeBytes,
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
        default: LIMITS.established,
        unit: 'earlier sends of this job',
        why: "From the fourth similar message on, a job to an internal recipient is part of this host's life.",
      },
      {
        name: 'ManyMessages',
        default: LIMITS.many,
        unit: 'messages of one job to one recipient',
        why: 'The sum counts: many messages below the size threshold carry as much as one above it.',
      },
    ],
    telemetry: [
      {
        kind: 'process.started',
        everyHost: true,
        what: 'process executions (audit execve)',
        unlocks: 'who sends, in which job or session',
        required: true,
        unless: 'mail.submitted',
      },
      {
        kind: 'process:unattended',
        everyHost: true,
        what: 'process executions outside any login (audit execve without a condition on auid)',
        unlocks: 'mail sent by services, web applications and what delivery starts',
        required: false,
        within: 'process.started',
      },
      {
        kind: 'file:written',
        everyHost: true,
        what: 'file creation and writes in homes and temporary places (audit open/creat/rename)',
        unlocks: 'who put the program of a job in its place, and what was packed for it',
        required: false,
      },
      {
        kind: 'mail.submitted',
        what: 'MTA log with local submissions (Postfix pickup, Sendmail, Exim, OpenSMTPD)',
        unlocks: 'whether a message was accepted, its size and recipients',
        required: false,
      },
      { kind: 'mail.delivered', what: 'MTA delivery log', unlocks: 'whether it was transmitted', required: false },
      {
        kind: 'network:outbound',
        everyHost: true,
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
  notices: ['sender.started', 'smtp.connected', 'queue.written', 'queue.taken', 'packer.started'],
  mailKinds: ['mail.submitted'],
  start: tunables => new Run(tunables),
};

class Run implements AnalyticRun {
  readonly #jobs: SendJobs;
  readonly #logOnly = new LogOnly();
  readonly #loopback = new LoopbackAuthors();
  readonly #tunables: Tunables;

  constructor(tunables: ReadonlyMap<string, TunableValue>) {
    this.#tunables = new Tunables(tunables);
    this.#jobs = new SendJobs(this.#tunables.list('ScriptNameFilter'));
  }

  onNotice(notice: Notice, world: World): void {
    const host = world.hosts.get(notice.host);
    if (host === undefined) return;
    if (notice.kind === 'sender.started') this.#jobs.started(notice, host);
    else if (notice.kind === 'smtp.connected') this.#jobs.connected(notice, host, world.network);
    else if (notice.kind === 'queue.written') this.#jobs.queued(notice, host);
    else if (notice.kind === 'queue.taken') this.#jobs.taken(notice);
    else if (notice.kind === 'packer.started') {
      this.#jobs.packed(notice, host);
      this.#loopback.packed(notice, host);
    }
  }

  onMail(event: MailEvent): void {
    this.#logOnly.submitted(event);
  }

  findings(world: World, _now: EpochMs): Finding[] {
    const found: Finding[] = [];
    const jobs = withFirstSends([...this.#jobs.jobs.values()]);
    const joins = joinsOf(jobs, world);
    for (const job of jobs) {
      const outcomes = withoutUsual(outcomesOf(job, world, joins), world);
      const finding = outcomes.length === 0 ? null : this.#judge(job, outcomes, world);
      if (finding !== null) found.push(finding);
    }
    const explained = new Set([...joins.values()].flatMap(({ message, carried }) => [message, carried]));
    for (const { job, outcomes } of this.#loopback.found(world, explained)) {
      const finding = this.#judge(job, outcomes, world);
      if (finding !== null) found.push(finding);
    }
    const byLog = this.#logOnly.findings(world, limitsOf(this.#tunables), explained);
    return [...found, ...strayFindings(world), ...byLog];
  }

  #judge(job: SendJob, outcomes: readonly Outcome[], world: World): Finding | null {
    // What passes a message on sends nothing of its own.
    if (job.context === 'mail-software' && job.sends.every(send => send.encoders.length === 0)) return null;
    const story = new Story();
    const limits = limitsOf(this.#tunables);
    const severity = weigh(job, outcomes, story, limits, world);
    if (severity === null) return null;
    tellNewJob(job, outcomes, story, world);
    tellPutJob(job, outcomes, story, world);
    tell(job, outcomes, story);
    absences(job, outcomes, story, world);
    story.change(...changesOf(job, outcomes, story, limits, world));
    return findingOf(job, outcomes, story, severity, world);
  }

  snapshot(): unknown {
    return {
      jobs: this.#jobs.snapshot(),
      logOnly: this.#logOnly.snapshot(),
      loopback: this.#loopback.snapshot(),
    };
  }

  restore(data: unknown): void {
    const from = data as { jobs: unknown; logOnly: unknown; loopback: unknown };
    this.#jobs.restore(from.jobs);
    this.#logOnly.restore(from.logOnly);
    this.#loopback.restore(from.loopback);
  }

  evictions(): number {
    return this.#jobs.jobs.evicted;
  }
}
