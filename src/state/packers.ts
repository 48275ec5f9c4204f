import type { ProcessState } from './processes.ts';
import { calledAs, programName } from './programs.ts';

const PACKERS: ReadonlySet<string> = new Set(
  'tar zip 7z 7za 7zz gzip bzip2 xz zstd base64 base32 uuencode openssl gpg cpio xxd mysqldump pg_dump dd split mpack shar ar'.split(
    ' ',
  ),
);

/** The name of a program that packs, encodes, cuts up or dumps what it reads, by its file or as it was called; '' for any other. */
export function packerName({ exe, argv }: ProcessState): string {
  const { name } = calledAs(exe, argv);
  if (PACKERS.has(name)) return name;
  const called = programName(argv[0] ?? '');
  return PACKERS.has(called) ? called : '';
}
