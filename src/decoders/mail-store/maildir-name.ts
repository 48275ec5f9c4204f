/**
 * The name of a message's file in a Maildir.
 *
 *   name  := seconds "." unique "." host ["," field "=" value]... [":2," flags]
 *   field := "S" size of the file | "W" size with CRLF line ends
 *
 * `M` and digits in `unique` are microseconds. Source: maildir(5), Dovecot's documentation of its Maildir.
 * Trust: delivery software and clients of this host chose the name.
 */
export interface MaildirName {
  /** Epoch ms of the delivery, microseconds as a fraction where the name has them. */
  readonly time: number;
  /** -1 when the name does not say. */
  readonly sizeBytes: number;
  /** Such as `RS`: replied to, seen. */
  readonly flags: string;
  /** The name without flags: it stays the same while the message lies in this folder. */
  readonly base: string;
}

export function maildirName(name: string): MaildirName | null {
  const info = name.indexOf(':2,');
  const base = info < 0 ? name : name.slice(0, info);
  const match = /^(\d{9,11})\.([^.,:]+)\.[^:]+$/.exec(base.slice(0, 255));
  if (match === null) return null;
  const [, seconds, unique] = match as unknown as [string, string, string];
  const micros = /M(\d{1,6})(?![0-9])/.exec(unique);
  const size = /,S=(\d{1,15})(?:,|$)/.exec(base);
  return {
    time: Number(seconds) * 1000 + (micros === null ? 0 : Number(micros[1]) / 1000),
    sizeBytes: size === null ? -1 : Number(size[1]),
    flags: info < 0 ? '' : name.slice(info + 3, info + 35).replace(/[^A-Za-z]/g, ''),
    base,
  };
}
