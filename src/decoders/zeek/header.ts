import { FIELDS } from './kinds.ts';
import { separatorOf } from './unescape.ts';

/** A column that is of use: which, and how its text is read. */
export interface Column {
  readonly index: number;
  readonly name: string;
  readonly type: 'text' | 'flag' | 'list';
}

/** What the `#` lines at the head of a log (and of each rotation) said so far. Plain data. */
export interface Header {
  separator: string;
  setSeparator: string;
  empty: string;
  unset: string;
  /** The log's name, '' before `#path`. */
  path: string;
  /** Number of columns, 0 before `#fields`. */
  width: number;
  names: readonly string[];
  columns: readonly Column[];
}

export const freshHeader = (): Header => ({
  separator: '\t',
  setSeparator: ',',
  empty: '(empty)',
  unset: '-',
  path: '',
  width: 0,
  names: [],
  columns: [],
});

const COLUMNS_MAX = 1024;

/**
 * Takes one line that begins with `#` in; false when it is a comment or none of Zeek's.
 *
 *   separator := "#separator " escaped
 *   other     := "#" name separator value *(separator value)
 *   name      := "set_separator" | "empty_field" | "unset_field" | "path" | "open" | "close" | "fields" | "types"
 *
 * `#separator` comes first, always with a blank, and begins a new header: after a rotation, and where logs were put together.
 *
 * Source: docs.zeek.org, "Zeek TSV format"; writers/ascii of the logging framework.
 */
export function takeHeader(header: Header, line: string): boolean {
  if (line.startsWith('#separator ')) {
    Object.assign(header, freshHeader());
    const separator = separatorOf(line.slice(11));
    if (separator !== '' && separator.length <= 16) header.separator = separator;
    return true;
  }
  const end = line.indexOf(header.separator);
  const name = line.slice(1, end < 0 ? undefined : end);
  const value = end < 0 ? '' : line.slice(end + header.separator.length);
  switch (name) {
    case 'set_separator':
      if (value !== '') header.setSeparator = separatorOf(value);
      return true;
    case 'empty_field':
      header.empty = value;
      return true;
    case 'unset_field':
      header.unset = value;
      return true;
    case 'path':
      header.path = value.toLowerCase();
      return true;
    case 'open':
    case 'close':
      return true;
    case 'fields':
      takeFields(header, value.split(header.separator, COLUMNS_MAX + 1));
      return true;
    case 'types':
      takeTypes(header, value.split(header.separator, COLUMNS_MAX + 1));
      return true;
    default:
      return false;
  }
}

function takeFields(header: Header, names: readonly string[]): void {
  const usable = names.length <= COLUMNS_MAX;
  header.width = usable ? names.length : 0;
  header.names = usable ? names : [];
  header.columns = columnsOf(header.names, []);
}

function takeTypes(header: Header, types: readonly string[]): void {
  if (types.length === header.names.length) header.columns = columnsOf(header.names, types);
}

function columnsOf(names: readonly string[], types: readonly string[]): Column[] {
  const found: Column[] = [];
  names.forEach((name, index) => {
    const type = types[index] ?? '';
    const dotted = name.startsWith('id_') ? `id.${name.slice(3)}` : name;
    if (!FIELDS.has(dotted)) return;
    const kind = type === 'bool' ? 'flag' : type.startsWith('set[') || type.startsWith('vector[') ? 'list' : 'text';
    found.push({ index, name: dotted, type: kind });
  });
  return found;
}
