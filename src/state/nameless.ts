import { Prefixes } from '../core/prefixes.ts';

const NAMELESS = 1;
const KERNEL = 2;
const BEGINNINGS = new Prefixes([
  [NAMELESS, ['/memfd:', '/proc/self/fd/', '/dev/fd/']],
  [KERNEL, ['/proc/']],
]);

/** An open file by its number, of this process or another, or one in memory: content without a name of its own. */
export function isNameless(path: string): boolean {
  const begins = BEGINNINGS.of(path);
  return (begins & NAMELESS) !== 0 || ((begins & KERNEL) !== 0 && /^\/proc\/\d+\/fd\//.test(path));
}
