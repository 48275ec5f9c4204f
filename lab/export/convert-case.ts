import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FORMS } from './forms.ts';
import { recordedEvents } from './recording.ts';

/** uid to name, out of the recorded host's passwd where the case has one. */
function usersOf(folder: string): ReadonlyMap<number, string> {
  const passwd = join(folder, 'etc/passwd');
  if (!existsSync(passwd)) return new Map();
  return new Map(
    readFileSync(passwd, 'utf8')
      .split('\n')
      .map(line => line.split(':'))
      .filter(fields => fields.length > 2)
      .map(fields => [Number(fields[2]), fields[0] as string]),
  );
}

const PACKED_FROM_BYTES = 16_384;

/**
 * Writes the host's events of a recorded case into `target` in the form named `FORM[+OPTION…]`. `keep` names files of the
 * case that are copied as they are. Returns false, with nothing written, when there is no such form or option.
 */
export async function convertCase(
  named: string,
  folder: string,
  target: string,
  keep: readonly string[],
): Promise<boolean> {
  const [id, ...options] = named.split('+');
  const form = FORMS.find(each => each.id === id);
  if (form === undefined || options.some(option => !(option in form.options))) return false;
  mkdirSync(target, { recursive: true });
  for (const { name, lines } of form.write(await recordedEvents(folder), new Set(options), usersOf(folder))) {
    const content = Buffer.from(lines.map(line => `${line}\n`).join(''));
    const packed = content.length > PACKED_FROM_BYTES;
    writeFileSync(join(target, packed ? `${name}.gz` : name), packed ? gzipSync(content, { level: 9 }) : content);
  }
  for (const name of keep)
    if (existsSync(join(folder, name))) cpSync(join(folder, name), join(target, name), { recursive: true });
  return true;
}
