import { BoundedMap } from '../../core/bounded-map.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Ref } from '../../events/ref.ts';
import { contextOf, type RunContext } from '../../state/context.ts';
import type { HostState } from '../../state/host.ts';
import type { Contact, NetworkView } from '../../state/network/contract.ts';
import type { QueueWritten, SenderStarted, SmtpConnected } from '../../state/notices.ts';
import { pipelineOf } from '../../state/pipelines.ts';
import { ancestry, idOf, type ProcessState, programOf } from '../../state/processes.ts';
import { CLASS, classOfPath, isMultiCall, isSystemPath, programName } from '../../state/programs.ts';
import { smtpInArguments } from '../../state/smtp-words.ts';
import { attachmentsIn, encodersIn, recipientsIn } from './payload.ts';

/** One transmission by a program: handed to the local MTA, or spoken by itself. Plain data. */
export interface Send {
  readonly time: EpochMs;
  readonly order: number;
  readonly ref: Ref;
  readonly pid: number;
  /** Pids of the sender and what it started for the same message. */
  pids: number[];
  readonly program: string;
  readonly command: string;
  readonly tty: string;
  readonly trusted: boolean;
  /** The program that decided to send lies where users can write, or is a bare command line. */
  readonly inline: boolean;
  submission: boolean;
  smtp: {
    readonly destination: string;
    readonly time: EpochMs;
    readonly ref: Ref;
    readonly program: string;
    readonly failed: boolean;
    readonly ownSmtp: boolean;
    /** The connection itself, for what the wire saw of it; null for what only arguments or files tell. */
    readonly contact: Contact | null;
  }[];
  recipients: string[];
  attachments: string[];
  encoders: string[];
  storeOwner: string;
  scriptHint: string;
}

/** Everything one job (or session) of one user sent. */
export interface SendJob {
  readonly key: string;
  readonly host: string;
  readonly uid: number;
  readonly context: RunContext['kind'];
  readonly job: string;
  readonly systemOwned: boolean;
  readonly rootPid: number;
  readonly rootTime: EpochMs;
  readonly rootRef: Ref | null;
  sends: Send[];
  dropped: number;
}

const JOBS_MAX = 10_000;
const SENDS_MAX = 64;

export class SendJobs {
  jobs = new BoundedMap<string, SendJob>(JOBS_MAX);
  byProcess = new BoundedMap<string, { key: string; index: number }>(JOBS_MAX * 4);
  readonly #hints: readonly string[];

  constructor(hints: readonly string[]) {
    this.#hints = hints;
  }

  started(notice: SenderStarted, host: HostState): void {
    const { process } = notice;
    if (isMailService(process) || isSchedulersOwn(process)) return;
    const held = this.#sendOf(process);
    if (held !== undefined) {
      held.pids.push(process.pid);
      held.submission ||= isSubmitter(process);
      const elder = sender(process);
      this.byProcess.set(
        `${process.host} ${idOf(process)}`,
        this.byProcess.peek(`${process.host} ${elder === undefined ? '' : idOf(elder)}`) as {
          key: string;
          index: number;
        },
      );
      return;
    }
    const made = this.#add(process, host, notice.time, notice.event.order, notice.ref);
    if (made === null) return;
    made.submission = isSubmitter(process);
    const destination = smtpInArguments(process);
    if (destination !== '' && !host.has('network:outbound')) {
      made.smtp.push({
        destination,
        time: notice.time,
        ref: notice.ref,
        program: programOf(process),
        failed: false,
        ownSmtp: true,
        contact: null,
      });
    }
  }

  queued(notice: QueueWritten, host: HostState): void {
    const { process } = notice;
    const send =
      this.#sendOf(process) ?? this.#add(process, host, notice.time, notice.order, process.execRef ?? notice.ref);
    if (send === null) return;
    send.submission = true;
    if (send.smtp.length >= 8) return;
    send.smtp.push({
      destination: notice.path,
      time: notice.time,
      ref: notice.ref,
      program: programOf(process),
      failed: false,
      ownSmtp: true,
      contact: null,
    });
  }

  connected(notice: SmtpConnected, host: HostState, network: NetworkView): void {
    const { process, event } = notice;
    if (isMailService(process) || isClient(process)) return;
    if (process.controlled !== null && process.trusted === false && process.argv.length === 0) return;
    const destination = event.family === 'ipv6' ? `[${event.address}]:${event.port}` : `${event.address}:${event.port}`;
    const send =
      this.#sendOf(process) ?? this.#add(process, host, notice.time, event.order, process.execRef ?? notice.ref);
    if (send === null || send.smtp.length >= 8 || send.smtp.some(seen => seen.destination === destination)) return;
    // busybox's sendmail has no queue and no relay of the host behind it.
    const ownSmtp = (process.classBits & CLASS.sender) === 0 || !process.trusted || isMultiCall(process.exe);
    send.smtp.push({
      destination,
      time: notice.time,
      ref: notice.ref,
      program: programOf(process),
      failed: event.outcome === 'failed',
      ownSmtp,
      contact: network.contactOf(event),
    });
  }

  #sendOf(process: ProcessState): Send | undefined {
    for (const each of ancestry(process, 5)) {
      const at = this.byProcess.peek(`${each.host} ${idOf(each)}`);
      if (at !== undefined) return this.jobs.peek(at.key)?.sends[at.index];
    }
    return undefined;
  }

  #add(process: ProcessState, host: HostState, time: EpochMs, order: number, ref: Ref): Send | null {
    const context = contextOf(host, process);
    const key = `${host.host}\0${process.uid}\0${context.kind === 'interactive' || context.kind === 'detached' || context.kind === 'unattended' ? `session ${process.ses} ${context.script || programOf(process)}` : `job ${context.job}`}`;
    let job = this.jobs.peek(key);
    if (job === undefined) {
      job = {
        key,
        host: host.host,
        uid: process.uid,
        context: context.kind,
        job: context.job,
        systemOwned: context.systemOwned,
        rootPid: context.root.pid,
        rootTime: context.root.start,
        rootRef: context.root.execRef,
        sends: [],
        dropped: 0,
      };
      this.jobs.set(key, job);
    }
    if (job.sends.length >= SENDS_MAX) {
      job.dropped += 1;
      return null;
    }
    const stages = pipelineOf(process);
    const line = [...ancestry(process, 4), ...stages];
    const store = [...process.carries, ...stages.flatMap(stage => stage.carries)].find(
      carry => carry.taint.origin.kind === 'mailstore',
    );
    const send: Send = {
      time,
      order,
      ref,
      pid: process.pid,
      pids: [process.pid],
      program: programOf(process),
      command: process.argv.slice(0, 16).join(' ').slice(0, 512),
      tty: process.tty,
      trusted: process.trusted,
      inline: decidedByUser(process),
      submission: false,
      smtp: [],
      recipients: recipientsIn(process.argv),
      attachments: attachmentsIn(process),
      encoders: encodersIn(stages),
      storeOwner: store === undefined ? '' : store.taint.origin.person || 'unknown',
      scriptHint: hintIn(line, this.#hints),
    };
    job.sends.push(send);
    this.byProcess.set(`${process.host} ${idOf(process)}`, { key, index: job.sends.length - 1 });
    return send;
  }

  snapshot(): unknown {
    return { jobs: this.jobs.snapshot(), byProcess: this.byProcess.snapshot() };
  }

  restore(data: unknown): void {
    const from = data as {
      jobs: ReturnType<SendJobs['jobs']['snapshot']>;
      byProcess: ReturnType<SendJobs['byProcess']['snapshot']>;
    };
    this.jobs.restore(from.jobs);
    this.byProcess.restore(from.byProcess);
  }
}

function sender(process: ProcessState): ProcessState | undefined {
  return ancestry(process, 5)
    .slice(1)
    .find(each => each.classBits & CLASS.sender);
}

/** Ports on which a client reads mail: POP3, IMAP, and both over TLS. */
const READS_MAIL: ReadonlySet<number> = new Set([110, 143, 993, 995]);

/** A person's mail client: installed, or (unpacked in a home) one that is seen to fetch mail as well. Its name alone is anybody's. */
const isClient = ({ classBits, trusted, connections }: ProcessState): boolean =>
  (classBits & CLASS.mailClient) !== 0 && (trusted || connections.some(({ event }) => READS_MAIL.has(event.port)));

/** The MTA and its helpers, filters and delivery agents at their work: by place and owner, not by name. */
function isMailService(process: ProcessState): boolean {
  if (!process.trusted) return false;
  if (process.classBits & CLASS.filter) return true;
  if (process.classBits & (CLASS.mta | CLASS.delivery | CLASS.storeService) && (process.classBits & CLASS.sender) === 0)
    return true;
  return ancestry(process, 6)
    .slice(1)
    .some(
      elder =>
        elder.trusted &&
        (elder.classBits & (CLASS.mta | CLASS.delivery)) !== 0 &&
        (elder.classBits & CLASS.sender) === 0,
    );
}

/** cron and at mail a job's output themselves: the scheduler's own process starts the sender. */
function isSchedulersOwn(process: ProcessState): boolean {
  const { parent } = process;
  return (
    parent !== null &&
    (parent.classBits & CLASS.scheduler) !== 0 &&
    isSystemPath(parent.exe) &&
    programName(parent.exe) !== 'systemd' &&
    (process.classBits & CLASS.sender) !== 0 &&
    process.argv.some(word => word.startsWith('-F') || word === '-oem' || word.startsWith('-odi'))
  );
}

const SUBMITTERS = new Set(['sendmail', 'postdrop', 'exim', 'exim4', 'msmtp', 'ssmtp', 'nullmailer-inject', 'dma']);

function isSubmitter(process: ProcessState): boolean {
  return SUBMITTERS.has(programName(process.exe)) || SUBMITTERS.has(programName(process.argv[0] ?? ''));
}

/** What decided to send is a command line or a script that a user can write. */
function decidedByUser(process: ProcessState): boolean {
  for (const each of ancestry(process, 6)) {
    if (each.classBits & CLASS.scheduler) break;
    if (each === process && each.trusted && each.classBits & CLASS.sender) continue;
    if (each.script !== '') return !isSystemPath(each.script);
    if (each.classBits & CLASS.shell && each !== process && each.argv.includes('-c')) return true;
    if (!isSystemPath(each.exe) && each.exe !== '') return true;
  }
  return classOfPath(process.exe) === 0;
}

function hintIn(line: readonly ProcessState[], hints: readonly string[]): string {
  for (const each of line) {
    const text = each.argv.join(' ').slice(0, 2048).toLowerCase();
    for (const hint of hints) if (hint !== '' && text.includes(hint.toLowerCase())) return hint;
  }
  return '';
}
