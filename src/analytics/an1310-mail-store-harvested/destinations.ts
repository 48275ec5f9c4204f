import { hostsByOption } from '../../state/host-options.ts';
import type { ProcessState } from '../../state/processes.ts';
import { CLASS, calledAs } from '../../state/programs.ts';
import { recipientsIn } from '../../state/recipients.ts';
import { valuedOf } from '../../state/ssh-words.ts';
import { hostTold } from '../../state/told-hosts.ts';

/** How a tool takes its words: which options have a value, which of these say where the data goes, and what its operands are. */
interface Grammar {
  /** Letters of options that take a value. */
  readonly valued: string;
  /** Those whose value is a way to another host: a proxy, a file of settings. */
  readonly ways: string;
  readonly longValued: ReadonlySet<string>;
  readonly longWays: ReadonlySet<string>;
  /** Every operand is a URL; those that name a host are remote; or the first one is a host and what follows is its command. */
  readonly operands: 'urls' | 'remotes' | 'first';
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const NONE = words('');

const SSH: Grammar = {
  valued: valuedOf('ssh'),
  ways: 'FJ',
  longValued: NONE,
  longWays: NONE,
  operands: 'first',
};
/** curl(1), wget(1), ssh(1), scp(1), sftp(1), rsync(1). */
const GRAMMARS: ReadonlyMap<string, Grammar> = new Map<string, Grammar>([
  [
    'curl',
    {
      valued: 'AbcCdDeEFhHKmoPQrtTuUwxXyYz',
      ways: 'Kx',
      longValued: words(
        '--user-agent --cookie --cookie-jar --data --data-ascii --data-binary --data-raw --data-urlencode --json --url-query --dump-header --referer --cert --cert-type --key --key-type --cacert --capath --ciphers --form --form-string --header --max-time --connect-timeout --output --output-dir --quote --range --upload-file --user --proxy-user --write-out --request --retry --retry-delay --retry-max-time --limit-rate --speed-limit --speed-time --max-filesize --max-redirs --netrc-file --stderr --trace --trace-ascii --tls-max --oauth2-bearer --mail-from --mail-rcpt --time-cond --pubkey --hostpubsha256 --hostpubmd5',
      ),
      longWays: words(
        '--proxy --preproxy --socks4 --socks4a --socks5 --socks5-hostname --proxy1.0 --connect-to --resolve --config --doh-url --unix-socket --abstract-unix-socket',
      ),
      operands: 'urls',
    },
  ],
  [
    'wget',
    {
      valued: 'oaitOTwQPUARDIXeBl',
      ways: 'ie',
      longValued: words(
        '--post-file --post-data --body-file --body-data --method --header --user-agent --referer --user --password --http-user --http-password --ftp-user --ftp-password --output-document --output-file --append-output --directory-prefix --tries --timeout --wait --limit-rate --certificate --private-key --ca-certificate --load-cookies --save-cookies',
      ),
      longWays: words('--execute --input-file --config'),
      operands: 'urls',
    },
  ],
  ['ssh', SSH],
  ['sftp', { ...SSH, valued: valuedOf('sftp') }],
  ['scp', { ...SSH, valued: valuedOf('scp'), operands: 'remotes' }],
  [
    'rsync',
    {
      valued: valuedOf('rsync'),
      ways: '',
      longValued: words(
        '--exclude --exclude-from --include --include-from --filter --files-from --bwlimit --password-file --port --timeout --log-file --temp-dir --partial-dir --backup-dir --link-dest --chmod --chown --rsync-path',
      ),
      longWays: NONE,
      operands: 'remotes',
    },
  ],
]);

/** Options of ssh_config(5) behind `-o` that name another host than the words do. */
const SSH_WAY = /^(?:hostname|proxycommand|proxyjump)[\s=]+/i;

/** Names a host: `scheme://host`, `user@host`, `host:path`. */
const REMOTE = /:\/\/|^[^-/@][^/]*@|^[\w.-]+:/;

/**
 * What the words of a tool say of where data goes, the destination first: its operands, and the ways by which it is told to reach
 * another host (a proxy, `-o HostName=`). The value of any other option is no destination: a referer, a header, a name. Of a tool
 * whose words are not known, whatever names a host.
 */
export function destinationsIn(process: ProcessState): string[] {
  const { name, argv } = calledAs(process.exe, process.argv);
  const rest = argv.slice(1);
  const grammar = GRAMMARS.get(name);
  if (grammar !== undefined) return [...new Set(spoken(rest, name, grammar))];
  const isUrl = (word: string): boolean => word.includes('://');
  if (process.classBits & CLASS.sender) return [...rest.filter(isUrl), ...recipientsIn(argv)];
  const named = [
    ...rest.filter(isUrl),
    ...rest.filter(word => word.includes('@') && !word.startsWith('-') && !word.startsWith('@')),
    ...rest.filter(word => /^[\w.-]+:/.test(word)),
    ...hostsByOption(argv),
    ...plainHost(process, name, argv),
  ];
  return [...new Set(named.map(word => word.slice(0, 256)))];
}

/** nc(1), telnet(1): a host and a port, in words of their own. By way of a proxy they reach another one, and a listener none. */
const PLAIN = words('nc ncat netcat nc.openbsd nc.traditional telnet');
const NOT_PLAIN = /^(?:-[a-zA-Z]*[xXl][a-zA-Z]*|--(?:proxy|listen)(?:=.*)?)$/;

function plainHost(process: ProcessState, name: string, argv: readonly string[]): string[] {
  const told = PLAIN.has(name) && !argv.some(word => NOT_PLAIN.test(word)) ? hostTold(process) : null;
  return told === null ? [] : [told.port > 0 ? `${told.host}:${told.port}` : told.host];
}

function spoken(all: readonly string[], name: string, grammar: Grammar): string[] {
  const operands: string[] = [];
  const ways: string[] = [];
  let onlyOperands = false;
  for (let i = 0; i < all.length; i++) {
    const word = all[i] as string;
    if (word === '--') {
      onlyOperands = true;
      continue;
    }
    if (onlyOperands || !word.startsWith('-')) {
      if (isDestination(word, grammar)) operands.push(word.slice(0, 256));
      if (grammar.operands === 'first') break;
      continue;
    }
    const option = optionIn(word, grammar);
    if (option === null) continue;
    const value = option.value ?? all[++i] ?? '';
    const way = wayIn(option.flag, value, name, grammar);
    if (way !== '') ways.push(way.slice(0, 256));
  }
  return [...operands, ...ways];
}

/** `--retry 3` of an option that is not listed leaves a number: no host. */
const isDestination = (word: string, { operands }: Grammar): boolean =>
  word !== '' && (operands === 'remotes' ? REMOTE.test(word) : !/^\d{1,5}$/.test(word));

/** The option of a word that takes a value, and the value where it stands in the same word. */
function optionIn(word: string, grammar: Grammar): { readonly flag: string; readonly value: string | null } | null {
  const long = /^(--[^=]*)(?:=(.*))?$/s.exec(word);
  if (long !== null) {
    const [, flag = '', value = null] = long;
    const isValued = flag === '--url' || flag === '--rsh' || grammar.longValued.has(flag) || grammar.longWays.has(flag);
    return isValued ? { flag, value } : null;
  }
  const letter = word.split('').find(each => grammar.valued.includes(each));
  if (letter === undefined) return null;
  return { flag: `-${letter}`, value: word.slice(word.indexOf(letter)).slice(letter.length) || null };
}

/** The other host, or whatever stands for it, that an option names; '' for none. */
function wayIn(flag: string, value: string, name: string, grammar: Grammar): string {
  if (flag === '--url') return value;
  if (name === 'rsync')
    return flag === '-e' || flag === '--rsh' ? (spoken(value.split(' ').slice(1), 'ssh', SSH)[0] ?? '') : '';
  // host:port:address, and host:port:host:port.
  if (flag === '--resolve' || flag === '--connect-to') return value.split(':').slice(2).join(':');
  if (flag === '-o' && SSH_WAY.test(value)) return value.replace(SSH_WAY, '');
  return grammar.longWays.has(flag) || grammar.ways.includes(flag.slice(1)) ? value : '';
}
