import { MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { checkAll } from './conditions.test-support.ts';

checkAll([
  {
    says: 'a .forward and mail for the clerk that stays here',
    severity: 'informational',
    never: ['mail left by it'],
    act: ({ log }) => {
      log.shell('clerk').write('/home/clerk/.forward');
      log.deliver();
    },
  },
  {
    says: 'a .forward of the clerk, and mail of the clerk that leaves',
    severity: 'medium',
    factors: ['mail left by it'],
    act: ({ log }) => {
      log.shell('clerk').write('/home/clerk/.forward');
      log.forwarded('clerk@example.org', 'box@example.net');
    },
  },
  {
    says: 'a .forward of the clerk, and mail of the buyer that leaves',
    severity: 'informational',
    never: ['mail left by it'],
    act: ({ log }) => {
      log.shell('clerk').write('/home/clerk/.forward');
      log.forwarded('buyer@example.org', 'box@example.net');
    },
  },
  {
    says: 'mail that left before the .forward was written',
    severity: 'informational',
    never: ['mail left by it'],
    act: ({ log }) => {
      log.forwarded('clerk@example.org', 'box@example.net');
      log.wait(MINUTE);
      log.shell('clerk').write('/home/clerk/.forward');
    },
  },
  {
    says: 'a .forward that is written again, and mail that left to the same before and after',
    severity: 'informational',
    never: ['mail left by it'],
    act: ({ log }) => {
      log.forwarded('clerk@example.org', 'box@example.net');
      log.wait(MINUTE);
      log.shell('clerk').write('/home/clerk/.forward');
      log.forwarded('clerk@example.org', 'box@example.net');
    },
  },
  {
    says: 'a .forward that is written again, and mail that leaves for another since',
    severity: 'medium',
    factors: ['mail left by it'],
    act: ({ log }) => {
      log.forwarded('clerk@example.org', 'box@example.net');
      log.wait(MINUTE);
      log.shell('clerk').write('/home/clerk/.forward');
      log.forwarded('clerk@example.org', 'box@example.net');
      log.forwarded('clerk@example.org', 'other@example.net');
    },
  },
]);
