import {
  AuditRecords,
  homeOf,
  PASSWD,
  Process,
  SYSTEM,
  type Telemetry,
  UNSET,
  uidOf,
} from './audit-records.test-support.ts';

/** Audit and Postfix logs of one made-up host, written by hand: for behaviours of which there is no recording. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export interface MessageFacts {
  readonly to?: string;
  readonly from?: string;
  readonly size?: number;
  /** Audit shows the delivery agent writing the message; else only the mail log knows of it. */
  readonly unseen?: boolean;
}

/** A message that was put into a Maildir. */
export interface Delivered {
  readonly queueId: string;
  readonly messageId: string;
  readonly path: string;
}

export class HostLog {
  readonly records: AuditRecords;
  readonly mail: string[] = [];
  #session = 10;
  #queue = 0x1a00;

  constructor(telemetry: Partial<Telemetry> = {}) {
    this.records = new AuditRecords({ files: true, network: true, ...telemetry });
    this.#said('postfix/master[900]', 'daemon started -- version 3.7.11, configuration /etc/postfix');
  }

  wait(ms: number): void {
    this.records.now += ms;
  }

  /** A shell that a person opened over ssh, at a terminal. */
  shell(user: string, address = '?'): Process {
    this.#session += 1;
    const uid = uidOf(user);
    const daemon = new Process(this.records, 700, 1, '/usr/sbin/sshd', SYSTEM);
    const who = { uid, auid: uid, ses: this.#session, tty: 'pts0' };
    this.records.opened(user, '/usr/sbin/sshd', who, address);
    return daemon.fork(who).run(['/bin/bash'], { argv0: '-bash', cwd: homeOf(user) });
  }

  /** A command that was given over ssh from `address`: no terminal. The shell that runs it. */
  remote(user: string, line: string, address: string): Process {
    this.#session += 1;
    const uid = uidOf(user);
    const daemon = new Process(this.records, 700, 1, '/usr/sbin/sshd', SYSTEM);
    const who = { uid, auid: uid, ses: this.#session, tty: '(none)' };
    this.records.opened(user, '/usr/sbin/sshd', who, address);
    return daemon.fork(who).run(['/bin/bash', '-c', line], { cwd: homeOf(user) });
  }

  /** The desktop session of a person: no terminal. */
  desktop(user: string): Process {
    this.#session += 1;
    const uid = uidOf(user);
    const who = { uid, auid: uid, ses: this.#session, tty: '(none)' };
    this.records.opened(user, '/usr/sbin/gdm-session-worker', who);
    const session = new Process(this.records, this.records.nextPid(), 1, '/usr/lib/gdm3/gdm-x-session', who);
    return session.run(['/usr/bin/gnome-shell'], { cwd: homeOf(user) });
  }

  /** The service manager of a person who is logged in: user@.service. */
  manager(user: string): Process {
    const uid = uidOf(user);
    const who = { uid, auid: uid, ses: 9, tty: '(none)' };
    const manager = new Process(this.records, this.records.nextPid(), 1, '/usr/lib/systemd/systemd', who);
    return manager.exec('/usr/lib/systemd/systemd --user', { cwd: homeOf(user) });
  }

  /** A line of a person's crontab, started by cron. */
  cron(user: string, line: string): Process {
    this.#session += 1;
    const uid = uidOf(user);
    const daemon = new Process(this.records, 650, 1, '/usr/sbin/cron', SYSTEM);
    const who = { uid, auid: uid, ses: this.#session, tty: '(none)' };
    this.records.opened(user, '/usr/sbin/cron', who);
    return daemon.fork({ ...who, uid: 0 }).run(['/bin/sh', '-c', line], { who, cwd: homeOf(user) });
  }

  /**
   * A job of at(1): a shell that takes its program from standard input. With the name of its file atd(8) gives that the name under
   * which it runs, and a child of its own keeps what the job prints.
   */
  at(user: string, job = ''): Process {
    this.#session += 1;
    const uid = uidOf(user);
    const daemon = new Process(this.records, 660, 1, '/usr/sbin/atd', SYSTEM);
    const who = { uid, auid: uid, ses: this.#session, tty: '(none)' };
    if (job !== '') daemon.link(`/var/spool/cron/atjobs/${job}`, `/var/spool/cron/atjobs/=${job.slice(1)}`);
    const child = daemon.fork(job === '' ? { ...who, uid: 0 } : SYSTEM);
    if (job !== '') child.write(`/var/spool/cron/atspool/${job}`);
    this.records.opened(user, '/usr/sbin/atd', who);
    return child.run(['/bin/sh'], { who, cwd: homeOf(user) });
  }

  /** A program that systemd started as a service. */
  service(words: string | readonly string[], user = 'root', options: { by?: string } = {}): Process {
    const who = { uid: uidOf(user), auid: UNSET, ses: UNSET, tty: '(none)' };
    return new Process(this.records, 1, 0, '/usr/lib/systemd/systemd', SYSTEM).run(words, { who, ...options });
  }

  /** Postfix takes a message from outside and its local(8) puts it into the Maildir of `to`. */
  deliver(facts: MessageFacts = {}): Delivered {
    const to = facts.to ?? 'clerk';
    const queueId = this.#queueId();
    const messageId = `${queueId.toLowerCase()}@mail.example.net`;
    this.#said('postfix/smtpd[901]', `${queueId}: client=mail.example.net[203.0.113.10]`);
    this.#said('postfix/cleanup[902]', `${queueId}: message-id=<${messageId}>`);
    const sender = facts.from ?? 'stranger@example.net';
    this.#said('postfix/qmgr[903]', `${queueId}: from=<${sender}>, size=${facts.size ?? 4321}, nrcpt=1 (queue active)`);
    const agent = this.records.nextPid();
    const name = `${Math.floor(this.records.now / 1000)}.Vfe00I${this.#queue.toString(16)}.ws1`;
    const path = `${homeOf(to)}/Maildir/new/${name}`;
    const local = new Process(this.records, agent, 900, '/usr/lib/postfix/sbin/local', { ...SYSTEM, uid: uidOf(to) });
    if (facts.unseen !== true) {
      const temporary = `${homeOf(to)}/Maildir/tmp/${name}`;
      local.write(temporary);
      local.rename(temporary, path);
    }
    this.#fate(queueId, `local[${agent}]`, `to=<${to}@example.org>, relay=local`, 'sent (delivered to maildir)');
    return { queueId, messageId, path };
  }

  /** Postfix hands a message to a command of `to`, by an alias or .forward. Returns the delivery agent, about to start it. */
  pipeTo(to: string, command: string): { agent: Process; queueId: string } {
    const queueId = this.#queueId();
    this.#said('postfix/smtpd[901]', `${queueId}: client=mail.example.net[203.0.113.10]`);
    this.#said('postfix/qmgr[903]', `${queueId}: from=<stranger@example.net>, size=4321, nrcpt=1 (queue active)`);
    const pid = this.records.nextPid();
    const agent = new Process(this.records, pid, 900, '/usr/lib/postfix/sbin/local', { ...SYSTEM, uid: uidOf(to) });
    this.#fate(
      queueId,
      `local[${pid}]`,
      `to=<${to}@example.org>, relay=local`,
      `sent (delivered to command: ${command})`,
    );
    return { agent, queueId };
  }

  /** What a program handed to sendmail(1) is logged as, or to port 25 of this host, and sent on. */
  submitted(user: string, to: string, size: number, by: 'pickup' | 'smtpd' = 'pickup'): string {
    const queueId = this.#queueId();
    if (by === 'smtpd') this.#said('postfix/smtpd[901]', `${queueId}: client=localhost[127.0.0.1]`);
    else this.#said('postfix/pickup[904]', `${queueId}: uid=${uidOf(user)} from=<${user}>`);
    this.#said('postfix/cleanup[902]', `${queueId}: message-id=<${queueId.toLowerCase()}@ws1.example.org>`);
    this.#said('postfix/qmgr[903]', `${queueId}: from=<${user}@example.org>, size=${size}, nrcpt=1 (queue active)`);
    if (to.endsWith('@example.org'))
      this.#fate(queueId, 'local[905]', `to=<${to}>, relay=local`, 'sent (delivered to maildir)');
    else
      this.#fate(
        queueId,
        'smtp[906]',
        `to=<${to}>, relay=mx.example.net[203.0.113.25]:25`,
        'sent (250 2.0.0 Ok: queued as 4Xyz)',
      );
    return queueId;
  }

  /** A message for a mailbox here that Postfix sends on to another host. */
  forwarded(original: string, to: string): string {
    const queueId = this.#queueId();
    this.#said('postfix/smtpd[901]', `${queueId}: client=mail.example.net[203.0.113.10]`);
    this.#said('postfix/qmgr[903]', `${queueId}: from=<friend@example.net>, size=900, nrcpt=1 (queue active)`);
    this.#fate(
      queueId,
      'smtp[906]',
      `to=<${to}>, orig_to=<${original}>, relay=mx.example.net[203.0.113.25]:25`,
      'sent (250 2.0.0 Ok)',
    );
    return queueId;
  }

  /** Files and their text, as a folder of evidence. */
  files(parts: { readonly mail: boolean }): ReadonlyMap<string, string> {
    const found = new Map([
      ['audit.log', text(this.records.lines)],
      ['etc/passwd', text(PASSWD)],
    ]);
    if (parts.mail) found.set('mail.log', text(this.mail));
    return found;
  }

  #queueId(): string {
    this.#queue += 1;
    return `4F${this.#queue.toString(16).toUpperCase()}0B`;
  }

  #fate(queueId: string, agent: string, where: string, status: string): void {
    this.#said(
      `postfix/${agent}`,
      `${queueId}: ${where}, delay=0.05, delays=0.01/0.01/0.01/0.02, dsn=2.0.0, status=${status}`,
    );
    this.#said('postfix/qmgr[903]', `${queueId}: removed`);
  }

  #said(program: string, message: string): void {
    this.records.now += 1;
    this.mail.push(`${new Date(this.records.now).toISOString().replace('Z', '')}000+00:00 ws1 ${program}: ${message}`);
  }
}

const text = (lines: readonly string[]): string => lines.map(line => `${line}\n`).join('');
