import type { Change, Factor, TunableMet } from '../events/finding.ts';

/** Why each factor bears on the score, one sentence each. Analytics name factors by these keys only. */
export const REASONS = {
  'content of a message was run': 'A message may bring any content; to run it is the step that does harm.',
  'file came out of mail': 'Content that mail software brought in was chosen by whoever sent the message.',
  'file appeared where a mail client saves':
    'A file that comes to be there while the client is in use is most likely an attachment, though no record says so.',
  'lies where attachments are saved':
    'Where nothing tells who wrote a file, the place that clients save to by default is what ties it to mail.',
  'who brought it in is a guess': 'A guess about the origin never makes more than medium.',
  'a delivered message belongs to it': 'A second, independent source shows that a message arrived before the run.',
  'its mail client was started in between':
    'Who starts a mail client after the delivery can see the message, and save what it brought.',
  'a filter spoke against the message': 'A filter saw something in it; filters err, and it was delivered all the same.',
  'the sender failed a check': 'The sender may not be who the message says; honest mail fails such checks too.',
  'outbound network afterwards': 'What runs for an outsider reaches out to fetch more or to be steered.',
  'outbound network from this host afterwards':
    'Something left the host in the minutes after; by host and time it may be of another program.',
  'left something that runs later': 'What starts again by itself was meant to stay.',
  'its user ran it, and it only spoke to the web':
    'What people fetch and start themselves speaks to the web at once; so does an implant, hence medium and not less.',
  'sources were built, and nothing reached out':
    'People build software from its sources; a build that is an attack fetches something or leaves something behind.',
  'it hid a part of itself and started that':
    'Software is installed under its own name, where people find it; a hidden copy under another name is not meant to be found.',
  'disguised name': 'A name made to look like another kind of file is meant to have it opened.',
  'only the viewer started something': 'Viewers start helpers of their own.',
  'it was only asked what it would load':
    'By way of ldd(1) the loader lists the libraries of a program, and the program is not run.',
  'a shell took in its lines, and no record shows that they did anything':
    'Settings are loaded so: lines that only set variables start nothing, reach nothing and leave nothing behind.',
  'a mail program started an interpreter, and no record shows that it did anything':
    'Mail programs give people a shell or a calculator to type at, too; what was piped in reaches out or leaves something behind.',
  'that the message was piped to the shell is a guess':
    'A mail program also gives its person a shell to type at; what this one did at once nobody types as fast.',
  'only the program that read it started a command':
    'Programs start helpers of their own while they read; nothing else shows that the content had a hand in it.',
  'that the content ordered the command is a guess':
    'The command stood in none of the words that the program was given, and came at once; no record shows where it came from.',
  'installed by the package manager': 'A package manager runs scripts of each package; that is its ordinary work.',
  'only programs that were installed before connected':
    'Programs that were there before the package, and the package manager, connect as part of their work.',
  'whether the package brought what connected is not recorded':
    'A program that nobody saw run or put there before may be of the package; a guess never makes more than medium.',
  'a mail client runs its own helper on its own installation':
    "Clients bring programs with them, such as their updaters; a message has no say in a program's words.",
  'data that was taken in is fed to an interpreter':
    'Who takes code in looks at code; what data hold that become a program on the way, nobody has looked at.',
  'taken in by version control, a compiler or a package manager':
    'Content that goes through such tools was taken in on purpose and is not the content that arrived.',
  'the file is the attachment, by its sha256':
    'The same bytes in the message and on the disk: by whichever hand it came, it came by mail.',
  'a download was run': 'Downloads are content from outside; to run them is the step that does harm.',
  'a browser or messenger wrote it': 'The record shows the client that brought it in: it came from outside.',
  'file appeared where a browser or messenger saves':
    'A file that comes to be there while the client is in use is most likely a download, though no record says so.',
  'only the place tells that it was downloaded': 'People keep work of their own in such places too.',
  'a browser or messenger spoke to a host outside just before':
    'Beside the place this is a second source: what is made executable at once and run was most likely fetched then.',
  'a script, not an installed program': 'Installed software does not come as a script in a download folder.',
  'made executable by hand': 'Browsers save without the executable bit; somebody set it in order to run the file.',
  'run in a way that hides it': 'The loader and memory are detours that keep the file out of sight.',
  'came out of an archive': 'Archives carry programs past filters that look at attachments and downloads.',
  'came through a messenger': 'Messengers bring files past the mail filters of the enterprise.',
  'started by the client itself': 'A client that starts what it received leaves the user no time to look.',
  'code of the download is run by a build or package tool': 'Build and install steps run what the archive says.',
  'run within the hour': 'A lure is opened soon; what people keep for later is mostly wanted.',
  'the name is that of a usual lure': 'Published phishing uses names such as this one.',
  'service seen on the wire': 'Where it came from is known; the inventory says whether that is the enterprise.',
  'fetched content was run': 'The command runs whatever the server gave at that moment.',
  'this user does so habitually': 'What somebody did before without harm is a habit of this user.',
  "it came from a host of the enterprise's own domain":
    'What the enterprise serves its own people came by no service of others.',
  'it came from a bare address': 'Sites for people have names; a bare address outside is handed around by intruders.',
  'it lies hidden among temporary files':
    'What is meant to be found is not kept in a hidden folder for temporary files.',
  'a browser or messenger was used just before': 'Pasted commands come from a page or a chat read just before.',
  'it read a secret and reached out': 'Keys and passwords that fetched code reads by itself are what thieves come for.',
  'mail store read': 'Something that does not serve the store read mail.',
  'mail of somebody else': "A person's own client reads that person's mail; others have to have a reason.",
  'a fetcher with settings made for the occasion':
    'Its user did not set it up so: whoever wrote these settings chose the server that gets the letters.',
  'a few letters of the own, picked and mailed from a terminal':
    'People forward letters of their own, one to an abuse desk or one to a colleague; a whole box or mail of others is another matter.',
  'read beside it': 'Where every copy is recorded, mail that no record leads from did not leave with what did.',
  'to people who had written to this mailbox':
    'Who looks at a letter and writes to its sender answers it; nothing but the time ties the two.',
  'all of a tree, by the account of a machine':
    'Backup servers come so: with an account that nobody sits at, always from the same place, for far more than mail.',
  'many boxes': 'One person has one mailbox; many at once is a harvest or the work of a service.',
  'staged in a file': 'Mail is gathered in a file before it is carried away.',
  'staged in a hidden place': 'A hidden place keeps the copy from being noticed.',
  'no transfer seen': 'Mail that stays on the host has not leaked.',
  'a copy of it made the own':
    'A backup stays the property of root; who means to take it along has to be able to read it.',
  'no other host': 'Mail that stays on the host has not leaked.',
  'to where its owner works':
    "The account's own mail went to the address from which that account sat at a terminal before, and from no other earlier.",
  'data left or was handed to a sender': 'The data was given to something that carries it off the host.',
  'bytes left with it':
    'The wire counted what left; an archive is smaller than its mail, so the number proves no more.',
  'too little left to hold mail': 'What left is no larger than a request without a body.',
  'a job of the same account, run by hand':
    'What a job of the account did before, step for step and to the same place, is the same work when its owner starts it.',
  'a backup job of the system': "Backups that belong to the system read everything; that is the host's own work.",
  'a mail client of its user, on the own mail':
    'A client fetches pictures and updates and reports crashes; its user may have put another program in its place.',
  'to a host of the own domain': 'Mail that goes to a server of the same organisation has not left it.',
  'a scheduled job of root over far more than mail': 'A job over whole trees has mail only in passing.',
  'a scheduled copy of a whole home by its owner': "People's own copies of their homes hold their own mail.",
  'host not validated':
    'Until a harvest was exercised and seen here, reads may be from work that nobody told of: medium at most.',
  'mail redirection written': 'A redirection makes the MTA carry the mail out by itself.',
  'mail left by it': 'The MTA log shows mail of this box leaving after the redirection was written.',
  'letters are carried off as they are delivered':
    'What delivery starts gets the letter on its standard input; this program hands it to another host.',
  'not so with letters before':
    'Letters were delivered without it for an hour or more: it was set up after that, by a hand that no record shows.',
  'every message goes to another host as well':
    'The MTA itself makes such copies; who wrote to the mailbox did not name that other address.',
  'a redirection newly added':
    'For a day or more the letters of this box stayed; a redirection that is old would have sent those on too.',
  'letters of a mailbox handed in again':
    'What is sent on as it comes never lay in the mailbox first: somebody took these letters out of it.',
  'runs in the background': 'Nobody sits at a terminal: a program decided to send.',
  'again and again, beside somebody at a terminal':
    'Nobody sends one message after the other in the background by hand: the shell does it by itself.',
  'started from a terminal': 'A person at a terminal sends mail as people do.',
  'speaks SMTP itself, past the governed relay':
    'Programs of a site hand mail to the MTA, where it is filtered and logged; this one goes past it.',
  'speaks SMTP itself, to a server of this host':
    'Programs of a site hand mail to the submission program; this one brings an SMTP client of its own.',
  'puts a message into the queue itself, past the submission program':
    'Programs of a site hand mail to the submission program, which notes who they are; a file in the queue says what its writer likes.',
  'counts as a message of another account':
    'The owner of the file counts as its sender: whoever wrote it chose that account.',
  "people's files read right before by what sends":
    'What sends gathered files of people first, and no package put it there.',
  'started by a hook, not by the person':
    'What a program finds in its own settings it runs whenever it is used: nobody ordered this send.',
  'what sends it stands in for another program':
    'It bears the name of an installed program and starts that in the end: whoever uses it means the program, and takes what comes first for its work.',
  'transmission confirmed by the MTA': 'The log of the MTA shows that it was really transmitted.',
  'transmission seen on the wire': 'A sensor saw the message go, though no MTA of ours logged it.',
  'SMTP left this host': 'Mail that no process record and no MTA log accounts for went past what the site can see.',
  'bytes on the wire': 'How much went is told beside it; the number alone says nothing of what it was.',
  'recipient outside': 'Data that leaves the site cannot be called back.',
  'recipient whom nothing shows to be inside':
    'No log of a server here tells for which domains mail is delivered; a recipient outside cannot be told from one inside.',
  'to many outside, in the name of another domain':
    'What a site sends to many it sends in its own name; a name of somebody else is what its readers are to trust.',
  'SMTP to another host': 'The connection leads to another host; whose that is, no record says.',
  'only recipients inside': 'Reports of jobs go to people of the site.',
  'nothing of it went on from here':
    'The log shows all of it put into mailboxes of this very server: what is small stays a note.',
  'a job set up without a terminal, which mails at once':
    'A job of old would have mailed before; who sets up a job for work of the day sits at a terminal and has notices of it sent here.',
  'data goes outside, told whoever vouches for the job':
    'The place of a program says who should have put it there, not who did.',
  'a few words by mail, of a login of their writer':
    'The line itself holds what is said: no file, nothing packed, and the MTA counted no more than a short letter.',
  "job of no package: a command line or a user's script": 'No package or administrator stands behind the job.',
  'what sends it came from outside':
    'A program that somebody else wrote was fetched or mailed in, and now sends mail under the name of this host.',
  'what sends it lies hidden among temporary files':
    'Work of a site has a place of its own; programs in hidden folders for temporary files are put there by intruders.',
  'command line of a scripted mailer': 'Encoders and one-line mailers in the command line are what such scripts use.',
  'job of the system or a package': 'Jobs that packages install send mail as part of their work.',
  'program of the site, which sends data out':
    'What a site puts under /usr/local or /opt is its own work; that root put it there vouches for little once data goes outside with it.',
  'a service of the host, of no login':
    'An installed program with nothing above it but the start of the host is a service: what it writes in words is its work.',
  'a whole folder, file by file': 'A line of a shell did it; a person who writes to somebody attaches a few things.',
  'files attached': 'Attachments carry data; notices of jobs have none.',
  'packed or encoded data in the pipeline': 'Data is packed before it is carried away.',
  'packed just before it was sent': 'The job itself packed what it sends: data is packed before it is carried away.',
  'data of a mail store': "Somebody's mail is in what was sent.",
  'large payload': 'A report is small; what is this large is an archive.',
  'large in sum': 'Many messages below the limit carry as much as one above it.',
  'more than a note for outside': 'What a job says in words is a few kilobytes; this is several times that.',
  'many messages to one recipient': 'Pieces sent one after another to one recipient make a whole there.',
  'unlike what this job sent before': "A change in a job's recipients is a sign that somebody else uses it.",
  'far larger than all that this account sent before':
    'Accounts of jobs write the same day after day; what is many times larger is something else that is carried off.',
  'an account of a service, in pieces of one size':
    'Nobody sits at such an account; a whole is cut into pieces of one size to get past limits.',
  'this job has sent alike before': "A job that always sent the same to the same is part of the host's life.",
  'short messages of one kind, to whoever asks': 'Applications write so to the people who use them.',
  volume: 'So many messages in a window hide the few that matter.',
  'mail-loop': 'Two programs that answer each other make volume without an attacker.',
  'mailbox-full': 'A full mailbox refuses the mail that its owner needs.',
  'mailbox-filled':
    'What takes the room of a mailbox counts by its bytes: few large letters do more than many small ones.',
  'mailbox-holds': 'The stores of the mailbox show, independent of the mail log, that the mail lies there.',
  'mailbox-growth': 'The file system shows, independent of the mail log, that the mail was stored.',
  'empty-connections': 'Connections that bring no message try addresses or keep the server busy.',
  'not-concentrated': 'When everybody gets more mail, no one mailbox is meant.',
  'attachment-repeated': 'One attachment stored again and again fills a mailbox.',
  backscatter: 'Notices about mail that this mailbox never sent come from forged senders.',
  'strangers-once-each': 'Subscription bombing comes from many strangers, one message each.',
  'one-sender': 'One unknown sender who writes without pause is no correspondent.',
  'senders-alike': 'Sender addresses that differ in numbers only are made by a program.',
  'same-large-content': 'The same large content again and again fills the mailbox.',
  'same-size': 'Messages of one size are copies of one message.',
  'one-network': 'One owner of many addresses rotates through them.',
  'critical-mailbox': 'Work depends on this mailbox: a response must not cut it off.',
  'many-addresses': 'The flood comes in by every door of one person.',
} as const satisfies Readonly<Record<string, string>>;

export type FactorName = keyof typeof REASONS;

/** A factor by its name, with the reason that stands in the table. `steps` are ids of the finding's steps, at least one. */
export function factorOf(
  name: FactorName,
  weight: number,
  evidence: string,
  steps: readonly string[],
  tunable: TunableMet | null = null,
): Factor {
  return { name, weight, evidence, reason: REASONS[name], steps, tunable };
}

/** Points of what is judged after the analytics, so that they can say what it would do. */
export const POINTS = { approved: -10, habit: -3, enterpriseService: -1, otherService: 1 } as const;

/** What would raise or lower the score by evidence. */
export const byEvidence = (weight: number, what: string, why: string): Change => ({ weight, what, why, setting: '' });

export const byTunable = (weight: number, what: string, why: string, setting: string): Change => ({
  weight,
  what,
  why,
  setting,
});

/** `selector` says how an entry would name this work: `user: alice, executable: /usr/bin/rsync`. */
export const byInventory = (kind: string, selector: string): Change => ({
  weight: POINTS.approved,
  what: `an inventory entry of kind ${kind} approved it (${selector})`,
  why: 'no entry that is in force covers it',
  setting: 'inventory',
});

export const byHabit = (what: string, hasBaseline: boolean): Change => ({
  weight: POINTS.habit,
  what: `a baseline knew ${what} from three days or more, of the same shape`,
  why: hasBaseline ? 'the baseline of this scan does not know it so' : 'this scan was given no baseline (--baseline)',
  setting: 'baseline',
});

/** What these lists would not have counted if they did not hold the entry that fitted, one change an entry. */
export function unlessListed(factors: readonly Factor[], ...lists: readonly string[]): Change[] {
  const changes = new Map<string, Change>();
  for (const { weight, tunable } of factors) {
    if (tunable === null || !lists.includes(tunable.name)) continue;
    const what = `${tunable.name} did not hold ${tunable.limit}`;
    const before = changes.get(what)?.weight ?? 0;
    changes.set(what, byTunable(before - weight, what, `it does, and ${tunable.met} fits`, tunable.name));
  }
  return [...changes.values()];
}
