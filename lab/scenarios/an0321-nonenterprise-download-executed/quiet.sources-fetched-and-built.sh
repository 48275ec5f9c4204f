title="A developer builds from the organisation's registry while a browser is open"
what="dev's browser saves a price list; in a terminal he fetches a source archive from registry.example.com with aria2c, builds it with make and runs it. Nothing of it came through the browser."
user=dev daemons="cron" expect=informational
setup() {
  mkdir -p "$base/out/h/hello-1.0"
  printf '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n' > "$base/out/h/hello-1.0/hello.c"
  printf 'hello: hello.c\n\tcc -o hello hello.c\ncheck: hello\n\t./hello\n' > "$base/out/h/hello-1.0/Makefile"
  tar -C "$base/out/h" -czf "$base/out/www/hello-1.0.tar.gz" hello-1.0
  make_pdf "$base/out/www/prices.pdf" "Prices"
  display_up
}
act() {
  small_talk 1
  chromium_as dev http://webmail.example.com/prices.pdf
  sleep 6
  console_as dev <<'L'
mkdir -p build && cd build
aria2c -q http://registry.example.com/hello-1.0.tar.gz
tar xf hello-1.0.tar.gz && cd hello-1.0 && make check
cd ..
wget -q http://registry.example.com/manual.html
L
  desktop_close
}
truth() {
  exec_step browse 'chromium' 'a browser is open'
  exec_step fetch 'aria2c -q http://registry.example.com/hello-1.0.tar.gz' 'sources are fetched'
  exec_step build 'make check' 'they are built'
  exec_step run 'hello' 'and what was built is run'
}
