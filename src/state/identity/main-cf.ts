import type { FileProblem } from './contract.ts';
import { shareOfLines } from './passwd.ts';

/** A lookup table that main.cf names. */
export interface MapReference {
  readonly parameter: string;
  /** Table type, such as `hash` or `ldap`; '' for a plain path. */
  readonly type: string;
  readonly path: string;
}

/** What Postfix's main.cf says of who is who. */
export interface MainCf {
  /** '' when nothing is said. */
  readonly recipientDelimiter: string;
  /** Domains whose local parts are accounts, lower case. */
  readonly accountDomains: readonly string[];
  /** Domains of virtual aliases and virtual mailboxes, lower case. */
  readonly virtualDomains: readonly string[];
  readonly maps: readonly MapReference[];
  readonly problems: readonly FileProblem[];
}

const PARAMETERS_MAX = 10_000;
const NESTED_MAX = 8;
const VALUE_MAX = 65_536;
const MAPS = [
  'virtual_alias_maps',
  'canonical_maps',
  'recipient_canonical_maps',
  'virtual_mailbox_maps',
  'alias_maps',
  'alias_database',
  'virtual_alias_domains',
  'virtual_mailbox_domains',
  'mydestination',
];
/** Tables whose source is a text beside them. The others are asked at run time, or hold patterns. */
const TEXT_TYPES = new Set(['hash', 'btree', 'lmdb', 'cdb', 'dbm', 'sdbm', 'texthash', 'multihash', 'file']);

/**
 * Reads main.cf, or what `postconf -n` prints of it.
 *
 *   parameter := name *blank "=" value       a line that begins with a blank goes on with the value before
 *   value     := text with "$name", "${name}" and "$(name)" in it
 *
 * Source: Postfix postconf(5). Of several values the last counts. Conditional forms `${name?…}` are left as they are.
 */
export function parseMainCf(text: string): MainCf {
  const values = new Map<string, string>();
  const problems: FileProblem[] = [];
  let number = 0;
  let current = '';
  for (const raw of text.split('\n')) {
    number += 1;
    const line = raw.trimEnd();
    const rest = line.trimStart();
    if (rest === '' || rest.startsWith('#')) continue;
    if (rest.length < line.length && current !== '') {
      const before = values.get(current) ?? '';
      if (before.length + rest.length < VALUE_MAX) values.set(current, `${before} ${rest}`);
      else problems.push({ line: number, reason: 'value is too long' });
      continue;
    }
    const equals = rest.indexOf('=');
    current = equals < 0 ? '' : rest.slice(0, equals).trim();
    if (current === '' || values.size >= PARAMETERS_MAX) {
      if (problems.length < 100) problems.push({ line: number, reason: 'no parameter with a value' });
      current = '';
      continue;
    }
    values.set(current, rest.slice(equals + 1).trim());
  }
  return meaningOf(values, problems);
}

function meaningOf(values: ReadonlyMap<string, string>, problems: readonly FileProblem[]): MainCf {
  const of = (name: string): string => expand(values.get(name) ?? '', values, 0);
  const myHost = of('myhostname');
  const standard = myHost === '' ? 'localhost' : `${myHost}, localhost`;
  const own = values.has('mydestination') ? of('mydestination') : standard;
  return {
    recipientDelimiter: of('recipient_delimiter').slice(0, 8),
    accountDomains: domainsOf(own),
    virtualDomains: domainsOf(`${of('virtual_alias_domains')}, ${of('virtual_mailbox_domains')}`),
    maps: MAPS.flatMap(parameter => referencesOf(parameter, of(parameter))),
    problems,
  };
}

function expand(text: string, values: ReadonlyMap<string, string>, depth: number): string {
  if (!text.includes('$') || depth >= NESTED_MAX) return text;
  return text
    .replace(/\$(?:\{(\w+)\}|\((\w+)\)|(\w+))/g, (all, braced?: string, round?: string, bare?: string) => {
      const value = values.get(braced ?? round ?? bare ?? '');
      return value === undefined ? all : expand(value, values, depth + 1).slice(0, VALUE_MAX);
    })
    .slice(0, VALUE_MAX);
}

const wordsOf = (text: string): string[] => text.split(/[\s,]+/).filter(word => word !== '');

function domainsOf(text: string): string[] {
  return wordsOf(text.toLowerCase()).filter(word => /^[a-z0-9][a-z0-9.-]*$/.test(word));
}

function referencesOf(parameter: string, text: string): MapReference[] {
  const isList = !parameter.endsWith('maps') && parameter !== 'alias_database';
  return wordsOf(text).flatMap(word => {
    const colon = word.indexOf(':');
    const type = colon < 0 ? '' : word.slice(0, colon);
    const path = colon < 0 ? word : word.slice(colon + 1).replace(/^\{\s*/, '');
    // A list of domains may name a file; what is no path there is a domain.
    if (isList && !path.startsWith('/')) return [];
    return path === '' ? [] : [{ parameter, type, path }];
  });
}

/** Whether a table's source text can be read as a file of the evidence. */
export const isTextTable = ({ type, path }: MapReference): boolean =>
  path.startsWith('/') && (type === '' || TEXT_TYPES.has(type));

/** Names that nearly every main.cf and every output of `postconf -n` has. */
const USUAL = new Set([
  'alias_maps',
  'alias_database',
  'mydestination',
  'myhostname',
  'mynetworks',
  'inet_interfaces',
  'relayhost',
  'queue_directory',
  'command_directory',
  'virtual_alias_maps',
  'mailbox_size_limit',
  'recipient_delimiter',
  'smtpd_banner',
]);

/** 0 (no main.cf) to 1 (certain), from the beginning of the content. */
export function recogniseMainCf(sample: Buffer): number {
  let usual = 0;
  const share = shareOfLines(sample, line => {
    if (/^\s/.test(line)) return true;
    const equals = line.indexOf('=');
    const name = equals < 0 ? '' : line.slice(0, equals).trim();
    if (USUAL.has(name)) usual += 1;
    return /^[A-Za-z_][\w.:/-]{0,200}$/.test(name);
  });
  return share < 0.9 || usual < 2 ? 0 : share;
}
