import { isWithin, resolvePath } from '../../core/paths.ts';
import type { HostState } from '../../state/host.ts';
import type { ProcessState } from '../../state/processes.ts';
import { calledAs } from '../../state/programs.ts';

/** An argument is the home that holds the box, or a folder at least two levels above it that is no part of a home: /home, /var, /. */
export function isBroad(host: HostState, process: ProcessState, box: string): boolean {
  const depth = box.split('/').length;
  const home = host.homes.split(box)?.home ?? '';
  return foldersNamed(process).some(word => {
    const folder = word.replace(/\/+$/, '');
    if (folder === home) return true;
    return (
      (host.homes.split(word)?.rest ?? '') === '' &&
      isWithin(box, folder === '' ? '/' : folder) &&
      depth - folder.split('/').length >= 2
    );
  });
}

/**
 * tar(1) takes the names that follow out of the folder behind `-C`, and not the folder: `-C /home clerk/Maildir` is one box. A job
 * that takes a folder right below the root (`-C / home var/mail`) takes far more than mail, whatever else it names.
 */
function foldersNamed(process: ProcessState): readonly string[] {
  const { name, argv } = calledAs(process.exe, process.argv);
  const folders = argv.slice(1).filter(word => word.startsWith('/'));
  if (!name.endsWith('tar') || !argv.some(isStand)) return folders;
  const paths: string[] = [];
  let stands = process.cwd;
  for (const [i, word] of argv.entries()) {
    const before = i === 0 ? '' : (argv[i - 1] as string);
    if (isStand(before)) stands = resolvePath(word, stands);
    else if (i > 0 && !word.startsWith('-') && !/^-[a-zA-Z]*f$/.test(before)) paths.push(resolvePath(word, stands));
  }
  return paths.some(path => /^\/[^/]+\/?$/.test(path)) ? folders : paths.filter(path => path.startsWith('/'));
}

const isStand = (word: string): boolean => word === '-C' || word === '--directory';
