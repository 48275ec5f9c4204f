import { byWordsAndOne } from '../core/by-words.ts';
import { isLoopback } from '../core/loopback.ts';
import { resolvePath } from '../core/paths.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, calledAs, classOfPath, isSystemPath, programName } from './programs.ts';

const WORDS_MAX = 64;
const TEXT_MAX = 8192;

const PORT = '(\\d{1,5})';
const V4 = '\\d{1,3}(?:\\.\\d{1,3}){3}';
/** `0.0.0.0:8090`, `[::]:8090`, `192.0.2.1:80`, `localhost:80`, `*:80`. */
const WITH_PORT = new RegExp(`^(${V4}|\\[[0-9a-f:.]+\\]|\\*|localhost):${PORT}$`, 'i');
const BARE = new RegExp(`^(?:${V4}|\\[?(?=[^:]*:[^:]*:)[0-9a-f:.]+\\]?|\\*|localhost)$`, 'i');
const ONLY_PORT = /^:?(\d{1,5})$/;
/** Nothing reaches another host at it: whoever names it is about to wait there. RFC 1122 3.2.1.3, RFC 4291 2.5.2. */
const EVERY = /^(?:0\.0\.0\.0|\[?::\]?)$/;
const EVERY_WITH_PORT = /^(?:0\.0\.0\.0|\[::\]|::|\*):\d{1,5}$/;

/** Options whose value is where to wait, as servers call them. */
const WAITS_OPTION = /^--?(?:listen|bind|serve)(?:[-_]?(?:on|addr|address|host|ip|port|interface))?$/i;
/** Options that name other hosts. */
const OF_OTHERS = /^--?(?:allow|deny|proxy|from|source|trusted|dns|forward|peer|remote|connect)/i;
const PORT_OPTION = /^(?:-[lpP]|--?(?:port|http-port|listen-port|accept))$/;

/** socat(1): addresses that wait for whoever connects. */
const SOCAT_WAITS = /^(?:tcp|udp|sctp|dccp|openssl|ssl)[46]?-(?:l|listen):(.*)$/is;
/** gawk(1), "Using gawk for Network Programming": no other host and port. */
const AWK_WAITS = /\/inet[46]?\/(?:tcp|udp)\/(\d+)\/0\/0/;
/** Parts of programs given on the command line that wait for connections, in the libraries that come with the languages. */
const TEXT_WAITS =
  /\b(?:\w*listen|accept|serve_forever|stream_socket_server)\s*\(|\bListen\s*=>|\b(?:\w*HTTPServer|TCPServer|ThreadingServer|createServer|ServerSocket|WEBrick)\b/;
const TEXT_LOOPBACK = /\b127\.0\.0\.1\b|\blocalhost\b|::1\b/;
const TEXT_OPTION = /^(?:-[a-zA-Z]*[ceEr]|--eval|--run)$/;

/** python(1): `-m http.server`, `-mhttp.server`, `-um http.server`. */
const MODULE_OPTION = /^-[bBdEiIOPqsSuvx]*m((?:\w+\.)*\w+)?$/;
/** Modules of Python that hand out files or whatever a program has: `http.server`, `SimpleHTTPServer`, `uploadserver`, `pyftpdlib`. */
const MODULE = /(?:server|httpd|ftpd(?:lib)?|wsgidav)$/i;
/** Servers by how they are called: thttpd, mini_httpd, darkhttpd, vsftpd, webfsd, http-server, static-web-server, httpd of busybox. */
const SERVER_NAME =
  /(?:http|ftp|webfs|webdav|nfs|smb|svnserve|lighttp)d$|(?:http|web|file|static)[-_]?server?$|^(?:miniserve|dufs|svnserve)$/;
const SERVES_FIRST = new Set(['serve', 'file-server', 'http-server', 'httpd']);

/** They read for who sits at the terminal or for themselves, look for words, pack, or keep their own records of what they serve. */
const NO_SERVERS =
  CLASS.archiver |
  CLASS.packer |
  CLASS.viewer |
  CLASS.desktop |
  CLASS.compiler |
  CLASS.build |
  CLASS.backup |
  CLASS.browser |
  CLASS.messenger |
  CLASS.mailClient |
  CLASS.fetcher |
  CLASS.filter |
  CLASS.packageManager;
const SEARCHES = new Set(['grep', 'egrep', 'fgrep', 'zgrep', 'rg', 'ag', 'ack', 'sed', 'find', 'locate', 'strings']);
const NETCATS = /^(?:nc|ncat|netcat|nc\..*)$/;

/**
 * Where its words tell a program to wait for other hosts: `0.0.0.0:8090`, `*:8000`; '' where they do not, or for this host alone. Which
 * program it is matters little: an address of every interface says so, an option to listen, a module or a name that is a server's.
 */
export const waitsAt = byWordsAndOne((all, exe: string): string => {
  const { name, argv } = calledAs(exe, all);
  const words = argv.slice(1, WORDS_MAX);
  const bits = classOfPath(name);
  if (words.length === 0 && !SERVER_NAME.test(name)) return '';
  if (bits & CLASS.transfer) return waitsAsTool(name, words);
  if (bits & (NO_SERVERS | CLASS.shell) || SEARCHES.has(name)) return '';
  if (bits & CLASS.interpreter) {
    const inText = waitsInText(words, name);
    if (inText !== null) return inText;
  }
  const script = bits & CLASS.interpreter ? programName(words[0] ?? '') : '';
  return isToldToWait(name, words) || SERVER_NAME.test(script) ? placeIn(words) : '';
});

/** An installed program that stands on this host to be asked, as its own words say. */
export const isToldToServe = ({ execSeen, argv, exe }: ProcessState): boolean =>
  execSeen && isSystemPath(exe) && waitsAt(argv, exe) !== '';

/** Tools that mostly reach out: each has words of its own for the other end. */
function waitsAsTool(name: string, words: readonly string[]): string {
  if (NETCATS.test(name)) {
    const waits = words.some(word => /^-[a-zA-Z46]*l/.test(word) || word === '--listen');
    return waits ? placeIn(words) : '';
  }
  if (name === 'socat') {
    const [, rest = ''] = words.map(word => SOCAT_WAITS.exec(word)).find(found => found !== null) ?? [];
    return rest === '' ? '' : placeIn(rest.split(',').map(part => (part.includes('=') ? `--${part}` : part)));
  }
  if (name === 'rsync') return words.includes('--daemon') ? placeIn(words) : '';
  if (name === 'openssl') return words[0] === 's_server' ? placeIn(words) : '';
  // rclone(1): on this host alone where no address is named.
  const at = name === 'rclone' && words[0] === 'serve' ? placeIn(words) : '';
  return at === EVERYWHERE ? '' : at;
}

/** A program on the command line that waits; null where there is none, or it does not. */
function waitsInText(words: readonly string[], name: string): string | null {
  for (const [i, word] of words.entries()) {
    const text = word.slice(0, TEXT_MAX);
    const awk = AWK_WAITS.exec(text);
    if (awk !== null) return `*:${awk[1]}`;
    if (!TEXT_OPTION.test(words[i - 1] ?? '') || !TEXT_WAITS.test(text)) continue;
    return TEXT_LOOPBACK.test(text) ? '' : EVERYWHERE;
  }
  // ruby(1) `-run -e httpd`: un.rb holds that server.
  return name === 'ruby' && words.includes('-run') && words.some(word => /^(?:-e)?httpd$/.test(word))
    ? placeIn(words)
    : null;
}

function isToldToWait(name: string, words: readonly string[]): boolean {
  if (SERVER_NAME.test(name) || SERVES_FIRST.has(words[0] ?? '')) return true;
  return words.some((word, i) => {
    const [option, value] = optionAt(words, i);
    const module = MODULE_OPTION.exec(word);
    if (module !== null) return MODULE.test(module[1] ?? words[i + 1] ?? '');
    if (WAITS_OPTION.test(option)) return isPlace(value);
    // php(1): `-S addr:port`.
    if (option === '-S') return /:\d{1,5}$/.test(value);
    return EVERY_WITH_PORT.test(word) || (word.startsWith('-') && (namesEvery(value) || /^:\d{2,5}$/.test(value)));
  });
}

const isPlace = (value: string): boolean => WITH_PORT.test(value) || BARE.test(value) || ONLY_PORT.test(value);

const namesEvery = (value: string): boolean => EVERY.test(value) || EVERY_WITH_PORT.test(value);

/** An option and its value: in the same word, or the next one. */
function optionAt(words: readonly string[], at: number): readonly [string, string] {
  const word = words[at] as string;
  const eq = word.indexOf('=');
  if (word.startsWith('-') && eq > 0) return [word.slice(0, eq), word.slice(eq + 1)];
  if (word.startsWith('-S') && word.length > 2) return ['-S', word.slice(2)];
  return [word, words[at + 1] ?? ''];
}

const EVERYWHERE = 'every address of this host';

/** The address and port that words name for it: every address where they name none, '' where this host alone can reach it. */
function placeIn(words: readonly string[]): string {
  let host = '';
  let port = '';
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (OF_OTHERS.test(word)) {
      if (!word.includes('=')) i += 1;
      continue;
    }
    const [option, value] = optionAt(words, i);
    const said = option === word ? word : value;
    const both = WITH_PORT.exec(said) ?? (option === '-S' ? /^([^:]+):(\d{1,5})$/.exec(value) : null);
    if (both !== null) {
      host ||= both[1] as string;
      port ||= both[2] as string;
    } else if (BARE.test(said)) host ||= said;
    else port ||= portIn(option, said, words[i - 1] ?? '');
  }
  const bare = host.replace(/^\[|\]$/g, '');
  if (isLoopback(bare) || bare.toLowerCase() === 'localhost') return '';
  if (host === '' && port === '') return EVERYWHERE;
  return `${host === '' ? '*' : host}${port === '' ? '' : `:${port}`}`;
}

const portIn = (option: string, said: string, before: string): string => {
  const [, port = ''] = ONLY_PORT.exec(said) ?? [];
  if (port === '' || (before.startsWith('-') && before.length === 2 && !PORT_OPTION.test(before))) return '';
  return option === said || PORT_OPTION.test(option) || WAITS_OPTION.test(option) ? port : '';
};

/**
 * The folders that it was started over, by its words (`-t DIR`, `--directory=DIR`, a bare one); the one in which it was started where
 * they name none.
 */
export function startedOver({ argv, cwd }: Pick<ProcessState, 'argv' | 'cwd'>): readonly string[] {
  const words = argv.slice(1, WORDS_MAX);
  const named = words
    .map((word, i) =>
      FOLDER_OPTION.test(words[i - 1] ?? '') ? `./${word}`.replace(/^\.\/\//, '/') : word.replace(/^-[^=]*=/, ''),
    )
    .filter(word => !word.startsWith('-') && !word.includes('://') && (word.includes('/') || /^\.\.?$/.test(word)))
    .map(word => resolvePath(word, cwd));
  return named.length > 0 ? named : [cwd];
}

const FOLDER_OPTION = /^(?:-[tdh]|--?(?:dir|directory|root|docroot|document-root|path))$/;
