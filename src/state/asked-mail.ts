import { isLoopback } from '../core/loopback.ts';
import {
  fileNamed,
  type HostEvent,
  type NetworkConnected,
  PEOPLE_UID,
  type ProcessStarted,
} from '../events/host-events.ts';
import { ASKS_HERE } from './carry.ts';
import { actingUid } from './elevation.ts';
import type { HostState } from './host.ts';
import { type ProcessState, tellOnce } from './processes.ts';
import { CLASS, calledAs, isSystemPath, MAILBOX_PORTS } from './programs.ts';
import { onStoreRead } from './store-reads.ts';
import { putAt } from './unseen-moves.ts';

const MAIL_URL = /^(?:imap|pop3)s?:\/\/(?:([^/@]*)@)?(\[[^\]]*\]|[^/:?;]*)/i;

/**
 * curl(1) told to fetch somebody else's mail from the server of this very host: the server reads the store, for whom these words name, and
 * no record of a file says so. With the own mail it is a client like any other.
 */
export function readByUrl(host: HostState, process: ProcessState, event: ProcessStarted): void {
  const { name, argv } = calledAs(process.exe, process.argv);
  if (name !== 'curl') return;
  for (const word of argv) {
    const [, inside = '', server = ''] = MAIL_URL.exec(word) ?? [];
    if (server === '' || !isThisHost(host, server)) continue;
    const user = userIn(inside === '' ? userOption(argv) : inside);
    if (user === '' || user === host.userName(actingUid(process)) || !tellOnce(process, `asked ${user}`)) continue;
    tellOnce(process, ASKS_HERE);
    ask(host, process, event, user);
  }
}

function ask(host: HostState, process: ProcessState, event: HostEvent, user: string): void {
  const box = `mail of ${user}`;
  const place = { ...host.place('/var/mail/x'), box, owner: user };
  onStoreRead(host, process, event, fileNamed(box), place, 'inferred', 'asked');
}

const NAMES_MAX = 16;

/**
 * A program that stands in full on the command line (`python3 -c`) connects to the mail server of this very host, and its text names people
 * of the host who are not its user: as whom it logs in there. The files that it names are where it puts what it gets, as far as no
 * record would tell.
 */
export function readByConnection(host: HostState, process: ProcessState, event: NetworkConnected): void {
  if (!MAILBOX_PORTS.has(event.port) || !isLoopback(event.address)) return;
  const at = (process.classBits & CLASS.interpreter) === 0 || process.script !== '' ? -1 : inlineIn(process.argv);
  if (at < 0) return;
  const text = process.argv.slice(at).join('\n');
  const own = host.userName(actingUid(process));
  const quoted = [...text.matchAll(QUOTED)].map(([, , inside = '']) => inside);
  const people = new Set(quoted.filter(each => each !== own && host.setting.identity.uidOf(each) >= PEOPLE_UID));
  if (people.size === 0) return;
  tellOnce(process, ASKS_HERE);
  for (const user of [...people].slice(0, NAMES_MAX))
    if (tellOnce(process, `asked ${user}`)) ask(host, process, event, user);
  const targets = quoted.filter(each => each.startsWith('/') && !host.areas.has(each) && !isSystemPath(each));
  for (const { taint } of process.carries)
    if (taint.origin.kind === 'mailstore')
      for (const path of targets.slice(0, NAMES_MAX))
        if (tellOnce(process, `put ${path} ${taint.origin.id}`)) putAt(host, process, path, taint, event);
}

/** What interpreters call the option before a program. */
const INLINE = /^-[a-zA-Z]*[ceErR]$/;
const inlineIn = (argv: readonly string[]): number => argv.findIndex((_, i) => i > 1 && INLINE.test(argv[i - 1] ?? ''));

const QUOTED = /(['"`])([\w./@+-]{1,128})\1/g;

function isThisHost({ host }: HostState, server: string): boolean {
  const name = server.replace(/^\[|\]$/g, '').toLowerCase();
  const own = host.toLowerCase();
  return name === 'localhost' || isLoopback(name) || name === own || name.split('.')[0] === own;
}

/** `-u name:secret`, `-uname:secret`, `--user name`, `--user=name`. */
function userOption(argv: readonly string[]): string {
  for (const [i, word] of argv.entries()) {
    if (/^-[a-zA-Z#]*u$/.test(word) || word === '--user') return argv[i + 1] ?? '';
    if (word.startsWith('--user=')) return word.slice('--user='.length);
    if (/^-u./.test(word)) return word.slice(2);
  }
  return '';
}

/** The account before the secret, a method of authentication and the domain. */
const userIn = (words: string): string => (words.split(/[:;]/)[0] ?? '').replace(/@.*$/s, '').toLowerCase();
