import type { JsonObject } from '../json-lines/record.ts';
import type { Column, Header } from './header.ts';
import { unescaped } from './unescape.ts';

const FIELD_CHARS_MAX = 65_536;

/**
 * One row as the record that Zeek's JSON writer would have made of it: unset fields are left out, an empty field is '' or
 * an empty list, flags are booleans, and numbers stay text. Null when the row has not as many columns as `#fields` names.
 */
export function recordOf(header: Header, line: string): JsonObject | null {
  const parts = line.split(header.separator, header.width + 1);
  if (parts.length !== header.width) return null;
  const record: Record<string, unknown> = {};
  for (const column of header.columns) {
    const value = valueOf(header, column, parts[column.index] as string);
    if (value !== undefined) record[column.name] = value;
  }
  return record;
}

function valueOf(header: Header, column: Column, raw: string): unknown {
  if (raw === header.unset) return undefined;
  const cut = raw.length > FIELD_CHARS_MAX ? raw.slice(0, FIELD_CHARS_MAX) : raw;
  switch (column.type) {
    case 'flag':
      return raw === 'T';
    case 'list':
      if (raw === header.empty || raw === '') return [];
      // Elements are told apart before escapes are undone: a separator inside one is escaped.
      return cut.split(header.setSeparator, 1024).map(item => (item === header.unset ? null : unescaped(item)));
    case 'text':
      return raw === header.empty ? '' : unescaped(cut);
  }
}
