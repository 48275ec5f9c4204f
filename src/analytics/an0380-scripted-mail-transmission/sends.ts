import { BoundedMap } from '../../core/bounded-map.ts';
import { type EpochMs, MINUTE_MS } from '../../core/time.ts';
import type { Ref } from '../../events/ref.ts';
import type { HostState } from '../../state/host.ts';
import { isDescentGuessed } from '../../state/late-parent.ts';
import type { NetworkView } from '../../state/network/contract.ts';
import type { PackerStarted, QueueTaken, QueueWritten, SenderStarted, SmtpConnected } from '../../state/notices.ts';
import { groupsBefore, pipelineOf, readersBehind } from '../../state/pipelines.ts';
import { idOf, type ProcessState, programOf } from '../../state/processes.ts';
import { CLASS, isMultiCall, programName } from '../../state/programs.ts';
import { namesItsServer, smtpInArguments } from '../../state/smtp-words.ts';
import { isOfItsUser } from './decided-by-user.ts';
import { addsToMail } from './hooks.ts';
import { isClient, isMailService, isSchedulersOwn } from './mail-software.ts';
import { decisionOn, jobOf, sendOf } from './make-send.ts';
import { clientsBefore, isOwnChild } from './own-child.ts';
import { PackedBefore } from './packed.ts';
import { attachmentsIn, encodersIn } from './payload.ts';
import { printedFor } from './printed.ts';
import { wroteQueue } from './queue-file.ts';
import { asksQueue } from './queue-words.ts';
import type { Send, SendJob } from './send.ts';

/** Where a send is kept: in which job, as which of its sends. */
interface Place {
  readonly key: string;
  readonly index: number;
}

/**
 * A program that connects to the same server again sends again; sooner, it is one send: getaddrinfo(3) connects once to each
 * address in order to sort them. What it tries again in vain is one send too, with the connection that stands in the end.
 */
const AGAIN_MS = 100;

const JOBS_MAX = 10_000;
const SENDS_MAX = 64;
/** In place of an index: only counted. What such a process starts, or connects to, is the same send. */
const DROPPED = -1;
const CONNECTIONS_MAX = 8;
const HINTED_MAX = 2048;
const QUEUED_MAX = 256;
/** What a program packs together it reads within minutes. */
const PAPERS_MS = 5 * MINUTE_MS;
const PAPERS_MAX = 16;

export class SendJobs {
  jobs = new BoundedMap<string, SendJob>(JOBS_MAX);
  byProcess = new BoundedMap<string, Place>(JOBS_MAX * 4);
  byQueueFile = new BoundedMap<string, Send>(QUEUED_MAX);
  readonly #packed = new PackedBefore();
  readonly #hints: readonly string[];
  /** Only saves work. */
  readonly #hinted = new Map<readonly string[], string>();

  constructor(hints: readonly string[]) {
    this.#hints = hints.filter(hint => hint !== '');
  }

  started(notice: SenderStarted, host: HostState): void {
    const { process } = notice;
    if (asksQueue(process)) return;
    if (isMailService(process) && !addsToMail(process, host)) return;
    if (isSchedulersOwn(process) && printedFor(process, host) === null) return;
    const held = this.#heldOf(process);
    if (held !== undefined) {
      held.send.submission ||= isSubmitter(process);
      this.byProcess.set(nameOf(process), held.at);
      return;
    }
    const made = this.#placeOf(process)?.index === DROPPED ? null : this.#add(process, host, notice.time, notice.ref);
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
    if (this.#placeOf(process)?.index === DROPPED) return;
    const held = this.#heldOf(process)?.send;
    // Each file is a message.
    const isNext = held === undefined || wroteQueue(held);
    const send = isNext ? this.#add(process, host, notice.time, process.execRef ?? notice.ref) : held;
    if (send === null) return;
    send.submission = true;
    send.papers = host.papers.of(process.pid, notice.time - PAPERS_MS).slice(0, PAPERS_MAX);
    this.byQueueFile.set(`${notice.host}\0${notice.path}`, send);
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

  taken({ host, path, time, process }: QueueTaken): void {
    const send = this.byQueueFile.peek(`${host}\0${path}`);
    if (send !== undefined) send.taken ??= { time, pid: process.pid };
  }

  connected(notice: SmtpConnected, host: HostState, network: NetworkView): void {
    const { process, event } = notice;
    if (isMailService(process) || isClient(process)) return;
    if ((process.classBits & CLASS.sender) !== 0 && this.#placeOf(process)?.index === DROPPED) return;
    const destination = event.family === 'ipv6' ? `[${event.address}]:${event.port}` : `${event.address}:${event.port}`;
    const held = this.#heldOf(process)?.send;
    const last = held?.smtp.findLast(seen => seen.destination === destination);
    const failed = event.outcome === 'failed';
    const isNew = last === undefined || (last.failed && !failed);
    if (!isNew && (last.failed || held?.pid !== process.pid || notice.time - last.time < AGAIN_MS)) return;
    const ref = held === undefined ? (process.execRef ?? notice.ref) : notice.ref;
    const send = held !== undefined && isNew ? held : this.#add(process, host, notice.time, ref);
    if (send === null || send.smtp.length >= CONNECTIONS_MAX) return;
    // busybox's sendmail has no queue and no relay of the host behind it.
    const ownSmtp =
      (process.classBits & CLASS.sender) === 0 ||
      !process.trusted ||
      isMultiCall(process.exe) ||
      namesItsServer(process.argv);
    send.smtp.push({
      destination,
      time: notice.time,
      ref: notice.ref,
      program: programOf(process),
      failed,
      ownSmtp,
      guessed: isDescentGuessed(process, send.pid),
      contact: network.contactOf(event),
    });
  }

  /** Stages start side by side, and a group goes on while what takes its output waits: what packs may be told of after the sender. */
  packed({ process }: PackerStarted, host: HostState): void {
    this.#packed.started(process);
    for (const reader of readersBehind(process, host.processes)) {
      const send = reader.isSender ? this.#heldOf(reader)?.send : undefined;
      if (send !== undefined) send.encoders = [...new Set([...send.encoders, ...encodersIn([process])])].sort();
    }
  }

  /** Where the send is that it, or what started it, belongs to. */
  #placeOf(process: ProcessState): Place | undefined {
    let each: ProcessState | null = process;
    for (let depth = 0; depth < 5 && each !== null; depth++) {
      const at: Place | undefined = each.isSender ? this.byProcess.peek(nameOf(each)) : undefined;
      if (at !== undefined || isOfItsUser(each)) return at;
      each = each.parent;
    }
    return undefined;
  }

  #heldOf(process: ProcessState): { readonly at: Place; readonly send: Send } | undefined {
    const at = this.#placeOf(process);
    const send = at === undefined ? undefined : this.jobs.peek(at.key)?.sends[at.index];
    return at === undefined || send === undefined ? undefined : { at, send };
  }

  /** The send of the client that this is the own submission program of. */
  #clientOf(
    process: ProcessState,
    host: HostState,
    time: EpochMs,
  ): { readonly at: Place; readonly send: Send } | undefined {
    if (!isSubmitter(process)) return undefined;
    for (const client of clientsBefore(process, host.processes)) {
      const held = this.#heldOf(client);
      if (held !== undefined && !held.send.submission && isOwnChild(process, held.send, time)) return held;
    }
    return undefined;
  }

  #add(process: ProcessState, host: HostState, time: EpochMs, ref: Ref): Send | null {
    const client = this.#clientOf(process, host, time);
    if (client !== undefined) {
      this.byProcess.set(nameOf(process), client.at);
      return client.send;
    }
    const { decides, context, key, printed, ...above } = decisionOn(process, host);
    let job = this.jobs.peek(key);
    if (job === undefined) {
      job = jobOf(key, host, process, context);
      this.jobs.set(key, job);
    }
    if (job.sends.length >= SENDS_MAX) {
      job.dropped += 1;
      this.byProcess.set(nameOf(process), { key, index: DROPPED });
      return null;
    }
    if (context.kind === 'detached') job.context = 'detached';
    const stages = [...pipelineOf(process), ...groupsBefore(process, host.processes)];
    const attachments = attachmentsIn(process);
    const send = sendOf({
      process,
      host,
      time,
      ref,
      context,
      decides,
      stages,
      attachments,
      ...above,
      packers: printed?.packers ?? null,
      packedBefore: this.#packed.behind(process, attachments, time),
      scriptHint: this.#hintAround(process, stages),
    });
    job.sends.push(send);
    this.byProcess.set(nameOf(process), { key, index: job.sends.length - 1 });
    return send;
  }

  #hintAround(process: ProcessState, stages: readonly ProcessState[]): string {
    let each: ProcessState | null = process;
    for (let depth = 0; depth < 4 && each !== null; depth++) {
      const hint = this.#hintIn(each.argv);
      if (hint !== '') return hint;
      each = each.parent;
    }
    for (const stage of stages) {
      const hint = this.#hintIn(stage.argv);
      if (hint !== '') return hint;
    }
    return '';
  }

  /** Many sends share what stands above them: their words are looked through once. */
  #hintIn(argv: readonly string[]): string {
    const held = this.#hinted.get(argv);
    if (held !== undefined) return held;
    const text = argv.join(' ').slice(0, 2048).toLowerCase();
    const hint = this.#hints.find(each => text.includes(each.toLowerCase())) ?? '';
    if (this.#hinted.size >= HINTED_MAX) this.#hinted.clear();
    this.#hinted.set(argv, hint);
    return hint;
  }

  snapshot(): unknown {
    return {
      jobs: this.jobs.snapshot(),
      byProcess: this.byProcess.snapshot(),
      byQueueFile: this.byQueueFile.snapshot(),
      packed: this.#packed.snapshot(),
    };
  }

  restore(data: unknown): void {
    const from = data as {
      jobs: ReturnType<SendJobs['jobs']['snapshot']>;
      byProcess: ReturnType<SendJobs['byProcess']['snapshot']>;
      byQueueFile: ReturnType<SendJobs['byQueueFile']['snapshot']>;
      packed: unknown;
    };
    this.jobs.restore(from.jobs);
    this.byProcess.restore(from.byProcess);
    this.byQueueFile.restore(from.byQueueFile);
    this.#packed.restore(from.packed);
  }
}

const nameOf = (process: ProcessState): string => `${process.host} ${idOf(process)}`;

const SUBMITTERS = new Set(['sendmail', 'postdrop', 'exim', 'exim4', 'msmtp', 'ssmtp', 'nullmailer-inject', 'dma']);

function isSubmitter(process: ProcessState): boolean {
  return SUBMITTERS.has(programName(process.exe)) || SUBMITTERS.has(programName(process.argv[0] ?? ''));
}
