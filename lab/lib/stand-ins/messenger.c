/* Stands in for a messenger's download: data into a temporary name beside the target, then a rename.
   messenger IP PORT /PATH FILE-BELOW-HOME */
#include "fetch.h"

int main(int argc, char **argv) {
  if (argc < 5) return 2;
  char file[1024], temp[1100];
  snprintf(file, sizeof file, "%s/%s", getenv("HOME"), argv[4]);
  snprintf(temp, sizeof temp, "%s.td.tmp", file);
  if (fetch(argv[1], atoi(argv[2]), argv[3], temp, 0644) != 0) return 1;
  return rename(temp, file);
}
