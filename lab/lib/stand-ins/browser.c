/* Stands in for a browser's download: the empty final name first, the data in NAME.part, then a rename over it.
   browser IP PORT /PATH FILE-BELOW-HOME */
#include "fetch.h"

int main(int argc, char **argv) {
  if (argc < 5) return 2;
  char file[1024], part[1100];
  snprintf(file, sizeof file, "%s/%s", getenv("HOME"), argv[4]);
  snprintf(part, sizeof part, "%s.part", file);
  folders(file);
  close(open(file, O_WRONLY | O_CREAT | O_EXCL, 0644));
  if (fetch(argv[1], atoi(argv[2]), argv[3], part, 0644) != 0) return 1;
  return rename(part, file);
}
