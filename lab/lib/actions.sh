# The verbs scenarios are written in. Sourced by host.sh, inside the recorded host.

. "$lab/lib/net.sh"

# Runs a command in the outside world.
outside() { nsenter -t "$outside_pid" -n -- "$@"; }

# mail_in --from ... --to ... : see mailer.py
mail_in() { outside python3 "$lab/lib/mailer.py" "$@"; }

# ssh_as USER <<typed lines : an interactive login over SSH from the administrator's desk.
ssh_as() { python3 "$lab/lib/type.py" -- nsenter -t "$outside_pid" -n -- ssh -tt -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=198.51.100.50 -i /root/key "$1@$host_ip"; }

# ssh_run USER COMMAND : the same without a terminal.
ssh_run() { outside ssh -T -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=198.51.100.50 -i /root/key "$1@$host_ip" "$2" </dev/null; }

# console_as USER <<typed lines : a login on a terminal of the host itself, by login(1) and PAM.
console_as() { python3 "$lab/lib/type.py" --pids "$base/daemons" -- login -f "$1"; }

# desktop_as USER [NAME=VALUE]... -- COMMAND... : a process of a desktop session, no terminal; runs in the background.
desktop_as() { python3 "$lab/lib/desktop.py" "$@" & desktop_pid=$!; }
desktop_wait() { wait "$desktop_pid"; }

# An X display for graphical programs; its server is part of the furniture and not recorded.
display_up() {
  mkdir -p /tmp/.X11-unix; chmod 1777 /tmp/.X11-unix
  Xvfb :0 -screen 0 1280x800x24 -ac >/dev/null 2>&1 & own_pids+=($!)
  wait_for 10 test -S /tmp/.X11-unix/X0 || note "no display"
}

# chromium_as USER URL [NAME=VALUE]... : the real browser in a desktop session, with nothing but the laboratory's own sites to reach.
# A policy answers the "keep this file?" question that a person would click away. chromium= is its program, downloads= where it saves.
chromium_as() {
  mkdir -p /etc/chromium/policies/managed
  echo '{"DownloadRestrictions": 0,'"${downloads:+\"DownloadDirectory\": \"$downloads\",}"' "HttpsUpgradesEnabled": false, "ExemptDomainFileTypePairsFromFileTypeDownloadWarnings": [{"file_extension": "sh", "domains": ["*"]}, {"file_extension": "bin", "domains": ["*"]}, {"file_extension": "desktop", "domains": ["*"]}], "SafeBrowsingProtectionLevel": 0}' > /etc/chromium/policies/managed/desk.json
  desktop_as "$1" "${@:3}" -- "${chromium:-/usr/bin/chromium}" --no-sandbox --disable-gpu --no-first-run --no-default-browser-check --disable-background-networking \
    --disable-component-update --disable-sync --disable-quic --ignore-certificate-errors --password-store=basic \
    --disable-features=InsecureDownloadWarnings,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,HttpsFirstBalancedMode,OptimizationHints,MediaRouter "$2"
}

# firefox_as USER [PROFILE_ARGUMENT...] URL : the real Firefox ESR in a desktop session. It saves what the URL gives to ~/Downloads without asking.
firefox_policies() { # DIRECTORY OF THE POLICIES, DOWNLOAD DIRECTORY
  mkdir -p "$1"
  cat > "$1/policies.json" <<CF
{"policies": {"DisableTelemetry": true, "DisableFirefoxStudies": true, "DisableAppUpdate": true, "DisablePocket": true, "CaptivePortal": false, "NetworkPrediction": false,
 "DontCheckDefaultBrowser": true, "OverrideFirstRunPage": "", "OverridePostUpdatePage": "", "NoDefaultBookmarks": true, "DefaultDownloadDirectory": "$2", "ExtensionUpdate": false,
 "DNSOverHTTPS": {"Enabled": false, "Locked": true}, "SkipTermsOfUse": true, "Homepage": {"URL": "about:blank", "StartPage": "none"},
 "Preferences": {"browser.download.folderList": {"Value": 2}, "extensions.autoDisableScopes": {"Value": 0}, "dom.security.https_first": {"Value": false}, "browser.safebrowsing.malware.enabled": {"Value": false},
  "browser.safebrowsing.phishing.enabled": {"Value": false}, "browser.safebrowsing.downloads.enabled": {"Value": false}, "browser.cache.disk.enable": {"Value": false},
  "browser.shell.checkDefaultBrowser": {"Value": false}, "network.connectivity-service.enabled": {"Value": false}, "browser.region.network.url": {"Value": ""}}}}
CF
}
firefox_as() {
  local who=$1; shift
  firefox_policies /etc/firefox/policies "/home/$who/Downloads"
  desktop_as "$who" MOZ_DISABLE_CONTENT_SANDBOX=1 -- /usr/bin/firefox-esr --no-remote "$@"
}
# flatpak_firefox DOWNLOADS, flatpak_thunderbird : the same programs as Flatpak applications of the recorded host (flatpak-firefox.sh), in setup.
flatpak_firefox() { firefox_policies "$base/out/policies" "$1"; flatpak_made firefox org.mozilla.firefox; }
flatpak_thunderbird() { mkdir -p "$base/out/policies"; echo '{"policies": {}}' > "$base/out/policies/policies.json"; flatpak_made thunderbird org.mozilla.Thunderbird; }
flatpak_made() { # NAME APPLICATION
  owned_by root /var/lib/flatpak
  bash "$lab/lib/flatpak-firefox.sh" "$base/out/flatpak" "$base/out/policies/policies.json" "$1" >/dev/null 2>&1 || return 1
  flatpak --system remote-add --no-gpg-verify desk "file://$base/out/flatpak/repo" && flatpak --system install -y --noninteractive desk "$2" >/dev/null || return 1
  flatpak --system remote-delete --force desk 2>/dev/null; rm -rf "$base/out/flatpak"
}

# thunderbird_profile USER FOLDER : FOLDER/desk.default, with the account of the person.
thunderbird_profile() {
  local who=$1 home=$2
  if [ ! -e "$home/desk.default" ]; then
    mkdir -p "$home/desk.default"
    sed 's/@user@/'"$who"'/' > "$home/desk.default/user.js" <<'J'
user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.accountmanager.defaultaccount", "account1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.account.account1.identities", "id1");
user_pref("mail.identity.id1.useremail", "@user@@example.org");
user_pref("mail.identity.id1.valid", true);
user_pref("mail.server.server1.type", "imap");
user_pref("mail.server.server1.hostname", "127.0.0.1");
user_pref("mail.server.server1.port", 143);
user_pref("mail.server.server1.userName", "@user@");
user_pref("mail.server.server1.name", "@user@");
user_pref("mail.server.server1.socketType", 0);
user_pref("mail.server.server1.authMethod", 3);
user_pref("mail.server.server1.login_at_startup", false);
user_pref("mail.server.server1.check_new_mail", false);
user_pref("mail.shell.checkDefaultClient", false);
user_pref("mail.provider.suppress_dialog_on_startup", true);
user_pref("mailnews.start_page.enabled", false);
user_pref("mail.spotlight.firstRunDone", true);
user_pref("mail.rights.version", 1);
user_pref("datareporting.policy.dataSubmissionPolicyBypassNotification", true);
user_pref("app.update.enabled", false);
user_pref("app.donation.eoy.version.viewed", 999);
user_pref("browser.cache.disk.enable", false);
user_pref("network.connectivity-service.enabled", false);
J
    chown -R "$who:" "$home"
  fi
}
# thunderbird_as USER save NAME FOLDER | open NAME PROGRAM ... : the real Thunderbird in a desktop session, with the person's mailbox on Dovecot
# of the host itself. It is driven by its own remote protocol instead of a hand, and stays open until desktop_close.
thunderbird_as() {
  local who=$1 home=/home/$1/.thunderbird; shift
  thunderbird_profile "$who" "$home"
  desktop_as "$who" MOZ_DISABLE_CONTENT_SANDBOX=1 -- /usr/bin/thunderbird --no-remote --profile "$home/desk.default" --marionette -remote-allow-system-access
  python3 "$lab/lib/marionette.py" 60 "$lab/lib/thunderbird.js" "$who" "$@" >&2
}

# What a person does with a hand: an attachment saved to ~/FOLDER, a file saved to ~/Downloads, a page looked at. The program is closed again.
thunderbird_save() { # USER NAME FOLDER
  mkdir -p "/home/$1/$3"; chown "$1:" "/home/$1/$3"
  thunderbird_as "$1" save "$2" "/home/$1/$3"; wait_file "/home/$1/$3/$2" 20; desktop_close
}
# The same with the Flatpak application: the profile and FOLDER lie below its own folder, ~/.var/app/org.mozilla.Thunderbird.
flatpak_thunderbird_save() { # USER NAME FOLDER
  local own=/home/$1/.var/app/org.mozilla.Thunderbird
  mkdir -p "$own/$3"; thunderbird_profile "$1" "$own/.thunderbird"; chown -R "$1:" "/home/$1/.var"
  desktop_as "$1" -- /usr/bin/flatpak run org.mozilla.Thunderbird --no-remote --profile "/home/$1/.thunderbird/desk.default" --marionette -remote-allow-system-access
  python3 "$lab/lib/marionette.py" 60 "$lab/lib/thunderbird.js" "$1" save "$2" "$own/$3" >&2
  wait_file "$own/$3/$2" 20; desktop_close
}
# The same through the portals: the dialogue of xdg-desktop-portal asks the person, whose hand names FILE, and the documents portal hands it to the
# application. Needs user_manager, and /dev/fuse.
flatpak_thunderbird_ask() { # USER NAME FILE
  local own=/home/$1/.var/app/org.mozilla.Thunderbird n
  mkdir -p "$own"; thunderbird_profile "$1" "$own/.thunderbird"; chown -R "$1:" "/home/$1/.var"
  desktop_as "$1" "DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/$(id -u "$1")/bus" -- /usr/bin/flatpak run org.mozilla.Thunderbird --no-remote --profile "/home/$1/.thunderbird/desk.default" --marionette -remote-allow-system-access
  python3 "$lab/lib/marionette.py" 60 "$lab/lib/thunderbird.js" "$1" ask "$2" >&2 & n=$!
  wait_for 60 hand search --onlyvisible --class '^xdg-desktop-portal-gtk$' || note "no dialogue"
  hand sleep 2 key --delay 60 ctrl+a type --delay 40 "$3"
  hand sleep 1 key Return
  wait_file "$3" 20; wait "$n"; desktop_close
}
firefox_save() { firefox_as "$1" "$2"; wait_file "/home/$1/Downloads/$3" 60; sleep 2; desktop_close; } # USER URL NAME
firefox_visit() { firefox_as "$1" "$2"; sleep 12; desktop_close; } # USER URL

# evolution_as USER : the real Evolution in a desktop session with a message bus; its account is the person's ~/Maildir, which it shows. xdotool is the
# hand: the places are those of a window of 1270 by 790.
hand() { DISPLAY=:0 xdotool "$@"; }
evolution_as() {
  local id sources=/home/$1/.config/evolution/sources window="" n; id=$(id -u "$1")
  mkdir -p "$sources" "/run/user/$id/keyring"
  printf '[Data Source]\nDisplayName=%s\nEnabled=true\nParent=\n\n[Mail Account]\nBackendName=maildir\nIdentityUid=desk-id\nNeedsInitialSetup=false\n\n[Maildir Backend]\nPath=/home/%s/Maildir\nFilterInbox=false\n' "$1" "$1" > "$sources/desk.source"
  printf '[Data Source]\nDisplayName=%s\nEnabled=true\nParent=desk\n\n[Mail Identity]\nAddress=%s@example.org\nName=%s\n' "$1" "$1" "$1" > "$sources/desk-id.source"
  chown -R "$1:" "/home/$1/.config" "/run/user/$id/keyring"; chmod 700 "/run/user/$id/keyring"
  desktop_as "$1" GSETTINGS_BACKEND=keyfile GIO_USE_NETWORK_MONITOR=base WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1 -- /usr/bin/dbus-run-session -- /usr/bin/evolution -c mail
  for n in $(seq 1 60); do window=$(hand search --onlyvisible --name '^Mail$' 2>/dev/null | tail -1); [ -z "$window" ] || break; sleep 0.5; done
  hand sleep 2 windowsize "$window" 1270 790 sleep 3 mousemove 73 397 click 1 sleep 4 mousemove 650 193 click 1 sleep 4
}
# evolution_save USER NAME FOLDER : the attachment NAME of the one message that the mailbox holds, saved to ~/FOLDER. evolution_keep USER : all messages
# copied to the inbox "on this computer". The program is closed again.
evolution_save() {
  mkdir -p "/home/$1/$3"; chown "$1:" "/home/$1/$3"
  evolution_as "$1"
  hand mousemove 452 715 click 1 sleep 4 key --delay 60 ctrl+a type --delay 40 "/home/$1/$3/$2"
  hand sleep 1 key Return
  wait_file "/home/$1/$3/$2" 20; sleep 1
  close_of "$1" evolution; desktop_close
}
evolution_keep() {
  evolution_as "$1"
  hand key ctrl+a sleep 1 key ctrl+shift+y sleep 3 mousemove 517 211 click 1 sleep 1 mousemove 785 139 click 1 sleep 4
  close_of "$1" evolution; desktop_close
}

desktop_close() { kill "$desktop_pid" 2>/dev/null; desktop_wait; }
# close_of USER PROGRAM : ends what a person's programs started and left open.
close_of() { local pid; for pid in $(pgrep -u "$1" -x "$2"); do kill "$pid"; done; sleep 1; }

# Waits until a user has N messages.
mail_count() {
  case $store in
    maildir) find "/home/$1/Maildir/new" "/home/$1/Maildir/cur" -type f 2>/dev/null | wc -l ;;
    *) grep -c '^From ' "/var/mail/$1" 2>/dev/null || true ;;
  esac
}
has_mail() { [ "$(mail_count "$1")" -ge "$2" ]; }
wait_mail() { wait_for "${3:-20}" has_mail "$1" "$2" || note "$1 has $(mail_count "$1") messages, wanted $2"; }
logged() { grep -q -- "$1" /var/log/mail.log; }
wait_log() { wait_for "${2:-30}" logged "$1" || note "never logged: $1"; }
wait_file() { wait_for "${2:-30}" test -e "$1" || note "never appeared: $1"; }

# install_file SOURCE TARGET [MODE] : places a stand-in outside the host's own directories; removed at the end.
installed=()
install_file() {
  local dir; dir=$(dirname "$2")
  local made=()
  while [ ! -d "$dir" ]; do made+=("$dir"); dir=$(dirname "$dir"); done
  # Where the machine has the real program, the stand-in lies over it as long as this host lives.
  [ ! -e "$2" ] || { chmod "${3:-755}" "$1"; mount --bind "$1" "$2"; return; }
  install -D -m "${3:-755}" "$1" "$2"
  installed+=("$2" "${made[@]}")
}
remove_installed() {
  local each
  for each in "${installed[@]}"; do
    if [ -d "$each" ]; then umount -l "$each" 2>/dev/null; rmdir "$each" 2>/dev/null; else rm -f "$each"; fi
  done
}
# compile NAME TARGET : builds lib/stand-ins/NAME.c and places it.
compile() { cc -O1 -o "$base/out/$1" "$lab/lib/stand-ins/$1.c" && install_file "$base/out/$1" "$2"; }

# Ordinary traffic around the story.
small_talk() { # number of messages
  local subjects=("Minutes of Tuesday" "Re: delivery date" "Your parking permit" "Invoice 20%n question" "Lunch?" "Re: Re: quotation" "Room 12 on Friday" "Updated price list")
  local to=(clerk buyer dev ops info sales clerk+news intern)
  case " $people " in *' clerk '*) ;; *) read -ra to <<< "$people $people" ;; esac
  local i
  for i in $(seq 1 "$1"); do
    local n=$(( (i * 7 + $(date +%s)) % 250 + 2 ))
    mail_in --from "office$n@example.net" --to "${to[$((RANDOM % 8))]}@example.org" --first "$i" \
      --subject "${subjects[$((RANDOM % 8))]}" --source "203.0.113.$n" --helo "host$n.example.net" --text "Hello,\n\nthanks for your note of this morning. I will come back to you by $i pm.\n\nKind regards\n" || true
  done
}

# Sent out to the world by local users, the ordinary way: an interactive or piped mail program.
# truth lines: mail|exec|file|net STEP REGEX DETAIL
mail_step() { printf 'mail\t%s\t%s\t%s\n' "$1" "$2" "$3"; }
exec_step() { printf 'exec\t%s\t%s\t%s\n' "$1" "$2" "$3"; }
file_step() { printf 'file\t%s\t%s\t%s\n' "$1" "$2" "$3"; }
net_step() { printf 'net\t%s\t%s\t%s\n' "$1" "$2" "$3"; }
log_step() { printf 'log\t%s\t%s\t%s\n' "$1" "$2" "$3"; }

# make_pdf FILE TITLE : the smallest real PDF with a line of text.
make_pdf() {
  python3 - "$1" "$2" <<'P'
import sys
text = f'BT /F1 24 Tf 72 700 Td ({sys.argv[2]}) Tj ET'
parts = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
         '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
         f'<< /Length {len(text)} >>\nstream\n{text}\nendstream', '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>']
out, at = '%PDF-1.4\n', []
for number, part in enumerate(parts, 1):
    at.append(len(out))
    out += f'{number} 0 obj\n{part}\nendobj\n'
xref = len(out)
out += f'xref\n0 {len(parts) + 1}\n0000000000 65535 f \n' + ''.join(f'{a:010d} 00000 n \n' for a in at)
out += f'trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n'
open(sys.argv[1], 'w').write(out)
P
}

# Dovecot serving IMAP for every user's Maildir (or mbox), with one password of the laboratory.
dovecot_config() {
  local place='maildir:~/Maildir'
  [ "$store" = maildir ] || place='mbox:~/mail:INBOX=/var/mail/%u'
  cat > /etc/dovecot/dovecot.conf <<CF
protocols = imap
listen = *
ssl = no
disable_plaintext_auth = no
mail_location = $place
mail_privileged_group = mail
log_path = syslog
syslog_facility = mail
passdb {
  driver = static
  args = password=lab-only
}
userdb {
  driver = passwd
}
base_dir = /run/dovecot
CF
}

# sieve_at_delivery : in setup, beside a mailbox_command of dovecot-lda: it runs the Sieve scripts of the users. More settings come after it.
sieve_at_delivery() {
  sed -i /^home_mailbox/d /etc/postfix/main.cf
  dovecot_config
  cat >> /etc/dovecot/dovecot.conf <<'CF'
postmaster_address = postmaster@example.org
lda_mailbox_autocreate = yes
protocol lda {
  mail_plugins = sieve
}
CF
}

# outside_imap USER : in setup, an IMAP server of the outside world for the mail below $base/out/far/home, which is USER's; outside_imap_start : in act.
outside_imap() {
  mkdir -p "$base/out/far/home" "$base/out/far/run"; chmod 755 "$base/out/far" "$base/out"; chown -R "$1:" "$base/out/far/home"
  cat > "$base/out/far/dovecot.conf" <<CF
protocols = imap
listen = 203.0.113.67
ssl = no
disable_plaintext_auth = no
mail_location = maildir:$base/out/far/home/m
log_path = $base/out/far/log
base_dir = $base/out/far/run
passdb {
  driver = static
  args = password=lab-only
}
userdb {
  driver = passwd
}
CF
}
outside_imap_start() { outside dovecot -F -c "$base/out/far/dovecot.conf" & own_pids+=($!); echo $! >> "$base/foreign"; }

wait_log_file() { wait_for "${3:-30}" grep -q -- "$2" "$1" || note "never in $1: $2"; }

# An SSH server of the outside world (port 2222) that lets the user of the scenario in with a key of its own.
outside_sshd() {
  ssh-keygen -q -t ed25519 -N '' -f "$base/out/hostkey"
  install -d -m 700 -o "$user" -g "$user" "/home/$user/.ssh"
  ssh-keygen -q -t ed25519 -N '' -C "$user" -f "/home/$user/.ssh/id_out"
  chown "$user:" "/home/$user/.ssh/id_out" "/home/$user/.ssh/id_out.pub"
  cp "/home/$user/.ssh/id_out.pub" "$base/out/authorized"; chmod 644 "$base/out/authorized"
  printf 'Port 2222\nHostKey %s\nAuthorizedKeysFile %s\nUsePAM no\nStrictModes no\nPidFile none\nPermitRootLogin yes\nSubsystem sftp internal-sftp\n' \
    "$base/out/hostkey" "$base/out/authorized" > "$base/out/sshd.conf"
  mkdir -p /run/sshd
  outside /usr/sbin/sshd -D -f "$base/out/sshd.conf" & own_pids+=($!)
}

# rsync servers of the outside world and of the own backup host, one module "in".
outside_rsyncd() {
  mkdir -p "$base/out/in/c" "$base/out/in/mx1"
  printf 'use chroot = no\n[in]\npath = %s\nread only = no\nuid = 0\ngid = 0\n' "$base/out/in" > "$base/out/rsyncd.conf"
  outside rsync --daemon --no-detach --config="$base/out/rsyncd.conf" & own_pids+=($!)
}

# imap_read USER ADDRESS : an IMAP client on another machine reads the whole inbox.
imap_read() {
  outside python3 - "$1" "$2" "$host_ip" <<'P'
import imaplib, socket, sys


class From(imaplib.IMAP4):
    def _create_socket(self, timeout):
        return socket.create_connection((self.host, self.port), source_address=(sys.argv[2], 0))


client = From(sys.argv[3], 143)
client.login(sys.argv[1], 'lab-only')
client.select('INBOX')
_, ids = client.search(None, 'ALL')
for number in ids[0].split():
    client.fetch(number, '(FLAGS BODY.PEEK[])')
client.logout()
P
}

logged_times() { [ "$(grep -cE -- "$1" /var/log/mail.log)" -ge "$2" ]; }
wait_log_count() { wait_for "${3:-30}" logged_times "$1" "$2" || note "not logged $2 times: $1"; }

# phase NAME : marks where a part of the story begins, for shift_time.py.
phase() { echo "$1 $(date +%s.%N)" >> "$base/phases"; sleep 0.2; }

# A second mail exchanger, mx2, on 198.51.100.11: relays everything to mx1 and logs to the same place under its own name.
# It is another host: what it does is no part of this host's audit log.
second_mx() {
  extra_syslog='input(type="imuxsock" Socket="/run/mx2/log" HostName="mx2" CreatePath="on" RateLimit.Interval="0")'
  syslog_config
  cp -a /etc/postfix /etc/postfix-mx2
  sed 's/^\(smtp .*inet\|[a-z]\+ .*unix\)\(  *[-yn]  *[-yn]  *\)y /\1\2n /' /usr/share/postfix/master.cf.dist > /etc/postfix-mx2/master.cf
  cat > /etc/postfix-mx2/main.cf <<CF
compatibility_level = 3.6
myhostname = mx2.example.org
mydestination =
relay_domains = example.org
mynetworks = 127.0.0.0/8
inet_interfaces = 198.51.100.11
inet_protocols = ipv4
queue_directory = /var/spool/postfix-mx2
data_directory = /var/spool/postfix-mx2-data
transport_maps = inline:{example.org=smtp:[198.51.100.10]}
smtpd_relay_restrictions = reject_unauth_destination
smtpd_tls_security_level = none
CF
  mkdir -p /var/spool/postfix-mx2 /var/spool/postfix-mx2-data
  chown postfix /var/spool/postfix-mx2-data
}
second_mx_start() {
  wait_file /run/mx2/log 5
  unshare -m sh -c 'mount --bind /run/mx2/log /dev/log && postfix -c /etc/postfix-mx2 start' >/dev/null 2>&1 || note "mx2 did not start"
  wait_for 10 test -s /var/spool/postfix-mx2/pid/master.pid
  tr -d ' ' < /var/spool/postfix-mx2/pid/master.pid >> "$base/foreign"
  wait_for 10 sh -c "ss -Hltn 'src 198.51.100.11 and sport = :25' | grep -q ." || note "mx2 does not listen"
}
second_mx_stop() { sleep 2; kill "$(tr -d ' ' < /var/spool/postfix-mx2/pid/master.pid)"; sleep 1; }

# private DIR... : an empty directory of the host's own over one of the machine; private_copy: a copy.
private() { local each; for each in "$@"; do mkdir -p "$base/private$each"; [ -d "$each" ] || { mkdir -p "$each"; installed+=("$each"); }; mount --bind "$base/private$each" "$each"; done; }
private_copy() { local each; for each in "$@"; do mkdir -p "$base/private$each"; cp -a "$each/." "$base/private$each/"; mount --bind "$base/private$each" "$each"; done; }

# Files of the host that belong to the evidence, besides its logs.
keep() { # PATH...
  local each
  for each in "$@"; do mkdir -p "$base/out/kept$(dirname "$each")"; cp -a "$each" "$base/out/kept$each"; done
}

# The service manager of a person's session, the real systemd --user, with a message bus; pam_systemd would start it at
# the first login. It needs a control group of its own. Its processes carry the person's login id.
managers=()
user_manager() { # USER
  local id run=/run/user/$(id -u "$1") group
  id=$(id -u "$1")
  mountpoint -q /sys/fs/cgroup && umount -l /sys/fs/cgroup
  mount -t cgroup2 lab-groups /sys/fs/cgroup || { note "no control groups"; return 1; }
  group=/sys/fs/cgroup/watchpost-lab-$id
  mkdir -p "$group" /run/systemd/system; chown -R "$1:" "$group"
  (echo $BASHPID > "$group/cgroup.procs" && exec python3 "$lab/lib/desktop.py" "$1" DBUS_SESSION_BUS_ADDRESS="unix:path=$run/bus" -- /lib/systemd/systemd --user) & managers+=($!)
  wait_for 10 test -S "$run/systemd/private" && wait_for 10 test -S "$run/bus" || note "no service manager"
  printf 'export XDG_RUNTIME_DIR=%s DBUS_SESSION_BUS_ADDRESS=unix:path=%s/bus\n' "$run" "$run" >> "/home/$1/.profile"
  printf 'export XDG_RUNTIME_DIR=%s DBUS_SESSION_BUS_ADDRESS=unix:path=%s/bus\n' "$run" "$run" >> "/home/$1/.bash_profile"; echo '. ~/.bashrc' >> "/home/$1/.bash_profile"
  sleep 1
}
user_managers_down() {
  local pid group
  for pid in "${managers[@]}"; do stop_pid "$pid" 8; done
  for group in /sys/fs/cgroup/watchpost-lab-*; do
    [ -d "$group" ] || continue
    echo 1 > "$group/cgroup.kill" 2>/dev/null; sleep 0.3
    find "$group" -depth -type d -exec rmdir {} \; 2>/dev/null
  done
}

# unpacked PACKAGE : a program whose package would displace another (a second sendmail) is unpacked, not installed; prints where.
unpacked() {
  local file; file=$(ls "${LAB_DEBS:-/var/cache/watchpost-lab}/$1"_*.deb 2>/dev/null | tail -1)
  [ -n "$file" ] || { note "no package of $1 in ${LAB_DEBS:-/var/cache/watchpost-lab}: apt-get download $1"; return 1; }
  mkdir -p "$base/out/unpacked/$1"; dpkg-deb -x "$file" "$base/out/unpacked/$1" && echo "$base/out/unpacked/$1"
}

# packaged_job NAME [SED] : a package's own file in /etc/cron.d, edited so that its hour comes soon.
packaged_job() { sed -E "${2:-}" "/etc/cron.packaged/$1" > "/etc/cron.d/$1" && chmod 644 "/etc/cron.d/$1"; }
# owned_by USER DIR... : empty directories of the host's own, for a package's daemon.
owned_by() { local who=$1 each; shift; for each in "$@"; do mkdir -p "$each"; mountpoint -q "$each" || case $each in /run/*|/var/log/*) ;; *) private "$each" ;; esac; chown "$who" "$each"; done; }

# office_settings USER LEVEL : LibreOffice's level of macro security, as its options dialog leaves it: 0 runs every macro, 2 asks for those that are not signed.
office_settings() {
  local dir=/home/$1/.config/libreoffice/4/user
  install -d -o "$1" -g "$1" "/home/$1/.config" "/home/$1/.config/libreoffice" "/home/$1/.config/libreoffice/4" "$dir"
  cat > "$dir/registrymodifications.xcu" <<X
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>$2</value></prop></item>
</oor:items>
X
  chown "$1:" "$dir/registrymodifications.xcu"
}

# office_document FILE TITLE [COMMAND] : a text document of one file (OpenDocument 1.2, flat); with COMMAND, a Basic macro that hands it to a shell when the document is opened.
office_document() {
  local scripts="" command=${3:-}
  [ -z "$command" ] || scripts='<office:scripts><office:script script:language="ooo:Basic"><ooo:libraries><ooo:library-embedded ooo:name="Standard"><ooo:module ooo:name="Module1"><ooo:source-code>Sub AtOpen
Shell("/bin/sh", 0, "-c ""'"$command"'""", False)
End Sub
</ooo:source-code></ooo:module></ooo:library-embedded></ooo:libraries></office:script><office:event-listeners><script:event-listener script:language="ooo:script" script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.Module1.AtOpen?language=Basic&amp;location=document" xlink:type="simple"/></office:event-listeners></office:scripts>'
  cat > "$1" <<X
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ooo="http://openoffice.org/2004/office" xmlns:dom="http://www.w3.org/2001/xml-events" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
$scripts<office:body><office:text><text:p>$2</text:p></office:text></office:body></office:document>
X
}
# daily_jobs NAME... : of the packages' jobs in /etc/cron.daily those that the scenario is about (setup). nightly : cron starts them, once (act).
daily_jobs() {
  local script; for script in /etc/cron.daily/*; do case " $* " in *" $(basename "$script") "*) ;; *) rm -f "$script" ;; esac; done
  printf 'SHELL=/bin/sh\nHOME=/\nPATH=/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin\n' > /etc/crontab
}
nights() { grep -c 'CMD (cd / && run-parts --report /etc/cron.daily)' /var/log/recorded; }
night_is() { [ "$(nights)" -ge "$1" ]; }
nightly() {
  local before; before=$(nights)
  echo '* * * * * root cd / && run-parts --report /etc/cron.daily' >> /etc/crontab
  wait_for 125 night_is $((before + 1)) || note "no night came"
  sed -i '$d' /etc/crontab
}
# own_archive : the host's own package database, with one archive that lies in a folder of the host.
own_archive() {
  private /var/lib/apt /var/cache/apt; private_copy /var/lib/dpkg
  mkdir -p /var/lib/apt/lists/partial /var/lib/apt/periodic /var/cache/apt/archives/partial /opt/archive; chown -R _apt: /var/lib/apt/lists/partial /var/cache/apt/archives/partial
  rm -rf /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/apt.conf.d /etc/apt/apt.conf; mkdir -p /etc/apt/sources.list.d /etc/apt/apt.conf.d
  echo 'deb [trusted=yes] file:/opt/archive ./' > /etc/apt/sources.list
}
# packed NAME VERSION : a package of nothing but a page to read, in that archive.
packed() {
  local tree="$base/out/packed/$1"
  mkdir -p "$tree/DEBIAN" "$tree/opt/$1"; echo "$1 $2" > "$tree/opt/$1/page"
  printf 'Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: Packages <packages@example.com>\nDescription: a page to read\n' "$1" "$2" > "$tree/DEBIAN/control"
  dpkg-deb --root-owner-group -b "$tree" "/opt/archive/$1_$2_all.deb" >/dev/null
  (cd /opt/archive && dpkg-scanpackages -m . /dev/null > Packages 2>/dev/null &&
    printf 'Origin: Debian\nLabel: Debian\nSuite: stable\nCodename: bookworm\nDate: %s\nSHA256:\n %s %s Packages\n' "$(date -Ru)" "$(sha256sum Packages | cut -d' ' -f1)" "$(stat -c %s Packages)" > Release)
}
# taken_from PACKAGE... : of what this machine has installed, the scenario puts something in another place; the truth names the version.
taken_from() { local each; for each in "$@"; do printf '%s %s\n' "$each" "$(dpkg-query -W -f '${Version}' "$each")" >> "$base/laid-over"; done; }
# laid_over PACKAGE... : packages that would displace others of the machine lie over its /usr as long as this host lives; their files of /etc and
# /lib come with them. Nothing of them is configured: that is the scenario's part.
laid_over() {
  local each file tree="$base/over" debs="${LAB_DEBS:-/var/cache/watchpost-lab}"
  mkdir -p "$tree/all" "$tree/work"
  for each in "$@"; do
    file=$(ls "$debs/$each"_*.deb 2>/dev/null | tail -1)
    [ -n "$file" ] || { note "no package of $each in $debs: apt-get download $each"; return 1; }
    dpkg-deb -x "$file" "$tree/all"
    printf '%s %s\n' "$each" "$(dpkg-deb -f "$file" Version)" >> "$base/laid-over"
  done
  for each in bin sbin lib; do [ ! -d "$tree/all/$each" ] || { mkdir -p "$tree/all/usr/$each"; cp -a "$tree/all/$each/." "$tree/all/usr/$each/"; rm -r "$tree/all/$each"; }; done
  [ ! -d "$tree/all/etc" ] || cp -a "$tree/all/etc/." /etc/
  mkdir -p /etc/cron.packaged; mv /etc/cron.d/* /etc/cron.packaged/ 2>/dev/null
  mount -t overlay -o "lowerdir=/usr,upperdir=$tree/all/usr,workdir=$tree/work" overlay /usr || { note "no overlay over /usr"; return 1; }
  ldconfig
}

# letters USER N : ordinary letters of some length, delivered.
letters() {
  local body; body=$(head -c 900 /dev/urandom | base64 | fold -w 70 | sed 's/$/\\n/' | tr -d '\n')
  mail_in --from 'partner%n@example.net' --to "$1@example.org" --subject 'Offer %n, terms' --count "$2" --source '203.0.113.1%n' --helo 'host1%n.example.net' \
    --text "Dear colleague,\n\nthe terms of our offer: see below. $body\n"
  wait_mail "$1" "$2"
}
# own_file PATH [MODE] <<text : a file of the scenario's user. crontab_of USER <<lines.
own_file() { install -D -m "${2:-600}" -o "$user" -g "$user" /dev/stdin "$1"; chown "$user:" "$(dirname "$1")"; }
crontab_of() { cat > "$base/out/tab.$1"; chmod 644 "$base/out/tab.$1"; crontab -u "$1" "$base/out/tab.$1"; }
# documents : papers of the scenario's user, in ~/contracts.
documents() {
  local i; mkdir -p "/home/$user/contracts"
  for i in 1 2 3 4; do head -c 4000 /dev/urandom | base64 > "/home/$user/contracts/c$i.txt"; done
  chown -R "$user:" "/home/$user/contracts"
}
# service USER [NAME=VALUE]... COMMAND... : a daemon as the service manager starts it: pid 1 is its parent, no session, no terminal.
service() {
  local who=$1 given=(PATH=/usr/sbin:/usr/bin:/sbin:/bin) each; shift
  while case $1 in *=*) true ;; *) false ;; esac; do given+=("$1"); shift; done
  rm -f "$base/service.pid"
  ( ( cd /; sleep 0.3; for each in $(compgen -e); do unset "$each"; done; export "${given[@]}"; echo "$BASHPID" > "$base/service.pid"
      exec setpriv --reuid "$who" --regid "$who" --init-groups "$@" </dev/null >>"$base/service.out" 2>&1 ) & )
  wait_file "$base/service.pid" 5; own_pids+=("$(cat "$base/service.pid")"); daemon_is "$(cat "$base/service.pid")"
}
