import { isWithin } from '../../core/paths.ts';
import type { HostState } from '../../state/host.ts';
import type { ProcessState } from '../../state/processes.ts';
import { calledAs } from '../../state/programs.ts';
import { argumentPaths } from '../../state/tool-words.ts';

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

/** tar(1) takes the names that follow out of the folder behind `-C`, and not the folder: `-C /home clerk/Maildir` is one box. */
function foldersNamed(process: ProcessState): readonly string[] {
  const { name, argv } = calledAs(process.exe, process.argv);
  const folders = argv.slice(1).filter(word => word.startsWith('/'));
  const stands = argv.filter((_, i) => argv[i - 1] === '-C' || argv[i - 1] === '--directory');
  if (!name.endsWith('tar') || stands.length === 0) return folders;
  const paths = [...argumentPaths(process)];
  for (const folder of stands) {
    const at = paths.indexOf(folder);
    if (at >= 0) paths.splice(at, 1);
  }
  return paths.filter(path => path.startsWith('/'));
}
