import { basename, dirname } from 'node:path';

/** Endings that compression programs and log rotation add; stripped from the right until none is left. */
const ENDINGS = [
  /\.(?:gz|zst|zstd|xz|bz2|Z)$/,
  /\.\d{1,4}$/,
  /[-.]\d{8}(?:[-T]?\d{2,6})?$/,
  /[-.]\d{4}-\d{2}-\d{2}(?:[-T_]\d{2}[-:]?\d{2}(?:[-:]?\d{2})?)?$/,
  /-\d{10}$/,
  /\.(?:old|bak)$/,
];
/** The same in front of the file's own ending, as logrotate's `extension` writes it: `mail-20260301.log`, `mail.1.log`. */
const INNER = /^(.+?)(?:[-.]\d{8}|[-.]\d{4}-\d{2}-\d{2}|\.\d{1,3})(\.(?:log|json|txt|csv))$/;

/** The name that a log has apart from rotation and compression, with its folder: what joins rotations to one log. */
export function familyOf(name: string): string {
  const folder = dirname(name);
  let base = basename(name);
  for (let again = true; again; ) {
    again = false;
    for (const ending of ENDINGS) {
      const shorter = base.replace(ending, '');
      if (shorter !== '' && shorter !== base) {
        base = shorter;
        again = true;
      }
    }
  }
  const inner = INNER.exec(base);
  if (inner) base = `${inner[1]}${inner[2]}`;
  return `${folder}/${base}`;
}
