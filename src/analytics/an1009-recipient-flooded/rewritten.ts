/**
 * The sender that a forwarder or the sender's own server wrapped into the envelope's, in lower case; any other address as it is.
 * Forwarders (SRS, "Sender Rewriting Scheme", libsrs2 and postsrsd): `SRS0=hash=tt=domain=local@forwarder`, and a second one
 * `SRS1=hash=first.forwarder==hash=tt=domain=local@forwarder`; the separator behind the tag may be `=`, `+` or `-`. Signed bounce
 * addresses (BATV, draft-levine-smtp-batv): `prvs=tag=local@domain`, with another value each day.
 */
export function originalSender(sender: string): string {
  const lower = sender.toLowerCase();
  const at = lower.lastIndexOf('@');
  const local = lower.slice(0, at);
  const wrapped = SRS.exec(local)?.groups;
  if (wrapped !== undefined) return `${wrapped['local']}@${wrapped['domain']}`;
  const signed = PRVS.exec(local)?.groups;
  return signed === undefined ? lower : `${signed['local']}${lower.slice(at)}`;
}

const SRS =
  /^(?:srs0[=+-]|srs1[=+-][^=]+=[^=]+=[=+-])[^=]+=[^=]{1,4}=(?<domain>[a-z0-9-]+(?:\.[a-z0-9-]+)+)=(?<local>.+)$/;
const PRVS = /^prvs=[0-9a-z]{6,12}=(?<local>.+)$/;
