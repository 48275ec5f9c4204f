/** What stands behind the last `@` of an address, in lower case (RFC 5321 2.4); '' for a name without one. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? '' : address.slice(at + 1).toLowerCase();
}
