import { baseName } from '../core/paths.ts';

/**
 * What sshd(8) goes by at each login: whose key is in the list gets in, now and later; rc and environment are run or taken in. Of
 * config, ssh(1) runs the commands that it names.
 */
const AT_LOGIN = new Set(['authorized_keys', 'authorized_keys2', 'rc', 'environment', 'config']);

/** Written by foreign content, it stays: somebody is let in, or something is run at the next login. */
export const letsIn = (path: string): boolean => {
  const at = path.lastIndexOf('/.ssh/');
  return at >= 0 && path.indexOf('/', at + 6) < 0 && AT_LOGIN.has(baseName(path));
};

/** What becomes of it once the program that wrote it is gone. */
export const laterText = (path: string): string =>
  !letsIn(path)
    ? 'which runs later by itself'
    : baseName(path).startsWith('authorized_keys')
      ? 'which lets in whoever has a key that stands in it'
      : 'which is obeyed at later logins';
