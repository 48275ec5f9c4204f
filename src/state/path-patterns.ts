interface Compiled {
  readonly inHome: boolean;
  readonly parts: readonly string[];
}
const compiled = new Map<string, Compiled | null>();

function compile(pattern: string): Compiled | null {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const inHome = pattern.startsWith('~/');
  const made =
    inHome || pattern.startsWith('/')
      ? {
          inHome,
          parts: pattern
            .slice(inHome ? 2 : 1)
            .toLowerCase()
            .split('/')
            .filter(part => part !== ''),
        }
      : null;
  if (compiled.size < 4096) compiled.set(pattern, made);
  return made;
}

/** The prefix of `path` that `pattern` covers, '' when it does not. `~/` stands for a home, `*` for one path part. */
export function matchPrefix(path: string, pattern: string): string {
  const wanted = compile(pattern);
  if (wanted === null) return '';
  let at = 1;
  if (wanted.inHome) {
    if (!path.startsWith('/home/') && !path.startsWith('/root/')) return '';
    const slash = path.startsWith('/root/') ? 5 : path.indexOf('/', 6);
    if (slash < 0) return '';
    at = slash + 1;
  }
  for (const part of wanted.parts) {
    let end = path.indexOf('/', at);
    if (end < 0) end = path.length;
    if (end <= at) return '';
    if (part !== '*' && (part.length !== end - at || path.slice(at, end).toLowerCase() !== part)) return '';
    at = end + 1;
  }
  return path.slice(0, at - 1);
}
