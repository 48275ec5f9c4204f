import { constants, open } from 'node:fs';

const READ = constants.O_RDONLY | constants.O_NONBLOCK;
/** Linux only: no access time is written. Allowed to the file's owner and to privileged users (open(2)). */
const NO_ACCESS_TIME = constants.O_NOATIME as number | undefined;

/** Opens evidence for reading, and leaves its access time alone where that is allowed. */
export function openQuietly(path: string, done: (error: NodeJS.ErrnoException | null, fd: number) => void): void {
  if (NO_ACCESS_TIME === undefined) {
    open(path, READ, done);
    return;
  }
  open(path, READ | NO_ACCESS_TIME, (error, fd) => {
    if (error?.code === 'EPERM' || error?.code === 'EINVAL') open(path, READ, done);
    else done(error, fd);
  });
}
