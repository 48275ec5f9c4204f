import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import type { Delivered } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { checkAll, OUT } from './conditions.test-support.ts';

/** A backup program that has rsync(1) do its work. */
const rsnapshot = (by: Process, { path }: Delivered): void => {
  const rsync = by.run('/usr/bin/rsnapshot hourly').run(`/usr/bin/rsync -a Maildir x@${OUT}:`);
  rsync.read(path).connect(OUT, 22);
};

checkAll([
  {
    says: 'a job of root over all of /home',
    severity: 'informational',
    factors: ['a scheduled job of root over far more than mail'],
    act: ({ log, mine }) => void log.cron('root', 'x').run('/bin/tar cf - /home').read(mine.path).connect(OUT, 80),
  },
  {
    says: 'root at a terminal over all of /home',
    severity: 'medium',
    never: ['a scheduled job of root over far more than mail'],
    act: ({ log, mine }) => void log.shell('root').run('/bin/tar cf - /home').read(mine.path).connect(OUT, 80),
  },
  {
    says: 'a job of the owner over the whole home',
    severity: 'informational',
    factors: ['a scheduled copy of a whole home by its owner'],
    act: ({ log, mine }) =>
      void log.cron('clerk', 'x').run('/bin/tar cf - /home/clerk').read(mine.path).connect(OUT, 80),
  },
  {
    says: "a job of one user over another's home",
    severity: 'medium',
    never: ['a scheduled copy of a whole home by its owner'],
    act: ({ log, other }) =>
      void log.cron('clerk', 'x').run('/bin/tar cf - /home/buyer').read(other.path).connect(OUT, 80),
  },
  {
    says: 'a job of the owner over a folder of the home',
    severity: 'medium',
    act: ({ log, mine }) =>
      void log.cron('clerk', 'x').run('/bin/tar cf - /home/clerk/Maildir').read(mine.path).connect(OUT, 80),
  },
  {
    says: 'an installed backup program',
    severity: 'informational',
    factors: ['a backup job of the system'],
    act: ({ log, mine }) => void log.service('/usr/bin/restic backup /srv').read(mine.path).connect(OUT, 443),
  },
  {
    says: "and one with an account of its own, over everybody's mail",
    severity: 'informational',
    factors: ['a backup job of the system'],
    act: ({ log, other }) =>
      void log.service('/usr/bin/restic backup /srv', 'backup').read(other.path).connect(OUT, 443),
  },
  {
    says: "root's job over a folder of a home that holds a store",
    severity: 'medium',
    never: ['a scheduled job of root over far more than mail'],
    act: ({ log }) =>
      void log
        .cron('root', 'x')
        .run('/usr/bin/rsync -a /home/clerk/.thunderbird b.example.net:x')
        .read('/home/clerk/.thunderbird/p.default/Mail/Local/Inbox')
        .connect(OUT, 22),
  },
  {
    says: 'and over all homes',
    severity: 'informational',
    factors: ['a scheduled job of root over far more than mail'],
    act: ({ log }) =>
      void log
        .cron('root', 'x')
        .run('/usr/bin/rsync -a /home b.example.net:x')
        .read('/home/clerk/.thunderbird/p.default/Mail/Local/Inbox')
        .connect(OUT, 22),
  },
  {
    says: 'a backup program of a home',
    severity: 'medium',
    never: ['a backup job of the system'],
    act: ({ log, mine }) =>
      void log.cron('clerk', 'x').run('/home/clerk/bin/restic backup Maildir').read(mine.path).connect(OUT, 443),
  },
  {
    says: 'an installed backup program that a person starts',
    severity: 'informational',
    factors: ['a backup job of the system'],
    act: ({ log, mine }) =>
      void log.shell('clerk').run('/usr/bin/restic backup Maildir').read(mine.path).connect(OUT, 443),
  },
  {
    says: "an installed backup program that a person starts over others' mail",
    severity: 'medium',
    never: ['a backup job of the system'],
    act: ({ log, other }) =>
      void log.shell('clerk').run('/usr/bin/restic backup /home/buyer/Maildir').read(other.path).connect(OUT, 443),
  },
  {
    says: "a person's job with a backup program over others' mail",
    severity: 'medium',
    never: ['a backup job of the system'],
    act: ({ log, other }) =>
      void log.cron('clerk', 'x').run('/usr/bin/restic backup /home/buyer/Maildir').read(other.path).connect(OUT, 443),
  },
  {
    says: "root's job with a backup program over everybody's mail",
    severity: 'informational',
    factors: ['a backup job of the system'],
    act: ({ log, mine, other }) =>
      void log
        .cron('root', 'x')
        .run('/usr/bin/restic backup /var/mail')
        .read(mine.path)
        .read(other.path)
        .connect(OUT, 443),
  },
  {
    says: 'what a backup program of cron starts',
    severity: 'informational',
    factors: ['a backup job of the system'],
    act: ({ log, mine }) => rsnapshot(log.cron('clerk', 'rsnapshot hourly'), mine),
  },
  {
    says: 'what a backup program of systemd starts',
    severity: 'informational',
    factors: ['a backup job of the system'],
    act: ({ log, mine }) => rsnapshot(log.service('/usr/bin/env', 'clerk'), mine),
  },
  {
    says: 'what a backup program starts that a person started',
    severity: 'medium',
    never: ['a backup job of the system'],
    act: ({ log, mine }) => rsnapshot(log.shell('clerk'), mine),
  },
  {
    says: 'a service of systemd as root over all of /home',
    severity: 'informational',
    factors: ['a scheduled job of root over far more than mail'],
    act: ({ log, mine }) => void log.service('/bin/tar cf - /home').read(mine.path).connect(OUT, 80),
  },
]);
