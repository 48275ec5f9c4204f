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

/** The first ` T="` is Exim's own, or stands in a greeting: then more is left out than need be. */
function withoutQuoted(line: string): string {
  const at = line.indexOf(' T="', line.indexOf(' <= '));
  if (at < 0) return line;
  let end = at + 4;
  while (end < line.length && line.charCodeAt(end) !== 0x22) end += line.charCodeAt(end) === 0x5c ? 2 : 1;
  return `${line.slice(0, at)} T="${LEFT_OUT}"${line.slice(end + 1)}`;
}
