import type { TaintOrigin } from '../state/taint.ts';

/** The host that a URL names is one of a domain whose mail is delivered here: the enterprise's own. '' for any other. */
export function ownHost(
  { url = '', isPlain = false }: Pick<TaintOrigin, 'url' | 'isPlain'>,
  own: ReadonlySet<string>,
): string {
  if (!isPlain || !URL.canParse(url)) return '';
  const name = new URL(url).hostname.toLowerCase().replace(/\.$/, '');
  for (const domain of own) if (domain.includes('.') && (name === domain || name.endsWith(`.${domain}`))) return name;
  return '';
}
