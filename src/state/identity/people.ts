import { parse } from 'csv-parse/sync';
import type { FileProblem } from './contract.ts';

/** One row of a list of people: all of its addresses reach all of its accounts. */
export interface Person {
  /** Lower case. */
  readonly addresses: readonly string[];
  readonly accounts: readonly string[];
  /** Where the accounts are; empty for everywhere. */
  readonly hosts: readonly string[];
}

export interface PeopleFile {
  readonly people: readonly Person[];
  readonly problems: readonly FileProblem[];
}

const PEOPLE_MAX = 500_000;
const VALUES_MAX = 256;
const PROBLEMS_MAX = 100;

/** What a column or an attribute means; names as directories and their exports have them, in lower case. */
const MEANS: Readonly<Record<string, 'address' | 'account' | 'host'>> = {
  mail: 'address',
  email: 'address',
  address: 'address',
  mailbox: 'address',
  maillocaladdress: 'address',
  mailalternateaddress: 'address',
  mailalias: 'address',
  aliases: 'address',
  proxyaddresses: 'address',
  rfc822mailbox: 'address',
  uid: 'account',
  userid: 'account',
  account: 'account',
  login: 'account',
  user: 'account',
  username: 'account',
  samaccountname: 'account',
  host: 'host',
  hostname: 'host',
};

/**
 * Reads a list of people as CSV (RFC 4180), with `,`, `;` or tab between the fields and names of columns in its first line.
 * Columns: `mail` (also `mailAlternateAddress`, `proxyAddresses`, `aliases`), `uid` (or `account`), and, if wanted, `host`.
 * A field may hold several values with blanks, `;` or `|` between them. Other columns are passed over.
 */
export function parsePeopleCsv(text: string): PeopleFile {
  const problems: FileProblem[] = [];
  const delimiter = delimiterOf(text);
  const people: Person[] = [];
  let rows: string[][];
  try {
    rows = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      comment: '#',
      comment_no_infix: true,
      max_record_size: 65_536,
      to: PEOPLE_MAX + 1,
      on_record: (record: string[], { lines }: { lines: number }) => [String(lines), ...record],
    }) as unknown as string[][];
  } catch (error) {
    return {
      people,
      problems: [{ line: 0, reason: `is not CSV (${(error as { code?: string }).code ?? 'unknown'})` }],
    };
  }
  const columns = (rows[0] ?? []).slice(1).map(name => MEANS[name.trim().toLowerCase()]);
  if (!columns.includes('address') || !columns.includes('account'))
    return { people, problems: [{ line: 1, reason: 'names no column of addresses and one of accounts' }] };
  for (const [line, ...fields] of rows.slice(1)) {
    const draft = newDraft();
    fields.forEach((field, i) => {
      const means = columns[i];
      if (means !== undefined) for (const value of field.split(/[\s;|]+/)) put(draft, means, value);
    });
    finish(draft, Number(line), people, problems);
  }
  return { people, problems };
}

const delimiterOf = (text: string): string => {
  const head = text.slice(0, 4096).split('\n', 1)[0] ?? '';
  return [',', ';', '\t'].find(each => head.includes(each)) ?? ',';
};

/** 0 or 1: the first line names a column of addresses and one of accounts. */
export function recognisePeopleCsv(sample: Buffer): number {
  const head =
    sample
      .toString('utf8', 0, 4096)
      .replace(/^\ufeff/, '')
      .split('\n', 1)[0]
      ?.trim() ?? '';
  const columns = head.split(delimiterOf(head)).map(name => MEANS[name.trim().replaceAll('"', '').toLowerCase()]);
  return columns.length > 1 && columns.includes('address') && columns.includes('account') ? 1 : 0;
}

/**
 * Reads people out of LDIF: entries with `mail`, `mailAlternateAddress`, `mailLocalAddress` or `proxyAddresses`, and `uid` or
 * `sAMAccountName`, and, if wanted, `host`. Values in base64 are decoded; values by URL are never fetched; entries that
 * change something else than by adding are passed over.
 *
 *   entry := "dn:" name *( attribute [";" option] ":" [":"] value ) empty-line     a line that begins with a blank goes on
 *
 * Source: RFC 2849; proxyAddresses in Microsoft's form `SMTP:address`, other prefixes are no mail.
 */
export function parseLdif(text: string): PeopleFile {
  const people: Person[] = [];
  const problems: FileProblem[] = [];
  let draft = newDraft();
  let isEntry = false;
  let isLeftOut = false;
  let begun = 0;
  const end = (): void => {
    // Most of a directory is no people: only what has an address or an account is worth a word.
    if (isEntry && !isLeftOut && draft.address.length > 0) finish(draft, begun, people, problems);
    draft = newDraft();
    isEntry = false;
    isLeftOut = false;
  };
  for (const { line, text: logical } of logicalLines(text)) {
    if (people.length >= PEOPLE_MAX) {
      problems.push({ line, reason: 'too many people' });
      return { people, problems };
    }
    if (logical === '') {
      end();
      continue;
    }
    const colon = logical.indexOf(':');
    if (colon <= 0) {
      if (problems.length < PROBLEMS_MAX) problems.push({ line, reason: 'no attribute with a value' });
      continue;
    }
    const name = (logical.slice(0, colon).split(';', 1)[0] ?? '').toLowerCase();
    if (name === 'dn') {
      end();
      isEntry = true;
      begun = line;
    } else if (name === 'changetype')
      isLeftOut =
        logical
          .slice(colon + 1)
          .trim()
          .toLowerCase() !== 'add';
    const means = MEANS[name];
    const value = means === undefined ? '' : ldifValue(logical, colon);
    if (means !== undefined && value !== '') put(draft, means, name === 'proxyaddresses' ? smtpAddress(value) : value);
  }
  end();
  return { people, problems };
}

/** 0 or 1: it begins as LDIF does. */
export function recogniseLdif(sample: Buffer): number {
  const head = sample.toString('latin1', 0, 4096);
  const first = head.split('\n').find(line => line.trim() !== '' && !line.startsWith('#')) ?? '';
  return /^(?:version: *1\s*$|dn::? *\S)/i.test(first) ? 1 : 0;
}

function* logicalLines(text: string): Generator<{ line: number; text: string }> {
  let number = 0;
  let begun = 0;
  let current: string | null = null;
  for (const raw of text.split('\n')) {
    number += 1;
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (line.startsWith(' ') && current !== null) {
      if (current.length < 65_536) current += line.slice(1);
      continue;
    }
    if (current !== null && !current.startsWith('#')) yield { line: begun, text: current };
    current = line;
    begun = number;
  }
  if (current !== null && !current.startsWith('#')) yield { line: begun, text: current };
}

function ldifValue(line: string, colon: number): string {
  const sign = line[colon + 1];
  if (sign === '<') return '';
  if (sign === ':') return Buffer.from(line.slice(colon + 2).trim(), 'base64').toString('utf8');
  return line.slice(colon + 1).trim();
}

const smtpAddress = (value: string): string => (/^smtp:/i.test(value) ? value.slice(5) : '');

interface Draft {
  readonly address: string[];
  readonly account: string[];
  readonly host: string[];
}

const newDraft = (): Draft => ({ address: [], account: [], host: [] });

function put(draft: Draft, means: keyof Draft, value: string): void {
  const plain = /^smtp:/i.test(value) && means === 'address' ? value.slice(5) : value;
  const kept = means === 'address' ? plain.toLowerCase() : plain;
  const list = draft[means];
  if (kept !== '' && list.length < VALUES_MAX && !list.includes(kept)) list.push(kept);
}

function finish(draft: Draft, line: number, people: Person[], problems: FileProblem[]): void {
  const report = (reason: string): void => {
    if (problems.length < PROBLEMS_MAX) problems.push({ line, reason });
  };
  const addresses = draft.address.filter(each => each.indexOf('@') > 0);
  if (addresses.length < draft.address.length) report('an address without a domain');
  if (addresses.length === 0) return report('no address');
  if (draft.account.length === 0) return report('an address without an account');
  people.push({ addresses, accounts: draft.account, hosts: draft.host });
}
