import { byWordsAndOne } from '../core/by-words.ts';
import { Prefixes } from '../core/prefixes.ts';

/**
 * What kind of program an executable is, by the name it carries. A name makes a process *more* interesting (it is watched
 * as a client, an interpreter, a sender); it never excuses one: what is excused is told apart by `isSystemPath` and by
 * the owner and mode of the executable, see processes.ts.
 */
export const CLASS = {
  mailClient: 1,
  browser: 2,
  messenger: 4,
  shell: 8,
  interpreter: 16,
  transfer: 32,
  sender: 64,
  delivery: 128,
  storeService: 256,
  fetcher: 512,
  archiver: 1024,
  compiler: 2048,
  versionControl: 4096,
  viewer: 8192,
  packageManager: 16384,
  scheduler: 32768,
  webServer: 65536,
  backup: 131072,
  desktop: 262144,
  mta: 524288,
  filter: 1048576,
  build: 2097152,
  storeTool: 4194304,
  packer: 8388608,
} as const;
export type ProgramClass = number;

/** Archivers, compressors and encoders that make as well as open: what lies in them was put in by them, or can be. */
const PACKS =
  'tar bsdtar gtar star zip 7z 7za 7zr 7zz rar ar cpio bsdcpio afio pax shar dar ouch atool lha arj zoo zpaq mksquashfs gzip pigz bzip2 pbzip2 lbzip2 xz pixz zstd lz4 lzop lzip plzip lrzip brotli compress base64 base32 basenc uuencode xxd mpack openssl age rage ccrypt mcrypt';

const NAMES: readonly (readonly [ProgramClass, string])[] = [
  [
    CLASS.mailClient,
    'thunderbird thunderbird-bin betterbird icedove evolution evolution-source-registry kmail kontact claws-mail sylpheed geary balsa trojita mutt neomutt alpine pine aerc mailspring seamonkey elm nmh sup-mail',
  ],
  [
    CLASS.browser,
    'firefox firefox-esr firefox-bin librewolf waterfox icecat chrome google-chrome google-chrome-stable chromium chromium-browser brave brave-browser opera vivaldi vivaldi-bin msedge microsoft-edge epiphany falkon konqueror midori qutebrowser torbrowser navigator webkitnetworkprocess headless_shell chrome-headless-shell w3m lynx links links2 elinks',
  ],
  [
    CLASS.messenger,
    'telegram telegram-desktop signal-desktop slack discord element-desktop element teams teams-for-linux skype skypeforlinux zoom whatsapp whatsdesk whatsapp-for-linux zapzap pidgin gajim dino hexchat ferdium franz rambox wire-desktop mattermost-desktop rocketchat viber caprine fractal nheko wechat',
  ],
  [CLASS.shell, 'sh bash dash zsh ksh mksh ksh93 fish ash csh tcsh rbash yash busybox'],
  [
    CLASS.interpreter,
    'python pypy perl ruby node nodejs bun deno php php-cli lua luajit tclsh wish expect rscript gawk awk mawk java javaw wine wine64 mono dotnet pwsh guile gjs qjs groovy scala kotlin elixir escript julia octave osascript ts-node raku ocaml swipl sbcl clisp racket runghc runhaskell jshell clojure jruby micropython newlisp picolisp pike slsh rexx regina yabasic gsi mit-scheme janet fennel scilab maxima gnuplot m4 runawk bb',
  ],
  [
    CLASS.transfer,
    'curl wget scp sftp ssh rsync nc ncat netcat nc.openbsd nc.traditional socat openssl ftp lftp tftp ncftp ncftpput rclone aws s3cmd gsutil telnet aria2c axel xh lwp-request smbclient magic-wormhole wormhole croc gdrive dropbox_uploader',
  ],
  [
    CLASS.sender,
    'sendmail mail mailx s-nail heirloom-mailx bsd-mailx nail mutt neomutt swaks msmtp ssmtp esmtp nullmailer-inject mpack sendemail smtp-cli mailsend exim exim4 postdrop mini_sendmail dma git-send-email',
  ],
  [
    CLASS.mta,
    'master smtpd smtp qmgr cleanup pickup bounce trivial-rewrite anvil showq flush verify scache postscreen tlsproxy exim exim4 opensmtpd',
  ],
  [
    CLASS.delivery,
    'local virtual lmtp pipe procmail maildrop dovecot-lda deliver lmtp sieve fdm mail.local mailfilter',
  ],
  [
    CLASS.storeService,
    'dovecot imap imap-login pop3 pop3-login lmtp dovecot-lda indexer indexer-worker imapd pop3d couriertcpd cyrus-master',
  ],
  [CLASS.storeTool, 'doveadm dsync notmuch mu mairix archivemail cyradm maildirmake mb2md formail reformail'],
  [CLASS.fetcher, 'mbsync isync offlineimap getmail getmail6 fetchmail imapsync mpop fdm goimapnotify'],
  [CLASS.archiver | CLASS.packer, PACKS],
  [
    CLASS.archiver,
    'unzip unrar unar gunzip munpack ripmime uudecode uudeview metamail mimeexplode tnef ytnef mhstore dtrx cabextract unshield reformime funzip zcat bsdcat mu',
  ],
  [CLASS.packer, 'gpg mysqldump pg_dump pg_dumpall dd split'],
  [
    CLASS.compiler,
    'cc cc1 cc1plus gcc g++ clang as ld ld.bfd ld.gold ld.lld collect2 rustc go compile link javac cargo c++ lto1 lto-wrapper',
  ],
  [
    CLASS.build,
    'make gmake ninja cmake npm npx yarn pnpm pip pip3 cargo gradle mvn ant bundle rake setup.py poetry uv meson scons',
  ],
  [CLASS.versionControl, 'git hg svn bzr darcs fossil patch quilt'],
  [
    CLASS.viewer,
    'evince okular atril xpdf qpdfview mupdf zathura acroread libreoffice soffice soffice.bin oosplash loffice abiword gnumeric calligra wps et wpp eog gwenview gpicview feh display gimp gimp-2.10 inkscape vlc mpv totem less more most view cat file-roller ark engrampa xarchiver pdftotext antiword catdoc w3m lynx links elinks html2text gthumb ristretto viewnior',
  ],
  [
    CLASS.packageManager,
    'dpkg apt apt-get aptitude dpkg-deb rpm dnf yum zypper pacman gdebi snap snapd flatpak packagekitd apk unattended-upgr unattended-upgrade',
  ],
  [CLASS.scheduler, 'cron crond anacron atd fcron systemd at batch'],
  [
    CLASS.webServer,
    'apache2 httpd nginx lighttpd caddy php-fpm uwsgi gunicorn puma passenger unicorn tomcat catalina node-www phusion',
  ],
  [
    CLASS.backup,
    'restic borg borgmatic duplicity rdiff-backup rsnapshot bacula-fd bareos-fd amandad tarsnap kopia duplicati attic burp backup-manager timeshift deja-dup bup',
  ],
  [
    CLASS.desktop,
    'gnome-shell plasmashell xfdesktop nautilus dolphin thunar nemo caja pcmanfm xfce4-session gnome-session-binary kded5 kded6 gvfsd xdg-desktop-portal xdg-document-portal tracker-miner-fs tracker-extract baloo_file recollindex nextcloud syncthing dropbox dbus-daemon pipewire',
  ],
  [
    CLASS.filter,
    'amavis amavisd amavisd-new spamd spamc spamassassin rspamd rspamc clamd clamdscan clamscan clamsmtpd opendkim opendmarc bogofilter dspam sa-learn vacation formail mimedefang.pl mailscanner razor-check pyzor dccproc aide tripwire samhain wazuh-syscheckd ossec-syscheckd',
  ],
];

const byName = new Map<string, ProgramClass>();
for (const [bits, names] of NAMES)
  for (const name of names.split(' ')) byName.set(name, (byName.get(name) ?? 0) | bits);

/** Lower case, without path, `(deleted)` and a version tail: `/usr/bin/python3.11` and `Python3` are `python`. */
export function programName(path: string): string {
  return known(path).name;
}

/**
 * The arguments as the program itself takes them: `busybox gzip x` is gzip with one argument, as it is when called by the
 * name `gzip` (busybox, toybox: applets/applets.c). `applet` is '' for any other program, and where none is named.
 */
export function appletOf(
  exe: string,
  argv: readonly string[],
): { readonly applet: string; readonly argv: readonly string[] } {
  if (!isMultiCall(exe)) return { applet: '', argv };
  const named = programName(argv[0] ?? '');
  if (!MULTI_CALL.has(named)) return { applet: named, argv };
  return { applet: programName(argv[1] ?? ''), argv: argv.slice(1) };
}

/** The name by which a program does its work, and its words after that name. */
export const calledAs = (exe: string, argv: readonly string[]): Called => called(argv, exe);

interface Called {
  readonly name: string;
  readonly argv: readonly string[];
}

const called = byWordsAndOne((argv, exe: string): Called => {
  const { applet, argv: words } = appletOf(exe, argv);
  return { name: isMultiCall(exe) ? applet : programName(exe), argv: words };
});

const MULTI_CALL: ReadonlySet<string> = new Set(['busybox', 'toybox']);

/** One program that is many, by the name it is called. */
export const isMultiCall = (exe: string): boolean => MULTI_CALL.has(programName(exe));

/**
 * The name under which programs hand mail in, whatever the MTA: a link to its own program (OpenSMTPD's smtpctl, masqmail) or to one
 * that chooses (mailwrapper(8)).
 */
export const SENDMAIL = 'sendmail';
export const isCalledSendmail = (argv: readonly string[]): boolean => programName(argv[0] ?? '') === SENDMAIL;

function nameIn(path: string): string {
  let name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name.endsWith(' (deleted)')) name = name.slice(0, -10);
  if (name.charCodeAt(0) === 45) name = name.slice(1);
  return name;
}

function withoutVersion(name: string): string {
  let end = name.length;
  while (end > 1) {
    const c = name.charCodeAt(end - 1);
    if ((c >= 48 && c <= 57) || c === 46 || c === 45) end -= 1;
    else break;
  }
  return name.slice(0, end);
}

/** Classes that only make a program more interesting: a name that is near enough will do. */
const WATCHED = CLASS.mailClient | CLASS.browser | CLASS.messenger | CLASS.transfer;

/** Compilers carry the system that they make programs for: `x86_64-linux-gnu-ld.bfd`, `aarch64-linux-gnu-gcc-12`. */
function forTarget(name: string): ProgramClass {
  const at = name.search(/-(?:gnu|gnueabihf|gnueabi|musl)[a-z0-9]*-/);
  if (at < 0) return 0;
  const tool = name.slice(name.indexOf('-', at + 1) + 1);
  return (byName.get(tool) ?? byName.get(withoutVersion(tool)) ?? 0) & CLASS.compiler;
}

/**
 * Distributions that offer one program by several packages install each as NAME.PACKAGE (update-alternatives(1)):
 * sendmail.postfix, mail.mailutils. Only where packages install, and never against a name that is known itself.
 */
function ofAlternatives(name: string, path: string): string {
  const dot = name.indexOf('.');
  const offered = dot > 0 ? name.slice(0, dot) : '';
  if (!byName.has(offered) || byName.has(name) || !isCommandFolder(path.slice(0, path.lastIndexOf('/')))) return name;
  const provider = name.slice(dot + 1);
  return /^[a-z]+\d?$/.test(provider) && !SCRIPT_ENDINGS.has(provider) ? offered : name;
}

const isCommandFolder = (folder: string): boolean => /^(?:\/usr)?\/s?bin$/.test(folder);

/** Programs written as scripts carry their language: `webmail.py`. */
function withoutEnding(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 && SCRIPT_ENDINGS.has(name.slice(dot + 1)) ? name.slice(0, dot) : name;
}

const SCRIPT_ENDINGS = new Set(['py', 'sh', 'pl', 'rb', 'js', 'bin']);

/** What a path says of the program there. */
interface Known {
  readonly name: string;
  readonly bits: ProgramClass;
  readonly isLoader: boolean;
}

const cache = new Map<string, Known>();
const CACHE_MAX = 32_768;
const CACHED_PATH_MAX = 256;

/** Pure: the cache only saves work. */
function known(path: string): Known {
  const held = cache.get(path);
  if (held !== undefined) return held;
  const name = ofAlternatives(nameIn(path), path);
  let bits =
    byName.get(name) ??
    byName.get(withoutVersion(name)) ??
    ((byName.get(withoutEnding(name)) ?? 0) & WATCHED) | forTarget(name);
  // Names that mean something only at their own place: "local", "pipe", "master", "imap" are words of many programs.
  if (bits & (CLASS.delivery | CLASS.mta | CLASS.storeService) && AMBIGUOUS.has(name) && !isMailLibexec(path)) {
    bits &= ~(CLASS.delivery | CLASS.mta | CLASS.storeService);
  }
  // Whatever it is called: an IMAP server's daemons and the tools of their upkeep lie together.
  if (BEGINNINGS.of(path) & STORE_LIBEXEC) bits |= CLASS.storeService;
  const made = { name, bits, isLoader: LOADER.test(path) };
  if (path.length > CACHED_PATH_MAX) return made;
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(path, made);
  return made;
}

/** Classes of the program at `path`, 0 for none. */
export function classOfPath(path: string): ProgramClass {
  return known(path).bits;
}

const AMBIGUOUS = new Set(
  'master smtpd smtp qmgr cleanup pickup bounce flush verify local virtual lmtp pipe deliver imap pop3 error discard indexer anvil trivial-rewrite showq scache postscreen sieve'.split(
    ' ',
  ),
);

const MAIL_LIBEXEC = 1;
const SYSTEM = 2;
const STORE_LIBEXEC = 4;
const BEGINNINGS = new Prefixes([
  [
    MAIL_LIBEXEC,
    [
      '/usr/lib/postfix/',
      '/usr/libexec/postfix/',
      '/usr/lib/dovecot/',
      '/usr/libexec/dovecot/',
      '/usr/lib/courier/',
      '/usr/lib/cyrus/',
      '/usr/lib64/postfix/',
      '/usr/libexec/cyrus-imapd/',
      '/usr/lib/cyrus-imapd/',
    ],
  ],
  [
    STORE_LIBEXEC,
    [
      '/usr/lib/dovecot/',
      '/usr/libexec/dovecot/',
      '/usr/lib/courier/',
      '/usr/lib/cyrus/',
      '/usr/libexec/cyrus-imapd/',
      '/usr/lib/cyrus-imapd/',
    ],
  ],
  [
    SYSTEM,
    [
      '/usr/',
      '/bin/',
      '/sbin/',
      '/lib/',
      '/lib64/',
      '/lib32/',
      '/libx32/',
      '/opt/',
      '/var/ossec/bin/',
      '/snap/',
      '/app/',
      '/nix/store/',
      '/gnu/store/',
      '/etc/cron',
      '/etc/init.d/',
      '/etc/network/',
      '/etc/update-motd.d/',
      '/etc/ppp/',
    ],
  ],
]);

/** Where MTAs and IMAP servers keep their daemons. */
export const isMailLibexec = (path: string): boolean => (BEGINNINGS.of(path) & MAIL_LIBEXEC) !== 0;

/** A place that ordinary users cannot write to on an ordinary system. */
export const isSystemPath = (path: string): boolean => (BEGINNINGS.of(path) & SYSTEM) !== 0;

/** Of these, where a site keeps what no package brought (hier(7)). */
export const isOfSite = (path: string): boolean => /^\/(?:usr\/local|opt)\//.test(path);

const LOADER = /(?:^|\/)(?:ld-linux[^/]*|ld-musl[^/]*|ld\.so|ld-2\.[^/]*|ld64\.so[^/]*)$/;

/** The dynamic loader run as a program: `ld-linux-x86-64.so.2 ./file`. */
export const isLoaderProgram = (path: string): boolean => known(path).isLoader;

/** SMTP and submission ports: RFC 5321, RFC 6409, RFC 8314, and 2525 as the common alternative. */
export const SMTP_PORTS: ReadonlySet<number> = new Set([25, 465, 587, 2525]);
/** Ports on which a mail client or fetcher talks to its own server: IMAP, POP3, SMTP, sieve. */
export const MAIL_PORTS: ReadonlySet<number> = new Set([25, 110, 143, 465, 587, 993, 995, 2525, 4190]);
/** Where mailboxes are read: IMAP and POP3, plain and over TLS (RFC 8314). */
export const MAILBOX_PORTS: ReadonlySet<number> = new Set([110, 143, 993, 995]);

/** The key under which a program is known: its name without a version. */
export function programKey(path: string): string {
  const name = programName(path);
  return byName.has(name) ? name : withoutVersion(name);
}

/** Class bits that the configuration adds to or takes from programs, by name. */
export type ProgramAdjustments = ReadonlyMap<string, { readonly add: ProgramClass; readonly remove: ProgramClass }>;

/**
 * What a list of names in the configuration changes: a name on it that is not yet of the class joins it; a name of the
 * default list that is not on it any more leaves it.
 */
export function adjustmentsOf(
  bit: ProgramClass,
  alike: ProgramClass,
  defaults: readonly string[],
  configured: readonly string[],
): ProgramAdjustments {
  const found = new Map<string, { add: ProgramClass; remove: ProgramClass }>();
  for (const name of configured)
    if ((classOfPath(name) & alike) === 0) found.set(programKey(name), { add: bit, remove: 0 });
  for (const name of defaults) if (!configured.includes(name)) found.set(programKey(name), { add: 0, remove: alike });
  return found;
}
