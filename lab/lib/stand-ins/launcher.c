/* A games launcher: fetches a game into the folder of its library when it is not there yet, and starts it. */
#include "fetch.h"
#include <sys/wait.h>

int main(void) {
  char file[1024], temp[1100];
  snprintf(file, sizeof file, "%s/.local/share/launcher/common/hills/hills.x86_64", getenv("HOME"));
  snprintf(temp, sizeof temp, "%s.part", file);
  if (access(file, X_OK) != 0) {
    if (fetch("203.0.113.81", 80, "/games/hills", temp, 0644) != 0) return 1;
    chmod(temp, 0755);
    if (rename(temp, file) != 0) return 1;
  }
  if (fork() == 0) {
    execl(file, file, "203.0.113.82", "8443", (char *)NULL);
    _exit(1);
  }
  wait(NULL);
  return 0;
}
