# Sources fetched on purpose by their address, from the place where the maker offers them.
title="Source tarball fetched with wget, built and run"
what="dev fetches a release tarball from its maker's site with wget in a terminal, checks its sum, unpacks it, builds it with make and runs the program. It was named by the person, no browser or messenger wrote it, and what runs was compiled here; it talks to nobody."
host=ws3.example.org user=dev daemons="cron sshd" audit_rules=audit-wide.rules expect=informational

setup() {
  mkdir -p "$base/out/www/src" "$base/out/z/tool-1.0"
  printf 'tool: tool.c\n\tcc -O1 -o tool tool.c\ncheck: tool\n\t./tool --check\n' > "$base/out/z/tool-1.0/Makefile"
  printf '#include <stdio.h>\nint main(int argc, char **argv) { puts(argc > 1 ? argv[1] : "tool 1.0"); return 0; }\n' > "$base/out/z/tool-1.0/tool.c"
  tar -C "$base/out/z" -czf "$base/out/www/src/tool-1.0.tar.gz" tool-1.0
}
act() {
  small_talk 2
  ssh_as dev <<'L'
mkdir -p build; cd build
wget -q http://cdn.example.com/src/tool-1.0.tar.gz
sha256sum tool-1.0.tar.gz
tar xzf tool-1.0.tar.gz; cd tool-1.0
make
make check
%sleep 1
./tool
L
  small_talk 1
}
truth() {
  net_step fetch 'wget 203.0.113.81:80' 'the archive is fetched'
  exec_step unpack 'tar xzf tool-1.0.tar.gz' 'unpacked'
  exec_step build 'cc -O1 -o tool tool.c' 'built'
  exec_step run './tool' 'and run'
}
