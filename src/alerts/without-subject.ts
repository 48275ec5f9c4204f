import { quotedEnd } from './without-content.ts';

const LEFT_OUT = '[subject left out]';

/**
 * A record's line without the subject that the program logged: subjects are never shown (ALL-6). The hash of the record
 * covers it still.
 *
 *   Exim      id " <= " … " T=" quoted …                    with +subject; quotes and backslashes inside are escaped
 *   Postfix   … ("header" | "mime header") " Subject: " text " from " client …      header_checks
 *   procmail  " Subject: " text                              its LOGFILE, a line of its own
 *   maildrop  "Subj: " text                                  its log file, a line of its own
 */
export function withoutSubject(line: string): string {
  if (line.startsWith(' Subject: ')) return ` Subject: ${LEFT_OUT}`;
  if (line.startsWith('Subj: ')) return `Subj: ${LEFT_OUT}`;
  if (line.includes(' <= ')) return withoutQuoted(line);
  const header = line.indexOf('header Subject: ');
  if (header < 0) return line;
  const from = header + 16;
  const end = line.lastIndexOf(' from ');
  return `${line.slice(0, from)}${LEFT_OUT}${end < from ? '' : line.slice(end)}`;
}

/** The first ` T="` is Exim's own, or stands in a greeting: then more is left out than need be. In a shipper's document its quotes are escaped. */
function withoutQuoted(line: string): string {
  for (let at = line.indexOf(' T=', line.indexOf(' <= ')); at >= 0; at = line.indexOf(' T=', at + 3)) {
    let from = at + 3;
    while (line[from] === '\\') from += 1;
    if (line[from] !== '"') continue;
    const quote = line.slice(at + 3, from + 1);
    const end = quotedEnd(line, from + 1, quote.length - 1);
    return `${line.slice(0, at)} T=${quote}${LEFT_OUT}${quote}${line.slice(end)}`;
  }
  return line;
}
