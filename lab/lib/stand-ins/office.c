/* Stands in for an office program whose document holds a macro: reads the document and hands the line after "MACRO:" to a shell.
   office FILE */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
  char line[4096];
  FILE *file = argc > 1 ? fopen(argv[1], "r") : NULL;
  if (!file) return 2;
  while (fgets(line, sizeof line, file)) {
    if (strncmp(line, "MACRO:", 6)) continue;
    pid_t child = fork();
    if (child == 0) {
      execl("/bin/sh", "sh", "-c", line + 6, (char *)NULL);
      _exit(127);
    }
    waitpid(child, NULL, 0);
  }
  return 0;
}
