# One's own mail on one's own machines.
title="Syncthing keeps a Maildir the same on two machines of the organisation"
what="Syncthing in clerk's desktop session shares ~/Maildir with clerk's other machine (198.51.100.30), as it has since before the recording: it reads new messages and sends them there by TLS. Announcing, relays and reports are switched off."
host=ws3.example.org user=clerk daemons="cron sshd" expect=informational

setup() {
  local here=/home/clerk/.config/syncthing there="$base/out/st" mine other
  mkdir -p "$here" "$there/home" "$there/data"
  syncthing generate --no-default-folder --skip-port-probing --home="$here" >/dev/null 2>&1
  syncthing generate --no-default-folder --skip-port-probing --home="$there/home" >/dev/null 2>&1
  mine=$(syncthing --device-id --home="$here"); other=$(syncthing --device-id --home="$there/home")
  cat > "$base/out/st.py" <<'P'
import sys, xml.etree.ElementTree as ET
path, mine, other, where, folder, gui, listen = sys.argv[1:]
tree = ET.parse(path); root = tree.getroot()
for each in root.findall('folder') + root.findall('device'):
    root.remove(each)
share = ET.SubElement(root, 'folder', id='mail', label='mail', path=folder, type='sendreceive', rescanIntervalS='5', fsWatcherEnabled='true', fsWatcherDelayS='1', ignorePerms='false', autoNormalize='true')
for device in (mine, other):
    ET.SubElement(share, 'device', id=device)
for device, address in ((mine, 'dynamic'), (other, where)):
    ET.SubElement(ET.SubElement(root, 'device', id=device, name='m', compression='metadata'), 'address').text = address
options = root.find('options')
for name, value in dict(listenAddress=listen, globalAnnounceEnabled='false', localAnnounceEnabled='false', relaysEnabled='false', natEnabled='false', urAccepted='-1', crashReportingEnabled='false', autoUpgradeIntervalH='0', startBrowser='false', announceLANAddresses='false', stunServer='').items():
    for each in options.findall(name):
        options.remove(each)
    ET.SubElement(options, name).text = value
root.find('gui/address').text = gui
tree.write(path)
P
  /usr/bin/python3 "$base/out/st.py" "$here/config.xml" "$mine" "$other" tcp://198.51.100.30:22000 /home/clerk/Maildir 127.0.0.1:8384 tcp://198.51.100.10:22000
  /usr/bin/python3 "$base/out/st.py" "$there/home/config.xml" "$other" "$mine" tcp://198.51.100.10:22000 "$there/data" 127.0.0.1:8385 tcp://198.51.100.30:22000
  mkdir -p /home/clerk/Maildir/.stfolder "$there/data/.stfolder"
  chown -R clerk: /home/clerk
}
act() {
  outside env HOME="$base/out/st" STNOUPGRADE=1 syncthing serve --no-browser --no-restart --home="$base/out/st/home" >/dev/null 2>&1 & own_pids+=($!)
  small_talk 2
  mail_in --from coach@example.com --to clerk@example.org --subject "Before"; wait_mail clerk 1
  desktop_as clerk STNOUPGRADE=1 -- /usr/bin/syncthing serve --no-browser --no-restart --home=/home/clerk/.config/syncthing
  sleep 12
  for n in 1 2 3 4; do mail_in --from "team$n@example.com" --to clerk@example.org --subject "Plan $n" --source 203.0.113.25 --helo smtp.example.com; done
  wait_mail clerk 5
  wait_for 40 sh -c "[ \$(find $base/out/st/data -path '*new/*' -type f | grep -vc tmp) -ge 5 ]" || note "nothing arrived at the other machine"
  sleep 2
  desktop_close
}
truth() {
  exec_step start 'syncthing serve' 'Syncthing starts'
  net_step connect 'syncthing 198.51.100.30:22000' 'it connects to the other machine'
  file_step read 'syncthing openat:read NORMAL .*Maildir/new/' 'and reads new mail'
}
