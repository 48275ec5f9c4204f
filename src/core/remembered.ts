import { flatText } from './text-pool.ts';

/** Longer texts are not worth remembering. */
const TEXT_MAX = 256;

/**
 * A pure function of one text that remembers its last answers, in two generations of `textsMax` each: senders, clients and
 * programs come again and again. Only saves work, so it is no part of a snapshot.
 */
export function remembered<V>(make: (text: string) => V, textsMax = 8192): (text: string) => V {
  let young = new Map<string, V>();
  let old = new Map<string, V>();
  return text => {
    const known = young.get(text);
    if (known !== undefined) return known;
    const value = old.get(text) ?? make(text);
    if (text.length > TEXT_MAX) return value;
    if (young.size >= textsMax) {
      old = young;
      young = new Map();
    }
    young.set(flatText(text), value);
    return value;
  };
}
