import { BoundedMap } from '../core/bounded-map.ts';
import { isWithin, resolvePath } from '../core/paths.ts';
import { type EpochMs, HOUR_MS } from '../core/time.ts';
import { FOR_A_WHILE, mountWords } from './mount-words.ts';
import type { ProcessState } from './processes.ts';
import { calledAs } from './programs.ts';

const IMAGES_MAX = 256;
const ATTACHED_MAX = 16;
/** How many files of one image are kept in mind: what lies there is forgotten when it goes. */
const FILES_MAX = 4096;
const ATTACHED_MS = 12 * HOUR_MS;

/** FUSE programs that show what an image or an archive holds: the words end with it and the folder. */
const SHOWS =
  /^(?:fuseiso|isofuse|squashfuse(?:_ll)?|erofsfuse|fuse2fs|ext4fuse|archivemount|fuse-zip|fuse-archive|ratarmount|unionfs-zip)$/;
/** Their options that take a word. */
const SHOWS_VALUED = new Set(['-o', '-p', '-n', '-c', '-l']);
/** Programs that make a block device of a file, and that undo it; where the disk is then shown is another's word. */
const ATTACHES = new Set(['losetup', 'udisksctl', 'kpartx', 'qemu-nbd', 'gnome-disk-image-mounter']);
const DETACHES = /^(?:-d|-D|--detach|--detach-all|--disconnect|unmount|loop-delete|power-off)$/;

/** A program that shows what an image holds, or makes a disk of it. */
export function opensImage({ trusted, exe, argv }: ProcessState): boolean {
  const { name } = calledAs(exe, argv);
  return trusted && (name === 'mount' || SHOWS.test(name) || ATTACHES.has(name));
}

/** A folder in which a disk image, or an archive, is shown. Plain data. */
export interface MountedImage {
  readonly path: string;
  /** Who opened the image: what it holds is what this process has read. */
  readonly by: ProcessState;
  readonly files: string[];
}

/** Disk images that are shown as folders: whose content runs, when a program is started from there. */
export class MountedImages {
  readonly #byPath = new BoundedMap<string, MountedImage>(IMAGES_MAX);
  #attached: ProcessState[] = [];

  get isEmpty(): boolean {
    return this.#byPath.size === 0 && this.#attached.length === 0;
  }

  /** Takes note of a program at work; returns the images that are no longer shown. */
  started(process: ProcessState): readonly MountedImage[] {
    if (!process.trusted) return [];
    const { name, argv } = calledAs(process.exe, process.argv);
    const words = argv.slice(1);
    if (name === 'mount') return this.#mounted(process, words);
    if (SHOWS.test(name)) return this.#shown(process, words);
    if (name === 'umount' || ((name === 'fusermount' || name === 'fusermount3') && words.includes('-u')))
      return this.#remove(words.map(word => resolvePath(word, process.cwd)));
    if (!ATTACHES.has(name)) return [];
    if (words.some(word => DETACHES.test(word))) return this.#detached(words);
    if (!words.some((word, i) => namesFile(word, words[i - 1] ?? ''))) return [];
    this.#attached = [...this.#attached.slice(1 - ATTACHED_MAX), process];
    return [];
  }

  /** The image whose content lies at this path; `isDevice`: the file lies on a device made of a file, as far as known. */
  above(path: string, time: EpochMs, isDevice: boolean): MountedImage | undefined {
    let found: MountedImage | undefined;
    for (const image of this.#byPath.values())
      if (path !== image.path && isWithin(path, image.path) && image.path.length > (found?.path.length ?? 0))
        found = image;
    if (found !== undefined || !isDevice) return found;
    // udisks(8) shows it by itself, in a folder that it makes.
    const folder = FOR_A_WHILE.exec(path) === null ? null : /^\/(?:run\/)?(?:media\/[^/]+|mnt)\/[^/]+(?=\/)/.exec(path);
    const by = this.#attached.at(-1);
    if (folder === null || by === undefined || time - by.execTime > ATTACHED_MS) return undefined;
    return this.#show(folder[0], by);
  }

  #mounted(process: ProcessState, words: readonly string[]): readonly MountedImage[] {
    const { operands, isNoDisk } = mountWords(words);
    const [source = '', target = ''] = operands.slice(-2);
    const folder = resolvePath(target, process.cwd);
    if (isNoDisk || operands.length < 2 || !folder.startsWith('/') || folder === '/') return [];
    const by = source.startsWith('/dev/') ? this.#attachedAs(source) : process;
    const gone = this.#remove([folder]);
    if (by !== undefined) this.#show(folder, by);
    return gone;
  }

  #shown(process: ProcessState, words: readonly string[]): readonly MountedImage[] {
    const operands = words.filter((word, i) => !word.startsWith('-') && !SHOWS_VALUED.has(words[i - 1] ?? ''));
    const folder = resolvePath(operands.at(-1) ?? '', process.cwd);
    if (operands.length < 2 || !folder.startsWith('/') || folder === '/') return [];
    const gone = this.#remove([folder]);
    this.#show(folder, process);
    return gone;
  }

  /** Who made this device, or a part of it: its words name it, else the last whose words leave the choice to the kernel. */
  #attachedAs(device: string): ProcessState | undefined {
    const named = this.#attached.findLast(({ argv }) => argv.some(word => isDevice(word) && device.startsWith(word)));
    return named ?? this.#attached.findLast(({ argv }) => !argv.some(isDevice));
  }

  #show(path: string, by: ProcessState): MountedImage {
    const image = { path, by, files: [] };
    this.#byPath.set(path, image);
    return image;
  }

  #remove(paths: readonly string[]): readonly MountedImage[] {
    const gone = paths.map(path => this.#byPath.peek(path)).filter(image => image !== undefined);
    for (const { path } of gone) this.#byPath.delete(path);
    return gone;
  }

  /** Where the words name no device, all of them are thought to be gone. */
  #detached(words: readonly string[]): readonly MountedImage[] {
    const devices = words.filter(isDevice);
    const isOf = ({ argv }: ProcessState): boolean =>
      devices.length === 0 || !argv.some(word => isDevice(word) && !devices.includes(word));
    const gone = [...this.#byPath.values()].filter(({ by }) => this.#attached.includes(by) && isOf(by));
    this.#attached = this.#attached.filter(each => !isOf(each));
    return this.#remove(gone.map(({ path }) => path));
  }

  snapshot() {
    return { shown: this.#byPath.snapshot(), attached: this.#attached };
  }

  restore(from: ReturnType<MountedImages['snapshot']>): void {
    this.#byPath.restore(from.shown);
    this.#attached = from.attached;
  }
}

/** A word that is a file, of those that name a device, an option or its value: losetup(8), udisksctl(1), kpartx(8), qemu-nbd(8). */
const namesFile = (word: string, before: string): boolean =>
  !isDevice(word) &&
  !/^-|^\d+$/.test(word) &&
  !/^(?:-[jobO]|--(?:associated|offset|sizelimit|output))$/.test(before) &&
  !VERBS.has(word);
const VERBS = new Set(['loop-setup', 'mount', 'info', 'status', 'dump', 'monitor']);
const isDevice = (word: string): boolean => word.startsWith('/dev/');

/** A file of the image was met. False where it is not to be kept in mind. */
export function noteMet(image: MountedImage, path: string): boolean {
  if (image.files.length >= FILES_MAX) return false;
  image.files.push(path);
  return true;
}
