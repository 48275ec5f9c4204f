/** What follows these is the sender, a subject or a header. */
const NO_RECIPIENT = new Set(['-r', '-f', '--from', '--mail-from', '-F', '-s', '--header']);

/** Addresses in the arguments. Words with a path or a URL's user part are not addresses. */
export function recipientsIn(argv: readonly string[]): string[] {
  const found: string[] = [];
  for (let i = 1; i < argv.length && found.length < 16; i++) {
    const before = argv[i - 1] as string;
    const word = argv[i] as string;
    if (!word.includes('@') || NO_RECIPIENT.has(before)) continue;
    for (const part of word.split(/[\s,=]/, 16)) {
      const [name, domain] = part.split('@');
      if (!name || !domain || part.includes('/') || part.startsWith('-')) continue;
      found.push(
        part
          .replace(/^[<"']/, '')
          .replace(/[>"']$/, '')
          .toLowerCase(),
      );
    }
  }
  return [...new Set(found)];
}
