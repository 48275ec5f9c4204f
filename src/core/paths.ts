/** POSIX path arithmetic on text: no file system is asked. */

/** `name` made absolute against `cwd` and cleaned of `.`, `..` and doubled slashes. A name that stays relative keeps a leading `?/`. */
export function resolvePath(name: string, cwd: string): string {
  if (name === '') return '';
  if (name.charCodeAt(0) === 47) return isClean(name) ? name : clean(name);
  if (cwd.startsWith('?/')) return `${cwd}/${name}`;
  if (cwd === '' || cwd.charCodeAt(0) !== 47) return `?/${name}`;
  const joined = cwd.endsWith('/') ? cwd + name : `${cwd}/${name}`;
  return isClean(joined) ? joined : clean(joined);
}

/** The file is the one of this name; where the name lies below a folder that is not known (`?/`), as far as it goes. */
export function isNamedSo(name: string, path: string): boolean {
  if (name === path) return true;
  return name.startsWith('?/') && !name.includes('..') && path.endsWith(name.slice(name.startsWith('?/./') ? 3 : 1));
}

/** An empty part, `.` or `..`. One pattern finds any of them sooner than a look behind each slash. */
const UNCLEAN = /\/(?:\/|\.\.?(?:\/|$))/;

const isClean = (path: string): boolean =>
  !(path.length > 1 && path.charCodeAt(path.length - 1) === 47) && !UNCLEAN.test(path);

function clean(path: string): string {
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') out.pop();
    else out.push(part);
  }
  return `/${out.join('/')}`;
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function dirName(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

/** True when `path` is `dir` or lies below it. */
export function isWithin(path: string, dir: string): boolean {
  if (dir === '/') return path.startsWith('/');
  return path.startsWith(dir) && (path.length === dir.length || path.charCodeAt(dir.length) === 47);
}
