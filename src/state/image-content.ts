import { fileNamed, type HostEvent, type ProcessStarted } from '../events/host-events.ts';
import { isVoid, stepOf } from './carry.ts';
import { taintFile } from './files.ts';
import type { HostState } from './host.ts';
import { noteMet } from './mounted-images.ts';
import type { ProcessState } from './processes.ts';
import { extendTaint } from './taint.ts';
import { argumentPaths } from './tool-words.ts';

/** Device numbers of loop(4), and of the partitions of such disks: the kernel's devices.txt. */
const OF_FILES = new Set([7, 259 % 16]);
const NODE_SPAN = 2 ** 40;

const isOnDeviceOfFile = (node: number): boolean => node < 0 || OF_FILES.has(Math.floor(node / NODE_SPAN / 256));

/** A program starts: an image may come to be shown, or go, or a file of one be run or named. */
export function imagesAtStart(host: HostState, process: ProcessState, event: ProcessStarted): void {
  const { images } = host.mounts;
  for (const { files } of images.started(process)) for (const path of files) host.files.forget(fileNamed(path));
  if (images.isEmpty) return;
  meetImage(host, event.file.path, event.file.node, event);
  for (const path of [process.script, ...argumentPaths(process)]) meetImage(host, path, -1, event);
}

/**
 * A file that lies where a disk image or an archive is shown is content of it. It was never written: whoever showed it has
 * read the image, and holds what it came from.
 */
export function meetImage(host: HostState, path: string, node: number, event: HostEvent): void {
  const { images } = host.mounts;
  if (images.isEmpty || !path.startsWith('/')) return;
  if (host.files.find({ path, node, mode: -1, ownerUid: -1 }) !== undefined) return;
  const image = images.above(path, event.time, isOnDeviceOfFile(node));
  if (image === undefined) return;
  for (const { taint, time } of image.by.carries) {
    if (taint.origin.kind === 'mailstore' || isVoid(host, taint)) continue;
    const when = { time, order: taint.step.order, ref: image.by.execRef };
    const why = 'its words name the image, and the folder in which it is shown or its device';
    const step = stepOf(when, 'file.placed', image.by, 'shows, out of the image,', path, 'inferred', why);
    const onward = extendTaint(taint, step, { archived: true });
    if (onward === null || !noteMet(image, path)) continue;
    taintFile(host.files.remember({ path, node, mode: -1, ownerUid: -1 }, event.time), onward);
  }
}
