import { isLoopback } from '../core/loopback.ts';
import type { ProcessStarted } from '../events/host-events.ts';
import { ASKS_HERE } from './carry.ts';
import { actingUid } from './elevation.ts';
import type { HostState } from './host.ts';
import { type ProcessState, tellOnce } from './processes.ts';
import { calledAs } from './programs.ts';
import { onStoreRead } from './store-reads.ts';

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
    const box = `mail of ${user}`;
    const place = { ...host.place('/var/mail/x'), box, owner: user };
    onStoreRead(host, process, event, { path: box, node: -1, mode: -1, ownerUid: -1 }, place, 'inferred', 'asked');
  }
}

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
