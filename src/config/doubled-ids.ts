/** Entries whose id an earlier one has. */
export function doubledIds(entries: readonly { readonly id: string }[]): { id: string; index: number }[] {
  const seen = new Set<string>();
  const doubled: { id: string; index: number }[] = [];
  for (const [index, { id }] of entries.entries()) {
    if (seen.has(id)) doubled.push({ id, index });
    seen.add(id);
  }
  return doubled;
}
