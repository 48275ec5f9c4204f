import { baseName } from '../../src/core/paths.ts';
import type { WatchEvent } from '../../src/events/event.ts';
import type { ProcessStarted } from '../../src/events/host-events.ts';
import type { AnalyticId } from '../../src/events/vocabulary.ts';

/**
 * The other way to look at the same recordings: rules that see one event and remember nothing, as public rule collections are
 * written. They are ours and general, of the usual kind; whoever runs them gets an alert for each event that fits. Beside
 * the analytics they show what joining events is worth.
 */
export interface SingleEventRule {
  readonly id: string;
  /** The behaviour it is written for. A rule that fits several has the one it hints at best. */
  readonly analytic: AnalyticId;
  readonly title: string;
  /** `parent` is the executable of the parent process, '' when unknown: Sysmon and LAUREL put it into the event. */
  readonly matches: (event: WatchEvent, parent: string) => boolean;
}

type Words = readonly string[];

/** A rule over programs as they are started: by the base name of the executable and the words of the command line. */
const started =
  (test: (name: string, words: Words, event: ProcessStarted, parent: string) => boolean): SingleEventRule['matches'] =>
  (event, parent) =>
    event.kind === 'process.started' && test(baseName(event.actor.exe), event.argv, event, baseName(parent));

const SHELLS = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh']);
const SCRIPTED = /^(?:python|perl|ruby|php|node|lua)[\d.]*$/;
const CLIENTS =
  /^(?:mutt|neomutt|thunderbird|evolution|claws-mail|procmail|maildrop|local|firefox|chromium|chrome|telegram)/i;
const TEMPORARY = /^\/(?:tmp|var\/tmp|dev\/shm)\//;
const DOWNLOADS = /^\/home\/[^/]+\/Downloads\//;
const STORE = /(?:^|\/)(?:Maildir|\.thunderbird|var\/mail|var\/spool\/mail)(?:\/|$)/;
const SENDERS = new Set([
  'mail',
  'mailx',
  's-nail',
  'bsd-mailx',
  'mutt',
  'swaks',
  'sendmail',
  'msmtp',
  'ssmtp',
  'uuencode',
]);
const SMTP = new Set([25, 465, 587, 2525]);
const anyWord = (words: Words, pattern: RegExp): boolean => words.some(word => pattern.test(word));

export const SINGLE_EVENT_RULES: readonly SingleEventRule[] = [
  {
    id: 'run-from-temporary',
    analytic: 'AN0656',
    title: 'a program or script below /tmp, /var/tmp or /dev/shm is run',
    matches: started(
      (_name, words, event) => TEMPORARY.test(event.file.path) || words.slice(0, 2).some(word => TEMPORARY.test(word)),
    ),
  },
  {
    id: 'run-from-downloads',
    analytic: 'AN0321',
    title: "a program or script below a user's Downloads is run",
    matches: started(
      (_name, words, event) => DOWNLOADS.test(event.file.path) || words.slice(0, 2).some(word => DOWNLOADS.test(word)),
    ),
  },
  {
    id: 'hidden-program',
    analytic: 'AN0656',
    title: 'a hidden file, or a file in a hidden folder of a home, is run',
    matches: started((_name, _words, event) => /^\/(?:home|tmp)\/(?:.*\/)?\.[^/.]/.test(event.file.path)),
  },
  {
    id: 'shell-of-mail-software',
    analytic: 'AN0656',
    title: 'a mail client, delivery agent, browser or messenger starts a shell or an interpreter',
    matches: started(
      (name, _words, _event, parent) => (SHELLS.has(name) || SCRIPTED.test(name)) && CLIENTS.test(parent),
    ),
  },
  {
    id: 'made-executable',
    analytic: 'AN0656',
    title: 'chmod +x on a file in a home or a temporary place',
    matches: started(
      (name, words) =>
        name === 'chmod' &&
        anyWord(words, /^(?:[ugoa]*\+[rwst]*x|0?[0-7]*[157][0-7]{0,2})$/) &&
        anyWord(words, /^[^-]/),
    ),
  },
  {
    id: 'decoded',
    analytic: 'AN0656',
    title: 'base64 -d',
    matches: started((name, words) => name === 'base64' && anyWord(words, /^(?:-[a-z]*d[a-z]*|--decode)$/)),
  },
  {
    id: 'fetched-in-shell',
    analytic: 'AN0321',
    title: 'curl or wget to standard output',
    matches: started(
      (name, words) =>
        (name === 'curl' &&
          !anyWord(words, /^(?:-[a-zA-Z]*[oOTFd]|--(?:output|remote-name|upload-file|form|data.*))$/)) ||
        (name === 'wget' && anyWord(words, /^(?:-q?O-?|-)$/)),
    ),
  },
  {
    id: 'shell-inline',
    analytic: 'AN0321',
    title: 'a shell or an interpreter with code on its command line and an address in it',
    matches: started(
      (name, words) =>
        (SHELLS.has(name) || SCRIPTED.test(name)) &&
        anyWord(words, /^-[a-z]*[ce]$/) &&
        anyWord(words, /https?:\/\/|\/dev\/tcp\//),
    ),
  },
  {
    id: 'upload',
    analytic: 'AN1310',
    title: 'curl -T or --upload-file, wget --post-file, curl -F or --data-binary @FILE',
    matches: started(
      (name, words) =>
        (name === 'curl' && anyWord(words, /^(?:-T.*|--upload-file.*|-F.*|--form.*|--data-binary.*)$/)) ||
        (name === 'wget' && anyWord(words, /^--(?:post|body)-file/)),
    ),
  },
  {
    id: 'copied-out',
    analytic: 'AN1310',
    title: 'scp, rsync, sftp or rclone to another host',
    matches: started(
      (name, words) => /^(?:scp|rsync|sftp|rclone)$/.test(name) && anyWord(words.slice(1), /^[^/-][^/]*:/),
    ),
  },
  {
    id: 'store-on-command-line',
    analytic: 'AN1310',
    title: 'tar, zip, cp, cat, find, grep or gzip with a mail store on the command line',
    matches: started(
      (name, words) =>
        /^(?:tar|zip|7z.?|cp|cat|find|[ef]?grep|gzip|strings)$/.test(name) &&
        words.slice(1).some(word => STORE.test(word)),
    ),
  },
  {
    id: 'store-read-by-script',
    analytic: 'AN1310',
    title: 'a shell, an interpreter or a copying tool opens a file of a mail store for reading',
    matches: event =>
      event.kind === 'file.opened' &&
      event.access === 'read' &&
      STORE.test(event.file.path) &&
      (SCRIPTED.test(baseName(event.actor.exe)) ||
        SHELLS.has(baseName(event.actor.exe)) ||
        /^(?:tar|cp|cat|rsync|zip|grep|curl|wget)$/.test(baseName(event.actor.exe))),
  },
  {
    id: 'forward-written',
    analytic: 'AN1310',
    title: 'a .forward or .procmailrc is written',
    matches: event =>
      event.kind === 'file.opened' && event.access !== 'read' && /\/\.(?:forward|procmailrc)$/.test(event.file.path),
  },
  {
    id: 'raw-socket-tool',
    analytic: 'AN1310',
    title: 'nc, ncat, socat or openssl s_client is started',
    matches: started(
      (name, words) => /^(?:nc|ncat|nc\.\w+|socat\d?)$/.test(name) || (name === 'openssl' && words[1] === 's_client'),
    ),
  },
  {
    id: 'mail-tool',
    analytic: 'AN0380',
    title: 'a command that sends mail is started without a terminal',
    matches: started((name, _words, event) => SENDERS.has(name) && event.actor.tty === ''),
  },
  {
    id: 'mail-by-script',
    analytic: 'AN0380',
    title: 'an interpreter with smtplib, Net::SMTP or an smtp:// address on its command line',
    matches: started((_name, words) =>
      anyWord(words, /smtplib|Net::SMTP|smtps?:\/\/|\/dev\/tcp\/[^/]+\/(?:25|465|587)\b/i),
    ),
  },
  {
    id: 'smtp-by-other',
    analytic: 'AN0380',
    title: 'a connection to an SMTP port by something that is no mail server',
    matches: event =>
      event.kind === 'network.connected' &&
      SMTP.has(event.port) &&
      !/^\/usr\/(?:lib|libexec|sbin)\//.test(event.actor.exe),
  },
  {
    id: 'attachment-on-command-line',
    analytic: 'AN0380',
    title: 'a mail command with a file to attach',
    matches: started((name, words) => SENDERS.has(name) && anyWord(words, /^(?:-a|-A|--attach(?:ment)?(?:=.*)?)$/)),
  },
  {
    id: 'many-recipients',
    analytic: 'AN1009',
    title: 'the mail server says that a client comes too often (anvil)',
    matches: event => event.kind === 'mail.notice' && /rate|count/.test(event.what) && event.count >= 60,
  },
  {
    id: 'mailbox-full',
    analytic: 'AN1009',
    title: 'a delivery fails for want of room in the mailbox',
    matches: event =>
      (event.kind === 'mail.bounced' || event.kind === 'mail.deferred') &&
      /(?:over quota|mailbox.*full|too large|size limit)/i.test(event.text),
  },
];
