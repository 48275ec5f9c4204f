import { byWordsAndOne } from '../core/by-words.ts';
import { isLoopback } from '../core/loopback.ts';
import type { ProcessState } from './processes.ts';
import { calledAs, programName } from './programs.ts';
import { operandsOf } from './ssh-words.ts';

/** Whom a transfer program is told to reach. */
export interface ToldHost {
  readonly host: string;
  readonly port: number;
}

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'ftp:': 21, 'ssh:': 22, 'sftp:': 22 };
const HOST = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.[a-z][a-z0-9-]+)$/i;
const ADDRESS = /^\[?(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:]+)\]?$/i;

/**
 * The other host that the words of a transfer program name; null where they name none, or this very host. A file of the same form
 * (`rates.example.csv`) is no host: a bare name counts only where the program takes nothing else.
 */
export const hostTold = ({ exe, argv }: ProcessState): ToldHost | null => hostIn(argv, exe);

const hostIn = byWordsAndOne((all, exe: string): ToldHost | null => {
  const { name, argv } = calledAs(exe, all);
  const url = argv.find((word, i) => i > 0 && /^(?:https?|ftps?|sftp|ssh):\/\//i.test(word));
  if (url !== undefined) return fromUrl(url);
  const found = named(programName(name), argv);
  return found === null || !(HOST.test(found.host) || ADDRESS.test(found.host)) || isOwn(found.host) ? null : found;
});

const isOwn = (host: string): boolean =>
  host === 'localhost' || isLoopback(host.replace(/^\[|\]$/g, '')) || host.endsWith('.localhost');

function fromUrl(url: string): ToldHost | null {
  if (!URL.canParse(url)) return null;
  const { hostname, port, protocol } = new URL(url);
  if (hostname === '' || isOwn(hostname) || !(hostname.includes('.') || hostname.includes(':'))) return null;
  return { host: hostname, port: port === '' ? (PORTS[protocol] ?? -1) : Number(port) };
}

function named(name: string, argv: readonly string[]): ToldHost | null {
  const words = argv.slice(1);
  switch (name) {
    case 'curl':
    case 'wget': {
      // Without a scheme only an address is surely none of the other words.
      const [, host = '', port = ''] =
        /^(\d{1,3}(?:\.\d{1,3}){3})(?::(\d+))?(?:\/|$)/.exec(words.find(isBareUrl) ?? '') ?? [];
      return host === '' ? null : { host, port: port === '' ? 80 : Number(port) };
    }
    case 'nc':
    case 'ncat':
    case 'netcat':
    case 'nc.openbsd':
    case 'nc.traditional':
    case 'telnet': {
      const at = words.findIndex((word, i) => /^\d{1,5}$/.test(word) && !(words[i - 1] ?? '-').startsWith('-'));
      return at < 1 ? null : { host: words[at - 1] as string, port: Number(words[at]) };
    }
    case 'socat': {
      const at = words.map(word => /^(?:tcp|tcp4|tcp6|openssl|ssl|udp)[^:]*:([^:,]+):(\d+)/i.exec(word)).find(Boolean);
      return at ? { host: at[1] as string, port: Number(at[2]) } : null;
    }
    case 'scp':
    case 'sftp':
    case 'rsync': {
      const far = operandsOf(name, argv).find(word => /^(?:[\w.-]+@)?[\w.-]+:/.test(word));
      return far === undefined ? null : { host: far.slice(far.indexOf('@') + 1, far.indexOf(':')), port: 22 };
    }
    case 'ssh': {
      const [first = ''] = operandsOf(name, argv);
      return first === '' ? null : { host: first.slice(first.indexOf('@') + 1), port: 22 };
    }
    default:
      return null;
  }
}

const isBareUrl = (word: string, i: number, words: readonly string[]): boolean =>
  !word.startsWith('-') && !/^-[a-zA-Z]*[oOxHeATdFu]$/.test(words[i - 1] ?? '') && /^\d/.test(word);
