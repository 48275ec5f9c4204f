/**
 * What a decoder says of one line. `emit`: it became, or became part of, events. `skip`: understood, and of no use here.
 * `reject`: it looks like ours and is not well-formed; counted, sampled and shown. Reasons are constant text, so they can
 * be counted; the line itself is data.
 */
export type Verdict =
  | { readonly tag: 'emit' }
  | { readonly tag: 'skip'; readonly reason: string }
  | { readonly tag: 'reject'; readonly reason: string };

/** A line that gave nothing, and why. */
export type Unread = Exclude<Verdict, { readonly tag: 'emit' }>;

export const EMIT: Verdict = Object.freeze({ tag: 'emit' });

const skips = new Map<string, Unread>();
const rejects = new Map<string, Unread>();

/** The one shared skip verdict of this reason. Reasons are a closed set of constants, never log text. */
export function skip(reason: string): Unread {
  let verdict = skips.get(reason);
  if (!verdict) {
    verdict = Object.freeze({ tag: 'skip', reason });
    skips.set(reason, verdict);
  }
  return verdict;
}

/** The one shared reject verdict of this reason. Reasons are a closed set of constants, never log text. */
export function reject(reason: string): Unread {
  let verdict = rejects.get(reason);
  if (!verdict) {
    verdict = Object.freeze({ tag: 'reject', reason });
    rejects.set(reason, verdict);
  }
  return verdict;
}
