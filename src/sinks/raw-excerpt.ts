/** What a terminal shows of one raw record: verbatim pieces, the most telling lines first. */
export interface RawExcerpt {
  readonly lines: readonly string[];
  /** Lines of the record that are not shown. */
  readonly hidden: number;
}

const LINES_MAX = 3;

/**
 * An audit event is several records; arguments, the file and the address say most, and the SYSCALL record says it from its
 * ppid on. Other records are shown whole. Nothing is reworded: what is left out is an ellipsis or counted.
 */
export function rawExcerpt(raw: readonly string[]): RawExcerpt {
  if (raw.length <= 1) return { lines: raw, hidden: 0 };
  const ranked = raw.map((line, index) => ({ line, index, rank: rankOf(line) })).filter(each => each.rank < USELESS);
  const shown = ranked.sort((a, b) => a.rank - b.rank || a.index - b.index).slice(0, LINES_MAX);
  if (shown.length === 0) return { lines: raw.slice(0, LINES_MAX), hidden: Math.max(0, raw.length - LINES_MAX) };
  const lines = shown.sort((a, b) => a.index - b.index).map(each => shortened(each.line));
  return { lines, hidden: raw.length - lines.length };
}

const USELESS = 9;

function rankOf(line: string): number {
  if (line.includes('type=EXECVE ')) return 0;
  if (line.includes('type=PATH ')) return line.includes('nametype=PARENT') || line.includes('/ld-linux') ? USELESS : 1;
  if (line.includes('type=SOCKADDR ')) return 1;
  if (line.includes('type=SYSCALL ')) return 2;
  return line.includes('type=') ? USELESS : 1;
}

function shortened(line: string): string {
  if (!line.includes('type=SYSCALL ')) return line;
  const head = line.indexOf('): ');
  const tail = line.indexOf(' ppid=');
  if (head < 0 || tail < head) return line;
  const ids = line.indexOf(' gid=', tail);
  const tty = line.indexOf(' tty=', tail);
  const end = enrichedFrom(line);
  const rest = ids > 0 && tty > ids ? `${line.slice(tail, ids)} …${line.slice(tty, end)}` : line.slice(tail, end);
  return `${line.slice(0, head + 2)} …${rest}${namesIn(line, end)}`;
}

/** Where the part begins that auditd adds when it enriches: much of the same once more, in names. A backslash of the record's own is doubled, so that no name can look like this. */
function enrichedFrom(line: string): number {
  const at = line.search(/(?<=[")\d])\\x1dARCH=/);
  return at < 0 ? line.length : at;
}

/** Of those names the login's and the user's; their numbers are shown before. */
function namesIn(line: string, from: number): string {
  const names = line.slice(from).match(/(?<= )A?UID="[^"]*"/g);
  return names === null ? '' : ` … ${names.join(' ')}`;
}
